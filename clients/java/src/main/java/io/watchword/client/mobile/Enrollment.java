package io.watchword.client.mobile;

import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A key of this device for a profile.
 *
 * @param keyName under which the holder has it
 * @param serverKeys that enrollment gave
 * @param open what must be confirmed; null: the server has confirmed
 */
record Enrollment(
    String keyName,
    String keyId,
    String deviceId,
    String server,
    List<DeviceKey> serverKeys,
    @Nullable Open open) {

  Enrollment {
    serverKeys = List.copyOf(serverKeys);
  }

  /** An enrollment that was begun; its confirmation is repeated with the same signature. */
  record Open(String enrollmentId, String signature) {}

  /** Without the signature. */
  @Override
  public String toString() {
    return "Enrollment[" + keyId + (open == null ? "]" : ", open]");
  }

  Enrollment confirmed() {
    return new Enrollment(keyName, keyId, deviceId, server, serverKeys, null);
  }

  Optional<DeviceKey> serverKey(String id) {
    return serverKeys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", keyName);
    json.put("key_id", keyId);
    json.put("device_id", deviceId);
    json.put("server", server);
    json.put(
        "server_keys", serverKeys.stream().map(key -> Map.of("x", key.x(), "y", key.y())).toList());
    if (open != null) {
      json.put("enrollment_id", open.enrollmentId());
      json.put("signature", open.signature());
    }
    return json;
  }

  /** Empty: it is no enrollment, or was damaged. */
  static Optional<Enrollment> read(@Nullable JsonNode json) {
    if (json == null || !json.isObject()) {
      return Optional.empty();
    }
    List<DeviceKey> keys = new ArrayList<>();
    for (JsonNode each : json.path("server_keys")) {
      DeviceKey.of(each.path("x").stringValue(""), each.path("y").stringValue(""))
          .ifPresent(keys::add);
    }
    Enrollment read =
        new Enrollment(
            json.path("key").stringValue(""),
            json.path("key_id").stringValue(""),
            json.path("device_id").stringValue(""),
            json.path("server").stringValue(""),
            keys,
            json.has("enrollment_id")
                ? new Open(
                    json.path("enrollment_id").stringValue(""),
                    json.path("signature").stringValue(""))
                : null);
    return read.keyName.isEmpty() || keys.isEmpty() ? Optional.empty() : Optional.of(read);
  }

  /** The P-256 keys of a JWK set; empty: there are none, or one is not what it says. */
  static List<DeviceKey> keySet(@Nullable JsonNode jwks) {
    List<DeviceKey> keys = new ArrayList<>();
    if (jwks == null) {
      return keys;
    }
    for (JsonNode jwk : jwks.path("keys")) {
      if (!"EC".equals(jwk.path("kty").stringValue(""))
          || !"P-256".equals(jwk.path("crv").stringValue(""))) {
        continue;
      }
      Optional<DeviceKey> key =
          DeviceKey.of(jwk.path("x").stringValue(""), jwk.path("y").stringValue(""));
      if (key.isEmpty() || !key.get().id().equals(jwk.path("kid").stringValue(key.get().id()))) {
        return List.of();
      }
      keys.add(key.get());
    }
    return keys;
  }

  static String write(Map<String, Map<String, Object>> document) {
    return Json.mapper().writeValueAsString(document);
  }
}

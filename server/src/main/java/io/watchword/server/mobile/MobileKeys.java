package io.watchword.server.mobile;

import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.SigningKey;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.SignedText;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The server's own keys of mobile authentication (contract mobile 3.1). */
final class MobileKeys {

  private final ServerKeys keys;

  MobileKeys(ServerKeys keys) {
    this.keys = keys;
  }

  /**
   * A signature of the server.
   *
   * @param keyId RFC 7638 thumbprint of the key that made it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Signature(String keyId, byte[] bytes) {}

  /** Signs with the current key. */
  Signature sign(SignedText text) {
    SigningKey key = keys.signingKey(KeyUse.MOBILE);
    try {
      return new Signature(
          DeviceKey.of((ECPublicKey) key.certificate().getPublicKey()).id(),
          DeviceKey.sign(key.privateKey(), text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the mobile key does not sign", e);
    }
  }

  /** The next, the current and the former public keys, as a JWK set. */
  Map<String, Object> published() {
    List<Map<String, Object>> all = new ArrayList<>();
    keys.certificates(KeyUse.MOBILE).stream()
        .map(certificate -> DeviceKey.of((ECPublicKey) certificate.getPublicKey()))
        .forEach(key -> {
          Map<String, Object> jwk = new LinkedHashMap<>();
          jwk.put("kty", "EC");
          jwk.put("crv", "P-256");
          jwk.put("kid", key.id());
          jwk.put("x", key.x());
          jwk.put("y", key.y());
          all.add(jwk);
        });
    return Map.of("keys", all);
  }
}

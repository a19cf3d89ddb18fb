package io.watchword.server.ida;

import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Base64Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code biometrics} of a decrypted request (contract ida 4.4).
 *
 * @param elements as sent
 * @param malformed whether the member is there and no array
 */
record BiometricForm(List<Element> elements, boolean malformed) {

  static final BiometricForm NONE = new BiometricForm(List.of(), false);

  /**
   * One capture.
   *
   * @param node as sent
   * @param data payload of the JWS in {@code data}, not yet verified; empty if it has none
   */
  record Element(JsonNode node, Optional<ObjectNode> data) {

    /** {@code bioType}, or empty. */
    String type() {
      return data.map(payload -> Member.of(payload, "bioType").orEmpty()).orElse("");
    }
  }

  static BiometricForm of(@Nullable JsonNode biometrics) {
    if (biometrics == null || biometrics.isNull()) {
      return NONE;
    }
    if (!biometrics.isArray()) {
      return new BiometricForm(List.of(), true);
    }
    var elements = new ArrayList<Element>();
    for (JsonNode node : biometrics) {
      elements.add(new Element(node, payload(Member.of(node, "data").orEmpty())));
    }
    return new BiometricForm(elements, false);
  }

  /** The modalities that are named, each once, in the order of the elements. */
  List<String> types() {
    return elements.stream().map(Element::type).distinct().toList();
  }

  static Optional<ObjectNode> payload(String compactJws) {
    String[] parts = compactJws.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Json.readObject(Base64Url.decode(parts[1]));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

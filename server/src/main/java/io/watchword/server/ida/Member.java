package io.watchword.server.ida;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A member of a JSON object that should be a string.
 *
 * @param text {@code null}: absent, {@code null} or of another type
 * @param wrongType whether it is there and neither a string nor {@code null}
 */
record Member(@Nullable String text, boolean wrongType) {

  static Member of(JsonNode object, String name) {
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return new Member(null, false);
    }
    return node.isString() ? new Member(node.stringValue(), false) : new Member(null, true);
  }

  boolean absent() {
    return text == null && !wrongType;
  }

  /** The text, if there is one that is not empty. */
  Optional<String> filled() {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }

  String orEmpty() {
    return text == null ? "" : text;
  }
}

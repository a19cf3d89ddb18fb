package io.watchword.server.kernel;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Members of a JSON object, whose names are told apart without regard to case: {@code userId} and
 * {@code userid} are one. Of two the last wins.
 *
 * @param byName in lower case
 */
public record Members(Map<String, JsonNode> byName) {

  public static final Members NONE = new Members(Map.of());

  static Members of(JsonNode object) {
    Map<String, JsonNode> byName = new LinkedHashMap<>();
    object
        .properties()
        .forEach(member -> byName.put(member.getKey().toLowerCase(Locale.ROOT), member.getValue()));
    return new Members(byName);
  }

  /** The member, if it is there and not {@code null}. */
  public Optional<JsonNode> get(String name) {
    JsonNode node = byName.get(name.toLowerCase(Locale.ROOT));
    return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
  }

  /** The text, or a number as text; {@code null}: absent, {@code null} or neither. */
  public @Nullable String text(String name) {
    return get(name).flatMap(Members::scalar).orElse(null);
  }

  /** The text if it is not blank, else {@code ""}. */
  public String filled(String name) {
    String text = text(name);
    return text == null || text.isBlank() ? "" : text;
  }

  /** Numbers where strings are expected count as text (contract kernel 1.1). */
  public static Optional<String> scalar(JsonNode node) {
    if (node.isString()) {
      return Optional.of(node.stringValue());
    }
    return node.isNumber() || node.isBoolean() ? Optional.of(node.asString()) : Optional.empty();
  }

  /** Without values. */
  @Override
  public String toString() {
    return "Members" + byName.keySet();
  }
}

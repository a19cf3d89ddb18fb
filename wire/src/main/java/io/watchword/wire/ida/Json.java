package io.watchword.wire.ida;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as the wire has it: compact UTF-8 out, tolerant trees and records in.
 *
 * <p>Reading: unknown members are ignored, of duplicate members the last wins (contract ida 2.2),
 * nothing may follow the value, scalars are not turned into other types, and no type names are ever
 * taken from the text. Limits: {@value #MAX_NESTING} levels, {@value #MAX_NUMBER} characters a
 * number, {@value #MAX_NAME} a name, {@value #MAX_TEXT} a string or document.
 */
public final class Json {

  /** Levels of arrays and objects. */
  public static final int MAX_NESTING = 64;

  /** Characters of a number. */
  public static final int MAX_NUMBER = 100;

  /** Characters of a member's name. */
  public static final int MAX_NAME = 1_000;

  /** Characters of a string, and of a whole document: the limit of a body with biometrics. */
  public static final int MAX_TEXT = 10 * 1024 * 1024;

  /**
   * Values, names and brackets of a document. The largest honest request has some hundreds; a tree
   * of nothing but empty objects takes 24 times the memory of its text.
   */
  public static final long MAX_TOKENS = 100_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_NESTING)
                          .maxNumberLength(MAX_NUMBER)
                          .maxNameLength(MAX_NAME)
                          .maxStringLength(MAX_TEXT)
                          .maxDocumentLength(MAX_TEXT)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .build())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text ->
                  text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** The mapper itself, for building trees; it cannot be changed. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** Compact UTF-8 of a record or tree. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** The object that the bytes are, or empty if they are anything else or exceed a limit. */
  public static Optional<ObjectNode> readObject(byte[] utf8) {
    if (!looksLikeUtf8(utf8)) {
      return Optional.empty();
    }
    try {
      JsonNode node = MAPPER.readTree(utf8);
      return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /**
   * The record that the bytes hold, or empty if they do not have its shape. Members that are absent
   * are null, or false for a boolean.
   */
  public static <T> Optional<T> read(byte[] utf8, Class<T> type) {
    Optional<ObjectNode> object = readObject(utf8);
    try {
      return object.map(node -> MAPPER.treeToValue(node, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  // The parser would guess UTF-16 and UTF-32 from zero bytes or a byte order mark; the wire is
  // UTF-8.
  private static boolean looksLikeUtf8(byte[] bytes) {
    return bytes.length > 1
        && bytes[0] != 0
        && bytes[1] != 0
        && bytes[0] != (byte) 0xfe
        && bytes[0] != (byte) 0xff;
  }
}

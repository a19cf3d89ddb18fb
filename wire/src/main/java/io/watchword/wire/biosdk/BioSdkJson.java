package io.watchword.wire.biosdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.watchword.wire.cbeff.BdbInfo;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as the contract has it (biosdk 3): bytes are arrays of signed numbers, moments are objects,
 * enumerations are upper-case words; what is absent is left out in requests.
 *
 * <p>{@link Reading#LENIENT} takes more than is written: bytes as base64 or as numbers to 255 too,
 * moments as ISO text, milliseconds or an array, words in the spelling of XML. {@link
 * Reading#STRICT} takes what the published service does. Unknown members are ignored by both.
 */
public final class BioSdkJson {

  /** Bytes of a body; data takes up to 4.9 characters a byte. */
  public static final int MAX_BODY = 32 * 1024 * 1024;

  /** Levels of arrays and objects. */
  public static final int MAX_NESTING = 32;

  private static final JsonMapper LENIENT = mapper(true);
  private static final JsonMapper STRICT = mapper(false);

  private BioSdkJson() {}

  /** How much is taken. */
  public enum Reading {
    LENIENT,
    STRICT;

    JsonMapper mapper() {
      return this == LENIENT ? BioSdkJson.LENIENT : BioSdkJson.STRICT;
    }
  }

  private static JsonMapper mapper(boolean lenient) {
    return JsonMapper.builder(
            JsonFactory.builder()
                .streamReadConstraints(
                    StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(100)
                        .maxNameLength(1_000)
                        .maxStringLength(MAX_BODY)
                        .maxDocumentLength(MAX_BODY)
                        .build())
                .build())
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .addMixIn(BdbInfo.class, JsonForms.BdbInfoForm.class)
        .addModule(JsonForms.module(lenient))
        .build();
  }

  /** Compact UTF-8 of a message, in the contract's forms. */
  public static byte[] write(Object message) {
    return STRICT.writeValueAsBytes(message);
  }

  /** The message that the bytes hold, or empty if they do not have its shape. */
  public static <T> Optional<T> read(byte[] utf8, Class<T> type, Reading reading) {
    try {
      return Optional.ofNullable(reading.mapper().readValue(utf8, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The message that a part of a tree is, or empty if it has not its shape. */
  static <T> Optional<T> read(JsonNode node, Class<T> type) {
    try {
      return Optional.ofNullable(LENIENT.treeToValue(node, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The tree that the bytes are. */
  static Optional<JsonNode> tree(byte[] utf8) {
    try {
      return Optional.ofNullable(LENIENT.readTree(utf8));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}

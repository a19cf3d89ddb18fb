package io.watchword.wire.cbeff;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a biometric data block (contract biosdk 3 and 7), in the order of the schema.
 * What is absent is {@code null}, or empty for a list.
 *
 * @param challengeResponse bytes of the capture device's protocol
 * @param index a UUID; in JSON any text
 * @param types the first one counts
 * @param subtypes single words such as {@code Left}, {@code IndexFinger}; empty for a face
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BdbInfo(
    byte @Nullable [] challengeResponse,
    @Nullable String index,
    @Nullable RegistryId format,
    @Nullable Boolean encryption,
    @Nullable Instant creationDate,
    @Nullable Instant notValidBefore,
    @Nullable Instant notValidAfter,
    @JsonProperty("type") List<BiometricType> types,
    @JsonProperty("subtype") List<String> subtypes,
    @Nullable ProcessedLevel level,
    @Nullable RegistryId product,
    @Nullable RegistryId captureDevice,
    @Nullable RegistryId featureExtractionAlgorithm,
    @Nullable RegistryId comparisonAlgorithm,
    @Nullable RegistryId compressionAlgorithm,
    @Nullable Purpose purpose,
    @Nullable Quality quality) {

  public BdbInfo {
    types = types == null ? List.of() : List.copyOf(types);
    subtypes = subtypes == null ? List.of() : List.copyOf(subtypes);
  }

  /** What must be told of a block that is to be matched. */
  public static BdbInfo of(
      RegistryId format,
      BiometricType type,
      List<String> subtypes,
      ProcessedLevel level,
      Purpose purpose) {
    return new BdbInfo(
        null,
        null,
        format,
        null,
        null,
        null,
        null,
        List.of(type),
        subtypes,
        level,
        null,
        null,
        null,
        null,
        null,
        purpose,
        null);
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "BdbInfo" + types;
  }
}

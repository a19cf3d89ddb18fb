package io.watchword.wire.cbeff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A biometric information record: one segment, or, as the root of a document, one person with
 * segments (contract biosdk 3 and 7). What is absent is {@code null}, or empty for a list or map.
 *
 * @param birs segments; in JSON always absent
 * @param bdb the data block: an ISO/IEC 19794 record or a template, up to {@link
 *     CbeffReader#MAX_BLOCK} bytes
 * @param sb the signature block
 * @param others such as {@code EXCEPTION} to {@code true} or {@code false}; keeps its order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Bir(
    @Nullable FormatVersion version,
    @JsonProperty("cbeffversion") @Nullable FormatVersion cbeffVersion,
    @Nullable BirInfo birInfo,
    @Nullable BdbInfo bdbInfo,
    @Nullable SbInfo sbInfo,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Bir> birs,
    byte @Nullable [] bdb,
    byte @Nullable [] sb,
    Map<String, String> others) {

  /** A key of {@link #others}: whether the part of the body could not be captured. */
  public static final String EXCEPTION = "EXCEPTION";

  public Bir {
    birs = birs == null ? List.of() : List.copyOf(birs);
    var kept = new LinkedHashMap<String, String>();
    if (others != null) {
      others.forEach((key, value) -> {
        if (key != null && value != null) {
          kept.put(key, value);
        }
      });
    }
    others = Collections.unmodifiableMap(kept);
  }

  /** A segment with nothing but its data. */
  public static Bir segment(BdbInfo info, byte[] bdb) {
    return new Bir(null, null, null, info, null, List.of(), bdb, null, Map.of());
  }

  /** A person's record. */
  public static Bir person(List<Bir> segments) {
    return new Bir(null, null, BirInfo.PLAIN, null, null, segments, null, null, Map.of());
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Bir[sealed]";
  }
}

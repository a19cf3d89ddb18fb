package io.watchword.wire.biosdk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.BirInfo;
import io.watchword.wire.cbeff.FormatVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One person's captures, or what is on file of one (contract biosdk 3). What is absent is {@code
 * null}, or empty for a list or map.
 */
public record BiometricRecord(
    @Nullable FormatVersion version,
    @JsonProperty("cbeffversion") @Nullable FormatVersion cbeffVersion,
    @Nullable BirInfo birInfo,
    List<Bir> segments,
    Map<String, String> others) {

  public BiometricRecord {
    segments = segments == null ? List.of() : List.copyOf(segments);
    others = Flags.of(others);
  }

  /** With nothing but its segments. */
  public static BiometricRecord of(List<Bir> segments) {
    return new BiometricRecord(null, null, null, segments, Map.of());
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "BiometricRecord[sealed]";
  }
}

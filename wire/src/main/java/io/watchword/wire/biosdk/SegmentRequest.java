package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code /segment} (contract biosdk 1 and 5).
 *
 * @param modalitiesToSegment empty: all that the service supports
 * @param flags of the service's own; unknown ones are ignored
 */
public record SegmentRequest(
    @Nullable BiometricRecord sample,
    List<BiometricType> modalitiesToSegment,
    Map<String, String> flags) {

  public SegmentRequest {
    modalitiesToSegment =
        modalitiesToSegment == null ? List.of() : List.copyOf(modalitiesToSegment);
    flags = Flags.of(flags);
  }
}

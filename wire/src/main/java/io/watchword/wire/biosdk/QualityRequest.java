package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code /check-quality} (contract biosdk 1 and 5).
 *
 * @param modalitiesToCheck empty: all that the service supports
 * @param flags of the service's own; unknown ones are ignored
 */
public record QualityRequest(
    @Nullable BiometricRecord sample,
    List<BiometricType> modalitiesToCheck,
    Map<String, String> flags) {

  public QualityRequest {
    modalitiesToCheck = modalitiesToCheck == null ? List.of() : List.copyOf(modalitiesToCheck);
    flags = Flags.of(flags);
  }
}

package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code /extract-template} (contract biosdk 1 and 5).
 *
 * @param modalitiesToExtract empty: all that the service supports
 * @param flags such as {@code finger.format}, the name of a template form; unknown ones are ignored
 */
public record ExtractRequest(
    @Nullable BiometricRecord sample,
    List<BiometricType> modalitiesToExtract,
    Map<String, String> flags) {

  public ExtractRequest {
    modalitiesToExtract =
        modalitiesToExtract == null ? List.of() : List.copyOf(modalitiesToExtract);
    flags = Flags.of(flags);
  }
}

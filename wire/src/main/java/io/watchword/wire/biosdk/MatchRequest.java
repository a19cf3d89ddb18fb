package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code /match} (contract biosdk 1 and 5).
 *
 * @param sample captured now
 * @param gallery records on file, each answered by itself
 * @param modalitiesToMatch empty: all that the service supports; a client names exactly one
 * @param flags such as {@code uniqueRefID} and {@code timestamp}; unknown ones are ignored
 */
public record MatchRequest(
    @Nullable BiometricRecord sample,
    List<BiometricRecord> gallery,
    List<BiometricType> modalitiesToMatch,
    Map<String, String> flags) {

  public MatchRequest {
    gallery = gallery == null ? List.of() : List.copyOf(gallery);
    modalitiesToMatch = modalitiesToMatch == null ? List.of() : List.copyOf(modalitiesToMatch);
    flags = Flags.of(flags);
  }
}

package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Content of {@code /convert-format} (contract biosdk 1 and 4).
 *
 * @param sourceFormat such as {@code ISO19794_4_2011}
 * @param targetFormat names an image form
 * @param modalitiesToConvert empty: all that the service supports
 */
public record ConvertRequest(
    @Nullable BiometricRecord sample,
    @Nullable String sourceFormat,
    @Nullable String targetFormat,
    Map<String, String> sourceParams,
    Map<String, String> targetParams,
    List<BiometricType> modalitiesToConvert) {

  public ConvertRequest {
    sourceParams = Flags.of(sourceParams);
    targetParams = Flags.of(targetParams);
    modalitiesToConvert =
        modalitiesToConvert == null ? List.of() : List.copyOf(modalitiesToConvert);
  }
}

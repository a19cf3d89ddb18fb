package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.RegistryId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of {@code /init}, {@code SDKInfo} (contract biosdk 3).
 *
 * @param apiVersion {@code 0.9} in practice, whatever the envelope says
 * @param supportedMethods for which modalities each function may be used
 */
public record ServiceInfo(
    @Nullable String apiVersion,
    @Nullable String sdkVersion,
    List<BiometricType> supportedModalities,
    Map<Function, List<BiometricType>> supportedMethods,
    Map<String, String> otherInfo,
    @Nullable RegistryId productOwner) {

  public ServiceInfo {
    supportedModalities =
        supportedModalities == null ? List.of() : List.copyOf(supportedModalities);
    supportedMethods = supportedMethods == null ? Map.of() : Map.copyOf(supportedMethods);
    otherInfo = Flags.of(otherInfo);
  }

  /** What a service can be asked for. */
  public enum Function {
    QUALITY_CHECK,
    SEGMENT,
    EXTRACT,
    CONVERT_FORMAT,
    MATCH
  }
}

package io.watchword.core.authentication;

import io.watchword.core.authentication.BiometricMatcher.Modality;
import io.watchword.core.authentication.BiometricMatcher.Sample;
import io.watchword.core.unit.Table;
import java.util.List;
import java.util.Map;

/**
 * A person's biometrics on file, with which captures are compared.
 *
 * @param samples by modality; none without a sample
 */
public record EnrolledBiometrics(Map<Modality, List<Sample>> samples) {

  /** Keyed by person id. */
  public static final Table<EnrolledBiometrics> TABLE =
      Table.sealed("biometrics", EnrolledBiometrics.class);

  /** Nobody's. */
  static final EnrolledBiometrics NONE = new EnrolledBiometrics(Map.of());

  public EnrolledBiometrics {
    samples = Map.copyOf(samples);
  }

  @Override
  public String toString() {
    return "EnrolledBiometrics[sealed]";
  }
}

package io.watchword.core.individual;

import io.watchword.core.unit.Table;
import java.util.EnumMap;
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
  public static final EnrolledBiometrics NONE = new EnrolledBiometrics(Map.of());

  public EnrolledBiometrics {
    samples = Map.copyOf(samples);
  }

  /**
   * With others in place of those of the same modality.
   *
   * @param given by modality; an empty list takes away what is there
   */
  EnrolledBiometrics with(Map<Modality, List<Sample>> given) {
    Map<Modality, List<Sample>> all = new EnumMap<>(Modality.class);
    all.putAll(samples);
    all.putAll(given);
    all.values().removeIf(List::isEmpty);
    return new EnrolledBiometrics(all);
  }

  @Override
  public String toString() {
    return "EnrolledBiometrics[sealed]";
  }
}

package io.watchword.server.settings;

import io.watchword.server.settings.values.Range;
import java.time.Duration;

/**
 * The settings group {@code biometrics}: how captures are compared, whichever door they come
 * through.
 *
 * @param finger fingerprints, by the matcher that is built in
 */
public record BiometricSettings(Finger finger) {

  /**
   * Fingerprints (contract identity-v1 8.3, decision 032).
   *
   * @param threshold score of SourceAFIS that one finger must reach
   * @param atOnce comparisons at a time; 0: one for each core
   * @param patience how long a comparison waits for its turn before it is a technical fault
   */
  public record Finger(
      @Range(min = "20", max = "500") int threshold,
      @Range(min = "0", max = "1024") int atOnce,
      @Range(min = "0s", max = "1m") Duration patience) {}
}

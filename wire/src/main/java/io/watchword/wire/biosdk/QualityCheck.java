package io.watchword.wire.biosdk;

import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;

/**
 * Result of {@code /check-quality} (contract biosdk 3).
 *
 * @param scores one a modality, over all its segments
 */
public record QualityCheck(Map<BiometricType, Score> scores, Map<String, String> analyticsInfo) {

  public QualityCheck {
    scores = scores == null ? Map.of() : Map.copyOf(scores);
    analyticsInfo = Flags.of(analyticsInfo);
  }

  /**
   * How good the captures of one modality are.
   *
   * @param score 0 to 100
   */
  public record Score(float score, List<String> errors, Map<String, String> analyticsInfo) {

    public Score {
      errors = errors == null ? List.of() : List.copyOf(errors);
      analyticsInfo = Flags.of(analyticsInfo);
    }
  }
}

package io.watchword.wire.biosdk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.watchword.wire.cbeff.BiometricType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the result of {@code /match}, one a record of the gallery (contract biosdk 3).
 *
 * @param galleryIndex from 0
 * @param decisions by modality; {@code null} if there is no such member
 */
public record MatchDecision(
    int galleryIndex,
    @Nullable Map<BiometricType, Decision> decisions,
    Map<String, String> analyticsInfo) {

  public MatchDecision {
    decisions = decisions == null ? null : Map.copyOf(decisions);
    analyticsInfo = Flags.of(analyticsInfo);
  }

  /** What a comparison found. */
  public enum Outcome {
    MATCHED,
    NOT_MATCHED,
    /** Not comparable. */
    ERROR
  }

  /**
   * What was found for one modality.
   *
   * @param outcome the member's name is {@code match}
   * @param errors the service's own words
   */
  public record Decision(
      @JsonProperty("match") @Nullable Outcome outcome,
      List<String> errors,
      Map<String, String> analyticsInfo) {

    public Decision {
      errors = errors == null ? List.of() : List.copyOf(errors);
      analyticsInfo = Flags.of(analyticsInfo);
    }

    /** With nothing else to tell. */
    public static Decision of(Outcome outcome) {
      return new Decision(outcome, List.of(), Map.of());
    }
  }
}

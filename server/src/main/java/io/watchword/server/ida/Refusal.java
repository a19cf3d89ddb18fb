package io.watchword.server.ida;

import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.DemographicResult;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.wire.ida.IdaError;
import java.util.List;
import java.util.Map;

/**
 * A request that a check refused.
 *
 * @param step of the contract, such as {@code F5}; {@code decision}: the core ended it; {@code
 *     match}: a factor differs
 * @param errors for the caller
 * @param detail for the operator: what was expected and what was received, never a secret
 */
record Refusal(String step, List<IdaError> errors, Map<String, String> detail) {

  private static final String SIZE = "size";

  /** A filter error, which travels behind the general one (contract ida 2.3). */
  static Refusal filter(String step, IdaError error, Map<String, String> detail) {
    return new Refusal(
        step,
        error.equals(IdaErrors.NOT_PROCESSED)
            ? List.of(error)
            : List.of(IdaErrors.NOT_PROCESSED, error),
        detail);
  }

  /** A body that only a request with biometrics may have (contract ida, amendment 10). */
  static Refusal tooLarge(int expected, int received) {
    return filter(
        SIZE,
        IdaErrors.NOT_PROCESSED,
        Map.of(
            "expected",
            "at most " + expected + " bytes without biometrics",
            "received",
            received + " bytes"));
  }

  /**
   * Ended by the core.
   *
   * @param why a refusal of the core, or what the operator is to read
   */
  static Refusal story(IdaError error, Object why) {
    return new Refusal("decision", List.of(error), Map.of("reason", reason(why)));
  }

  /** What the core calls it, down to the inner reason, without what it holds. */
  private static String reason(Object refusal) {
    if (refusal instanceof String text) {
      return text;
    }
    if (refusal instanceof AuthenticationRefusal.MatcherFault(Modality modality, String reason)) {
      return "MatcherFault, " + modality + ": " + reason;
    }
    Object named =
        switch (refusal) {
          case SendRefusal.NotServed(StandingRefusal why) -> why;
          case AuthenticationRefusal.NotServed(StandingRefusal why) -> why;
          case AuthenticationRefusal.NotJudged(DemographicResult.Stopped why) -> why;
          default -> refusal;
        };
    return named.getClass().getSimpleName();
  }

  boolean isTooLarge() {
    return step.equals(SIZE);
  }

  static Refusal filter(String step, IdaError error) {
    return filter(step, error, Map.of());
  }

  /** As much of what was received as the operator needs to recognise it. */
  static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }
}

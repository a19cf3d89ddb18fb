package io.watchword.server.ida;

import io.watchword.wire.ida.IdaError;
import java.util.List;
import java.util.Map;

/**
 * A request that a check refused.
 *
 * @param step of the contract, such as {@code F5}
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

  boolean isTooLarge() {
    return step.equals(SIZE);
  }

  static Refusal filter(String step, IdaError error) {
    return filter(step, error, Map.of());
  }
}

package io.watchword.core.authentication;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import java.util.List;
import java.util.Set;

/**
 * Says whether captured biometrics are those on file, one modality at a time (contract ida 6.8).
 * Holds no biometrics itself. Comparing is slow and may need another machine: units must not call
 * it. Thread-safe.
 */
public interface BiometricMatcher {

  /** What this matcher can compare; nothing else is ever given to it. */
  Set<Modality> modalities();

  /**
   * Compares.
   *
   * @param presented captured now, at least one
   * @param stored on file, at least one; those that the positions of the presented ones allow
   */
  Result compare(Modality modality, List<Sample> presented, List<Sample> stored);

  /** What a comparison found. */
  sealed interface Result {

    /** The same person. */
    record Matched() implements Result {}

    /** Compared, and not the same person. */
    record Different() implements Result {}

    /**
     * Could not be compared; never to be told as a mismatch.
     *
     * @param reason for the operator
     */
    record TechnicalFault(String reason) implements Result {}
  }
}

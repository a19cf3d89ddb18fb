package io.watchword.core.authentication;

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

  /** A part of the body. */
  enum Modality {
    FINGER,
    IRIS,
    FACE
  }

  /**
   * One record of the body, such as an ISO/IEC 19794 image.
   *
   * @param position which finger or eye, such as {@code Left IndexFinger}; {@code UNKNOWN}: not
   *     told; empty for faces
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sample(String position, byte[] record) {

    public static final String UNKNOWN = "UNKNOWN";

    /** Nothing of the person. */
    @Override
    public String toString() {
      return "Sample[sealed]";
    }
  }

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

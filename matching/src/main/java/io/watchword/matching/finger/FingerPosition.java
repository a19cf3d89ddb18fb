package io.watchword.matching.finger;

import io.watchword.core.authentication.BiometricMatcher.Sample;
import java.util.Arrays;
import java.util.Optional;

/** Which finger, in the order of the codes of ISO/IEC 19794-2 and 19794-4 for single fingers. */
public enum FingerPosition {
  UNKNOWN(Sample.UNKNOWN),
  RIGHT_THUMB("Right Thumb"),
  RIGHT_INDEX("Right IndexFinger"),
  RIGHT_MIDDLE("Right MiddleFinger"),
  RIGHT_RING("Right RingFinger"),
  RIGHT_LITTLE("Right LittleFinger"),
  LEFT_THUMB("Left Thumb"),
  LEFT_INDEX("Left IndexFinger"),
  LEFT_MIDDLE("Left MiddleFinger"),
  LEFT_RING("Left RingFinger"),
  LEFT_LITTLE("Left LittleFinger");

  private static final FingerPosition[] BY_CODE = values();

  private final String word;

  FingerPosition(String word) {
    this.word = word;
  }

  /** As {@link Sample#position} spells it. */
  public String word() {
    return word;
  }

  /** Empty: no single finger, such as 13, the four fingers of a right hand. */
  static Optional<FingerPosition> ofCode(int code) {
    return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
  }

  /** Empty: no word of {@link Sample#position}. */
  static Optional<FingerPosition> ofWord(String word) {
    return Arrays.stream(BY_CODE).filter(position -> position.word.equals(word)).findFirst();
  }
}

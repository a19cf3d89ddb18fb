package io.watchword.matching.finger;

import io.watchword.core.individual.Sample;
import java.util.Arrays;
import java.util.Optional;

/** Which finger, with its code in ISO/IEC 19794-2 and 19794-4. */
public enum FingerPosition {
  UNKNOWN(0, Sample.UNKNOWN),
  RIGHT_THUMB(1, "Right Thumb"),
  RIGHT_INDEX(2, "Right IndexFinger"),
  RIGHT_MIDDLE(3, "Right MiddleFinger"),
  RIGHT_RING(4, "Right RingFinger"),
  RIGHT_LITTLE(5, "Right LittleFinger"),
  LEFT_THUMB(6, "Left Thumb"),
  LEFT_INDEX(7, "Left IndexFinger"),
  LEFT_MIDDLE(8, "Left MiddleFinger"),
  LEFT_RING(9, "Left RingFinger"),
  LEFT_LITTLE(10, "Left LittleFinger");

  private final int code;
  private final String word;

  FingerPosition(int code, String word) {
    this.code = code;
    this.word = word;
  }

  int code() {
    return code;
  }

  /** As {@link Sample#position} spells it. */
  public String word() {
    return word;
  }

  /** Empty: no single finger, such as 13, the four fingers of a right hand. */
  static Optional<FingerPosition> ofCode(int code) {
    return Arrays.stream(values()).filter(position -> position.code == code).findFirst();
  }

  /** Empty: no word of {@link Sample#position}. */
  public static Optional<FingerPosition> ofWord(String word) {
    return Arrays.stream(values()).filter(position -> position.word.equals(word)).findFirst();
  }
}

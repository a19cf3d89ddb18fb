package io.watchword.core.individual;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One record of the body, such as an ISO/IEC 19794 image.
 *
 * @param position which finger or eye, such as {@code Left IndexFinger}; {@code UNKNOWN}: not told;
 *     empty for faces
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content
public record Sample(String position, byte[] record) {

  public static final String UNKNOWN = "UNKNOWN";

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sample(String otherPosition, byte[] otherRecord)
        && position.equals(otherPosition)
        && Arrays.equals(record, otherRecord);
  }

  @Override
  public int hashCode() {
    return 31 * position.hashCode() + Arrays.hashCode(record);
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Sample[sealed]";
  }
}

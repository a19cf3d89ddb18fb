package io.watchword.matching.finger;

/**
 * What the bytes of a capture of one finger were found to be.
 *
 * <p>Read are minutiae templates of ISO/IEC 19794-2 ({@link MinutiaeTemplate}) and images ({@link
 * FingerImage}). Reading never throws, takes time and memory proportional to the bytes that are
 * there, not to what they announce, and no library sees bytes that were refused.
 */
public sealed interface FingerRecord {

  /**
   * Reads a record. Images are checked in full but not yet decoded.
   *
   * @param bytes of anybody
   */
  static FingerRecord read(byte[] bytes) {
    try {
      return MinutiaeReader.announcedBy(bytes)
          ? MinutiaeReader.read(bytes)
          : FingerImageReader.read(bytes);
    } catch (Refused refused) {
      return refused.reason();
    }
  }

  /** A record of one finger that can be compared. */
  sealed interface Usable extends FingerRecord permits MinutiaeTemplate, FingerImage {

    /** The finger that the record itself names. */
    FingerPosition position();
  }

  /** Why a record is of no use. The details are for operators and tell nothing of the person. */
  sealed interface Unreadable extends FingerRecord {

    /** What is wrong, in words. */
    String detail();
  }

  /** Of none of the formats, cut off, or contradicting itself. */
  record NotTheFormat(String detail) implements Unreadable {}

  /**
   * More than one view of fingers in one record, where one is due (contract identity-v1 8.2).
   *
   * @param views announced, 2 to 65,535
   */
  record SeveralViews(int views) implements Unreadable {
    @Override
    public String detail() {
      return views + " views";
    }
  }

  /** Beyond a limit of ours on bytes, minutiae, pixels, or ends and forks of ridges. */
  record TooLarge(String detail) implements Unreadable {}

  /** Of a format, and using a part of it that is not read here, such as WSQ compression. */
  record Unsupported(String detail) implements Unreadable {}
}

package io.watchword.core.partner;

/**
 * How near a claimed text must be to the stored one (contract identity-v1 5.3).
 *
 * @param threshold score from 1 to 100 from which on they match; not looked at if they must be
 *     equal
 */
public record Strategy(Method method, int threshold) {

  /** The same words. */
  public static final Strategy EXACT = new Strategy(Method.EXACT, 100);

  /** What is compared. */
  public enum Method {
    EXACT,
    /** How many of the words are the same; an initial stands for a word. */
    PARTIAL,
    /** How alike they sound. */
    PHONETIC
  }

  public Strategy {
    if (threshold < 1 || threshold > 100) {
      throw new IllegalArgumentException("a threshold lies between 1 and 100");
    }
  }
}

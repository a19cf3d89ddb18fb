package io.watchword.core.authentication;

import io.watchword.core.partner.Strategy;

/**
 * Says whether a claimed text is the stored one, by the rules of the text's kind and language.
 *
 * <p>Thread-safe, and free of I/O, clock and randomness: units may call it. Never throws, whatever
 * the texts hold.
 */
public interface TextMatcher {

  /**
   * @param strategy how near they must be; one that {@link #supports} the language
   * @param language ISO 639-3, or empty if the text has none: then no rule of any kind changes it
   * @param claimed what the caller says; may be hostile
   * @param stored what is on file
   * @return false also if either side has no words at all
   */
  boolean matches(Kind kind, Strategy strategy, String language, String claimed, String stored);

  /** Whether texts of a language can be compared in this way. */
  default boolean supports(Strategy strategy, String language) {
    return strategy.method() == Strategy.Method.EXACT;
  }

  /** What kind of text it is. */
  enum Kind {
    NAME,
    ADDRESS,
    TEXT,
    /** A gender: its letter (M, F, T) or its name in any language. */
    GENDER
  }
}

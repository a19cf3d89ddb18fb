package io.watchword.core.authentication;

/**
 * What came of one claim. The claim in it carries the language that an answer names: in the
 * configured spelling, or none where the stored value has no languages.
 */
public sealed interface DemographicResult {

  Claim claim();

  /** The claim is what is on file. */
  record Matched(Claim claim) implements DemographicResult {}

  /** Something else is on file. */
  record Mismatch(Claim claim) implements DemographicResult {}

  /** The claims could not be judged; this result is the last one. */
  sealed interface Stopped extends DemographicResult {}

  /** The person has no such value on file, or not in this language. */
  record Missing(Claim claim) implements Stopped {}

  /** The claim is no date, or no number of years. */
  record UnparsableClaim(Claim claim) implements Stopped {}

  /** What is on file is no date. */
  record UnreadableStored(Claim claim) implements Stopped {}

  /**
   * The stored value has languages and the claim names none.
   *
   * @param claim whose language is {@code null} if it was absent, blank if it was blank
   */
  record WithoutLanguage(Claim claim) implements Stopped {}

  /**
   * The stored value has languages and the claim's is not configured.
   *
   * @param claim with the language as the caller wrote it
   */
  record UnsupportedLanguage(Claim claim) implements Stopped {}
}

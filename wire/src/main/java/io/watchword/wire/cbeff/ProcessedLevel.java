package io.watchword.wire.cbeff;

import java.util.Optional;

/** How far a capture was processed. Constants are the words of JSON (contract biosdk 3). */
public enum ProcessedLevel {
  RAW("Raw"),
  INTERMEDIATE("Intermediate"),
  PROCESSED("Processed");

  private final String word;

  ProcessedLevel(String word) {
    this.word = word;
  }

  /** The word of XML (contract biosdk 7). */
  public String word() {
    return word;
  }

  /** Empty: no word of XML. */
  public static Optional<ProcessedLevel> ofWord(String word) {
    return Words.find(values(), ProcessedLevel::word, word);
  }
}

package io.watchword.wire.cbeff;

import java.util.Optional;

/** What a record is for. Constants are the words of JSON (contract biosdk 3). */
public enum Purpose {
  VERIFY("Verify"),
  IDENTIFY("Identify"),
  ENROLL("Enroll"),
  ENROLLVERIFY("EnrollVerify"),
  ENROLLIDENTIFY("EnrollIdentify"),
  AUDIT("Audit");

  private final String word;

  Purpose(String word) {
    this.word = word;
  }

  /** The word of XML (contract biosdk 7). */
  public String word() {
    return word;
  }

  /** Empty: no word of XML. */
  public static Optional<Purpose> ofWord(String word) {
    return Words.find(values(), Purpose::word, word);
  }
}

package io.watchword.wire.cbeff;

import java.util.Optional;

/** What of the body a record shows. Constants are the words of JSON (contract biosdk 3). */
public enum BiometricType {
  SCENT("Scent"),
  DNA("DNA"),
  EAR("Ear"),
  FACE("Face"),
  FINGER("Finger"),
  FOOT("Foot"),
  VEIN("Vein"),
  HAND_GEOMETRY("HandGeometry"),
  IRIS("Iris"),
  RETINA("Retina"),
  VOICE("Voice"),
  GAIT("Gait"),
  KEYSTROKE("Keystroke"),
  LIP_MOVEMENT("LipMovement"),
  SIGNATURE_SIGN("SignatureSign"),
  EXCEPTION_PHOTO("ExceptionPhoto");

  private final String word;

  BiometricType(String word) {
    this.word = word;
  }

  /** The word of XML (contract biosdk 7). */
  public String word() {
    return word;
  }

  /** Empty: no word of XML. */
  public static Optional<BiometricType> ofWord(String word) {
    return Words.find(values(), BiometricType::word, word);
  }
}

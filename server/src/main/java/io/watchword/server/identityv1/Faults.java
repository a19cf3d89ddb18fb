package io.watchword.server.identityv1;

import io.watchword.wire.identityv1.Fault;

/**
 * The codes and texts of contract identity-v1 4, in the numbering of its set A. Texts are literal,
 * spelling mistakes included: clients compare them.
 */
final class Faults {

  static final Fault UNREADABLE = of("IDA-RQV-101", "Invalid Auth Request");
  static final Fault UNEXPECTED = of("IDA-MLC-101", "Unknown error occured");
  static final Fault NOT_PROCESSED =
      of("IDA-MLC-007", "Request could not be processed. Please try again");
  static final Fault BAD_SIGNATURE = of("IDA-TSA-001", "Digital signature verification failed");
  static final Fault BAD_SIGNER =
      of("IDA-TSA-001", "Invalid certificate used in digital signature");
  static final Fault NO_FACTOR = of("IDA-MLC-008", "No authentication type selected");
  static final Fault UNSUPPORTED = of("IDA-MLC-013", "Authentication Type not supported");
  static final Fault BAD_UIN = of("IDA-MLC-002", "Invalid UIN");
  static final Fault DEACTIVATED = of("IDA-MLC-003", "UIN has been deactivated");
  static final Fault BAD_VID = of("IDA-MLC-004", "Invalid VID");
  static final Fault VID_EXPIRED = of("IDA-MLC-005", "Expired VID");
  static final Fault VID_NOT_MADE = of("IDA-MLC-010", "Could not generate VID for the individual");
  static final Fault VID_IN_FORCE =
      of("IDA-MLC-011", "VID regeneration not allowed. Use existing VID");
  static final Fault VID_OF_DEACTIVATED =
      of("IDA-MLC-012", "VID corresponding to a deactivated UIN");
  static final Fault NO_ADDRESS =
      of(
          "IDA-OTA-001",
          "Phone no and e-mail not registered. Individual has to register and try again");
  static final Fault TOO_MANY_CODES = of("IDA-OTA-003", "Innumerous OTP requests received");
  static final Fault NOT_SENT = of("IDA-OTA-004", "Could not generate/send OTP");
  static final Fault CODE_EXPIRED = of("IDA-OTA-005", "OTP has expired");
  static final Fault WRONG_CODE = of("IDA-OTA-006", "OTP is Invalid");
  static final Fault OTHER_TRANSACTION =
      of("IDA-OTA-007", "Input txnID does not match txnID of OTP Request");
  static final Fault NO_CODE_GIVEN = of("IDA-OTA-008", "Missing OTP value");
  static final Fault SEND_LOCKED =
      of("IDA-OTA-010", "UIN is locked for OTP generation. Please try again later");
  static final Fault CHECK_LOCKED =
      of(
          "IDA-OTA-011",
          "UIN is locked for OTP validation due to exceeding no of invalid OTP trials");
  static final Fault NO_CLAIM = of("IDA-DEA-003", "Required Identity(pi) attribute is missing");
  static final Fault BOTH_ADDRESSES =
      of("IDA-DEA-022", "Both ad and fad attributes should not be present in the input");
  static final Fault NO_DATA = of("IDA-DEA-029", "Individual's data currently not available");
  static final Fault NO_CONSENT = of("IDA-DEA-030", "Invalid resident eKYC consent");
  static final Fault BAD_PRINT = of("IDA-DEA-031", "Invalid value in print format request");
  static final Fault NO_KYC = of("IDA-DEA-032", "Unauthorised KUA");
  static final Fault KYC_FACTOR =
      of(
          "IDA-DEA-035",
          "Invalid resident auth type (\"kycAuthType \" does not match with data in PID block)");
  static final Fault SAME_FINGER = of("IDA-BIA-003", "Duplicate fingers in request.");
  static final Fault SEVERAL_VIEWS =
      of("IDA-BIA-005", "Single FMR record contains more than one finger.");
  static final Fault MANY_FINGERS = of("IDA-BIA-006", "Number of FMR should not exceed 2.");
  static final Fault BAD_BIOMETRICS = of("IDA-BIA-009", "Invalid biometric data");
  static final Fault NO_BIOMETRICS = of("IDA-BIA-010", "Missing biometric data");
  static final Fault NOT_ENROLLED =
      of("IDA-BIA-011", "Missing biometric data in MOSIP database for the given UIN/Virtual ID");
  static final Fault NO_BIO_TYPE = of("IDA-BIA-012", "Missing or empty value for bioType");
  static final Fault SAME_IRIS = of("IDA-BIA-016", "Duplicate Irises in request");
  static final Fault MANY_IRISES = of("IDA-BIA-017", "Number of irisImg should not exceed 2");
  static final Fault MANY_FACES = of("IDA-BIA-019", "Number of FID records should not exceed 1.");
  static final Fault WRONG_PIN = of("IDA-SPA-001", "Pin value did not match");
  static final Fault NO_PIN_GIVEN = of("IDA-SPA-002", "Missing pinval in the request");
  static final Fault PIN_NOT_STORED =
      of("IDA-SPA-003", "Could not store the static pin of the individual");
  static final Fault UNDECRYPTABLE = of("IDA-MPA-003", "Unable to decrypt Authentication Request");
  static final Fault NO_PDF = of("IDA-ITM-102", "Unable to Generate PDF");

  private Faults() {}

  static Fault of(String code, String message) {
    return new Fault(code, message);
  }

  /**
   * @param field the member's name, without path
   */
  static Fault missing(String field) {
    return of("IDA-IDV-003", "Missing Input Parameter - " + field);
  }

  /**
   * @param field the member's name, without path
   */
  static Fault invalid(String field) {
    return of("IDA-IDV-002", "Invalid Input Parameter - " + field);
  }

  /** A request of another time. */
  static Fault untimely(long most) {
    return of("IDA-MLC-001", "Request to be received at MOSIP within " + most + " hrs/min");
  }

  /** A request for a code that was under way for too long. */
  static Fault late(long minutes) {
    return of(
        "IDA-OTA-002",
        "Request received at MOSIP is " + minutes + " min post the initiation at TSP");
  }

  static Fault unsupportedLanguage(String code) {
    return of("IDA-DEA-004", "Unsupported Language Code <" + code + ">");
  }

  static Fault noPhonetics(String code) {
    return of("IDA-DEA-034", "Phonetics not supported for Language Code <" + code + ">");
  }

  static Fault unknownBioType(String type) {
    return of("IDA-BIA-013", "Invalid bioType - " + type);
  }
}

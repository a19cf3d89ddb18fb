package io.watchword.server.ida;

import io.watchword.wire.ida.IdaError;

/**
 * The codes and texts of contract ida 7.1. Texts are literal, spelling mistakes included: clients
 * compare them.
 */
final class IdaErrors {

  static final IdaError NOT_PROCESSED =
      of("IDA-MLC-007", "Request could not be processed. Please try again");

  private IdaErrors() {}

  static IdaError of(String code, String message) {
    return new IdaError(code, message);
  }

  static IdaError missing(String parameter) {
    return of("IDA-MLC-006", "Missing Input Parameter - " + parameter);
  }

  static IdaError invalid(String parameter) {
    return of("IDA-MLC-009", "Invalid Input Parameter - " + parameter);
  }

  static IdaError notAvailable(String what) {
    return of("IDA-MLC-018", what + " not available in database");
  }

  static IdaError locked(String factor) {
    return of("IDA-MLC-019", factor + " Auth Type is Locked for the UIN");
  }

  static IdaError blocked(String what) {
    return of("IDA-MLC-022", what + " is blocked");
  }

  static IdaError unsupported(String type) {
    return new IdaError(
        "IDA-MLC-011",
        "Unsupported Authentication Type - " + type,
        "Please use other Authentication Types in the request");
  }

  static IdaError missingDemo() {
    return of("IDA-MLC-013", "Missing demo auth attribute");
  }

  static IdaError untimely(long seconds, String suffix) {
    return new IdaError(
        "IDA-MLC-001",
        "Request to be received at MOSIP within " + seconds + " seconds" + suffix,
        "Please send the request within " + seconds + " seconds");
  }

  static IdaError notMatching(String device, String request) {
    return of(
        "IDA-MLC-024", device + " of request is not matching with " + request + " of biometrics");
  }

  static IdaError apart(long seconds) {
    return new IdaError(
        "IDA-MLC-030",
        "Biometrics not captured within " + seconds + " seconds of previous biometrics",
        "Please capture biometrics within " + seconds + " seconds of previous biometric capture");
  }

  static IdaError digitalIdsApart(long seconds) {
    return new IdaError(
        "IDA-MLC-031",
        "DigitalId of Biometrics not captured within "
            + seconds
            + " seconds of previous biometrics",
        "Please capture DigitalId of biometrics within "
            + seconds
            + " seconds of previous biometric capture");
  }

  static final IdaError OTHER_DEVICE =
      of("IDA-DPM-004", "Device Type and Biometric Type do not match");

  static IdaError usageNotAllowed(String factor) {
    return of("IDA-MPA-006", factor + " Authentication usage not allowed as per policy");
  }

  static IdaError usageMandatory(String factor) {
    return of("IDA-MPA-015", factor + "-authentiation usage is mandatory as per policy");
  }

  static IdaError signature(String what) {
    return of("IDA-MPA-001", "Digital signature verification failed for " + what);
  }

  static final IdaError UNDECRYPTABLE = of("IDA-MPA-003", "Unable to decrypt Request");
  static final IdaError KEY_EXPIRED = of("IDA-MPA-004", "MOSIP Public key expired");
  static final IdaError HASH_DIFFERS = of("IDA-MPA-016", "HMAC Validation failed");
  static final IdaError NOT_SENT = of("IDA-OTA-002", "Could not generate/send OTP");
  static final IdaError FROZEN =
      of(
          "IDA-OTA-013",
          "OTP request/validation has been frozen for the Individual-ID for 30 seconds due to"
              + " consecutive failure attempts for 5 times.");
}

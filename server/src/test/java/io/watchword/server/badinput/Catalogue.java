package io.watchword.server.badinput;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What callers of this door may ever read as an error: codes and texts of contract ida 7.1. */
final class Catalogue {

  /** Behind the general error, and never with an action (contract ida 2.3 and 2.4). */
  static final Set<String> FILTERS =
      Stream.concat(
              Stream.of("IDA-MLC-006", "IDA-MLC-009", "IDA-BIA-014", "IDA-DPM-004"),
              Stream.of(
                      1, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 18, 19, 21, 22, 24, 27, 28, 38,
                      39)
                  .map("IDA-MPA-%03d"::formatted))
          .collect(Collectors.toSet());

  /** Factors that were compared and differ: always with an action. */
  static final Set<String> MISMATCHES =
      Set.of("IDA-OTA-004", "IDA-DEA-001", "IDA-BIA-001", "IDA-SPA-001");

  private static final Set<String> WITH_ACTION =
      Set.of(
          "IDA-MLC-001",
          "IDA-MLC-002",
          "IDA-MLC-004",
          "IDA-MLC-011",
          "IDA-MLC-030",
          "IDA-MLC-031",
          "IDA-DEA-002",
          "IDA-BIA-002",
          "IDA-BIA-007",
          "IDA-OTA-003");

  /** {@code …} stands for anything that the request says. */
  private static final Map<String, Pattern> TEXTS = new HashMap<>();

  static {
    text("OTA-001", "Innumerous OTP requests received");
    text("OTA-002", "Could not generate/send OTP…");
    text("OTA-003", "OTP has expired");
    text("OTA-004", "OTP is invalid");
    text("OTA-005", "Input transactionID does not match transactionID of OTP Request");
    text("OTA-008", "OTP Notification Channel not provided");
    text("OTA-010", "Input Identity Type does not match Identity Type of OTP Request");
    text("OTA-011", "Input Partner-ID does not match Partner-ID of OTP Request");
    text(
        "OTA-012",
        "OTP validation can't be performed against this Individual-ID. Generate OTP first.");
    text(
        "OTA-013",
        "OTP request/validation has been frozen for the Individual-ID for 30 seconds due to"
            + " consecutive failure attempts for 5 times.");
    text("MLC-001", "Request to be received at MOSIP within 30 seconds…");
    text("MLC-002", "Invalid UIN");
    text("MLC-004", "Invalid VID");
    text("MLC-006", "Missing Input Parameter - …");
    text("MLC-007", "Request could not be processed. Please try again");
    text("MLC-008", "No authentication type selected");
    text("MLC-009", "Invalid Input Parameter - …");
    text("MLC-011", "Unsupported Authentication Type…");
    text("MLC-012", "Individual's Consent is not available");
    text("MLC-013", "Missing demo auth attribute");
    text("MLC-015", "Identity Type - … not configured for the country");
    text("MLC-018", "… not available in database");
    text("MLC-019", "… Auth Type is Locked for the UIN");
    text("MLC-020", "Unable to encrypt data");
    text("MLC-022", "UIN is deactivated/blocked");
    text("MLC-023", "VID is expired/deactivated");
    text("MLC-024", "… of request is not matching with … of biometrics");
    text("MLC-030", "Biometrics not captured within 120 seconds of previous biometrics");
    text(
        "MLC-031",
        "DigitalId of Biometrics not captured within 120 seconds of previous biometrics");
    text("DEA-001", "Demographic data … did not match");
    text("DEA-002", "Unsupported Language Code - …");
    text("DEA-003", "Demographic data … not available in database");
    text("BIA-002", "Duplicate fingers in request");
    text("BIA-003", "Number of Fingers should not exceed 10");
    text("BIA-006", "Biometric data FACE not available in database");
    text("BIA-007", "Duplicate Irises in request");
    text("BIA-008", "Number of Iris should not exceed 2");
    text("BIA-009", "Number of FACE records should not exceed 1");
    text("BIA-014", "Hash Validation Failed");
    text("MPA-001", "Digital signature verification failed for …");
    text("MPA-003", "Unable to decrypt Request");
    text("MPA-004", "MOSIP Public key expired");
    text("MPA-005", "OTP Request Usage not allowed as per policy");
    text("MPA-006", "… Authentication usage not allowed as per policy");
    text("MPA-007", "License key does not belong to a registered MISP");
    text("MPA-008", "License key of MISP has expired");
    text("MPA-009", "Partner is not registered");
    text("MPA-012", "Partner is deactivated");
    text("MPA-013", "Partner is unauthorised for eKYC");
    text("MPA-015", "…-authentiation usage is mandatory as per policy");
    text("MPA-016", "HMAC Validation failed");
    text("MPA-017", "License key of MISP is blocked");
    text("MPA-018", "Policy ID does not belong to a registered Partner");
    text("MPA-019", "Partner policy is not active");
    text("MPA-021", "Partner (Auth) Certificate not matching with signature header certificate.");
    text("MPA-038", "Required Number of Path parameters are missing in URI");
    text("MPA-039", "Partner API is expired or using before Commence Start Date.");
    text("DPM-004", "Device Type and Biometric Type do not match");
    text("IDV-001", "Input Data Validation Failed");
  }

  private Catalogue() {}

  private static void text(String code, String text) {
    TEXTS.put(
        "IDA-" + code,
        Pattern.compile(
            Stream.of(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
            Pattern.DOTALL));
  }

  /** Whether this door may send this text with this code. */
  static boolean has(String code, String text) {
    Pattern known = TEXTS.get(code);
    return known != null && known.matcher(text).matches();
  }

  /** Whether an action may stand beside the code where it is no filter error. */
  static boolean mayHaveAction(String code) {
    return WITH_ACTION.contains(code) || MISMATCHES.contains(code);
  }
}

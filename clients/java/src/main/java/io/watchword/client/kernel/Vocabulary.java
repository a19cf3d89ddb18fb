package io.watchword.client.kernel;

import static io.watchword.client.kernel.RefusalReason.ADDRESS_MISSING;
import static io.watchword.client.kernel.RefusalReason.APPLICATION_UNKNOWN;
import static io.watchword.client.kernel.RefusalReason.BLOCKED;
import static io.watchword.client.kernel.RefusalReason.CHANNEL_INVALID;
import static io.watchword.client.kernel.RefusalReason.CODE_EXPIRED;
import static io.watchword.client.kernel.RefusalReason.CODE_NOT_EXPECTED;
import static io.watchword.client.kernel.RefusalReason.CODE_WRONG;
import static io.watchword.client.kernel.RefusalReason.CREDENTIALS_WRONG;
import static io.watchword.client.kernel.RefusalReason.FORBIDDEN;
import static io.watchword.client.kernel.RefusalReason.NOT_SENT;
import static io.watchword.client.kernel.RefusalReason.OTHER;
import static io.watchword.client.kernel.RefusalReason.REQUEST_INVALID;
import static io.watchword.client.kernel.RefusalReason.SERVER_FAULT;
import static io.watchword.client.kernel.RefusalReason.SEVERAL_CHANNELS;
import static io.watchword.client.kernel.RefusalReason.TOKEN_EXPIRED;
import static io.watchword.client.kernel.RefusalReason.TOKEN_INVALID;
import static io.watchword.client.kernel.RefusalReason.TOKEN_MISSING;
import static io.watchword.client.kernel.RefusalReason.USER_UNKNOWN;

import io.watchword.wire.kernel.KernelError;
import java.util.Locale;

/** What the codes of both dialects mean (contract kernel E, and the correspondence of A.1). */
final class Vocabulary {

  private Vocabulary() {}

  /** The meaning of an error. */
  static RefusalReason of(Call call, int httpStatus, KernelError error) {
    return switch (error.errorCode()) {
      case "KER-AUTH-CHANNEL_INVALID" -> CHANNEL_INVALID;
      case "AUTH_ERR_MULTIPLE_CHANNELS" -> SEVERAL_CHANNELS;
      case "AUTH_ERR_USER_NOT_FOUND" -> USER_UNKNOWN;
      case "AUTH_ERR_CHANNELPATH_NOT_FOUND", "KER-SOT-001", "KER-SOT-002", "KER-SOT-003" ->
          ADDRESS_MISSING;
      case "AUTH_ERR_INVALIDOTP", "AUTH_ERR_OTPNOTVALID" -> CODE_WRONG;
      case "AUTH_ERR_EXPIREDOTP", "AUTH_ERR_OTPEXPIRED" -> CODE_EXPIRED;
      case "KER-OTV-005" -> CODE_NOT_EXPECTED;
      case "KER-SOT-008" -> BLOCKED;
      case "AUTH_ERR_INVALIDCREDENTIALS", "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS" ->
          CREDENTIALS_WRONG;
      case "AUTH_ERR_INVALIDAPPID", "KER-ATH-026" -> APPLICATION_UNKNOWN;
      case "AUTH_ERR_TOKENNOTVALID" -> TOKEN_INVALID;
      case "AUTH_ERR_COOKIEEMPTY" -> TOKEN_MISSING;
      case "KER-ATH-402" -> TOKEN_EXPIRED;
      case "KER-ATH-403" -> FORBIDDEN;
      case "KER-ATH-019",
          "KER-OTG-001",
          "KER-OTV-001",
          "KER-OTV-002",
          "KER-OTV-003",
          "KER-OTV-004",
          "KER-OTV-999" ->
          REQUEST_INVALID;
      default -> ofAmbiguous(call, httpStatus, error);
    };
  }

  /** The codes that several conditions share. */
  private static RefusalReason ofAmbiguous(Call call, int httpStatus, KernelError error) {
    String code = error.errorCode();
    // The adapter before a service that wants a token has the numbers 003 to 007 for its own
    // faults.
    if (call.needsToken() && code.startsWith("KER-ATH-00")) {
      return SERVER_FAULT;
    }
    return switch (code) {
      case "KER-ATH-003", "KER-ATH-022", "KER-ATH-027" -> USER_UNKNOWN;
      case "KER-ATH-004" -> call == Call.LOG_IN_BY_SECRET ? CREDENTIALS_WRONG : REQUEST_INVALID;
      case "KER-ATH-005", "KER-ATH-023", "KER-ATH-101" -> CREDENTIALS_WRONG;
      case "KER-ATH-006", "KER-ATH-007" -> TOKEN_MISSING;
      case "KER-ATH-008" -> call.isAboutTokens() ? TOKEN_INVALID : APPLICATION_UNKNOWN;
      case "KER-ATH-401" -> unauthenticated(call, error.message());
      case "401" -> REQUEST_INVALID;
      case "500" -> unforeseen(call, error.message());
      case "KER-ATH-436" -> NOT_SENT;
      default -> ofFamily(httpStatus, code);
    };
  }

  /** A.1 step 7 has this code for requests that are not in order. */
  private static RefusalReason unauthenticated(Call call, String message) {
    if (call != Call.SEND_CODE) {
      return TOKEN_INVALID;
    }
    return message.startsWith("Multiple channels") ? SEVERAL_CHANNELS : REQUEST_INVALID;
  }

  /** The deployed services let some refusals come out as faults (A.1 steps 4 and 11, A.3, A.7). */
  private static RefusalReason unforeseen(Call call, String message) {
    return switch (call) {
      case SEND_CODE -> CHANNEL_INVALID;
      case LOG_IN_BY_SECRET -> message.contains("401") ? CREDENTIALS_WRONG : SERVER_FAULT;
      case RENEW_TOKEN -> notRenewed(message);
      default -> SERVER_FAULT;
    };
  }

  private static RefusalReason notRenewed(String message) {
    if (message.equals("Refresh Token Expired")) {
      return TOKEN_EXPIRED;
    }
    // The error of RFC 6749, section 5.2, is the realm's, in what the service tells of it.
    return message.equals("Token doesn't exist") || message.contains("invalid_grant")
        ? TOKEN_INVALID
        : SERVER_FAULT;
  }

  private static RefusalReason ofFamily(int httpStatus, String code) {
    if (code.startsWith("KER-SOT-")
        || code.startsWith("KER-NO")
        || code.startsWith("KER-MSD-")
        || code.startsWith("KER-TEM-")) {
      return NOT_SENT;
    }
    // The id repository's own codes, passed through.
    if (code.startsWith("IDR-")) {
      return USER_UNKNOWN;
    }
    if (code.startsWith("KER-OTG-") || code.startsWith("KER-OTV-")) {
      return SERVER_FAULT;
    }
    return ofStatus(httpStatus);
  }

  /** What a status means where the body does not tell. */
  static RefusalReason ofStatus(int httpStatus) {
    return switch (httpStatus) {
      case 401 -> TOKEN_INVALID;
      case 403 -> FORBIDDEN;
      default -> httpStatus >= 500 ? SERVER_FAULT : OTHER;
    };
  }

  /** The meaning of the text beside {@code "status":"failure"}. */
  static RefusalReason ofFailure(String message) {
    return switch (folded(message)) {
      case "VALIDATION UNSUCCESSFUL" -> CODE_WRONG;
      case "OTP EXPIRED" -> CODE_EXPIRED;
      case "USER BLOCKED" -> BLOCKED;
      default -> OTHER;
    };
  }

  /** Whether this is the text of a code that was right; one dialect has a blank in it. */
  static boolean isValidated(String message) {
    return folded(message).equals("VALIDATION SUCCESSFUL");
  }

  private static String folded(String text) {
    return text.replace('_', ' ').strip().toUpperCase(Locale.ROOT);
  }
}

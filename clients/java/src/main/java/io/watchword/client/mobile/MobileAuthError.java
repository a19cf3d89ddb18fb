package io.watchword.client.mobile;

import java.util.Optional;

/**
 * Why something failed (contract mobile 2.5). Code and reason are what programs may rely on; the
 * description is for developers. Nothing here contains a code, a key, a token or a number.
 *
 * @param reason what the code leaves open, for example {@code expired} with 10013
 * @param retryable whether the same call may succeed later
 */
public record MobileAuthError(
    int code, String description, Optional<String> reason, boolean retryable) {

  /** The library itself failed. */
  public static final int INTERNAL = 8000;

  /** This device does not know the profile. */
  public static final int PROFILE_NOT_REGISTERED = 8003;

  /** Nobody is logged in to the app. */
  public static final int NO_USER_AUTHENTICATED = 8005;

  /** The request never left the device. */
  public static final int NO_NETWORK = 9000;

  /** The server did not answer, or with a fault of its own. */
  public static final int SERVER_NOT_REACHABLE = 9001;

  /** The server does not know the device any more; its keys were deleted here. */
  public static final int DEVICE_DEREGISTERED = 9002;

  /** The server does not know the person any more; their key was deleted here. */
  public static final int USER_DEREGISTERED = 9003;

  /** The server refuses this version of the app. */
  public static final int APP_OUTDATED = 9004;

  /** The server refuses this version of the operating system. */
  public static final int OS_OUTDATED = 9005;

  /** The person denied. */
  public static final int ACTION_CANCELLED = 9006;

  /** Another code, or an enrollment, is not finished. */
  public static final int ALREADY_IN_PROGRESS = 9007;

  /** The access token is missing, over or revoked. */
  public static final int USER_NOT_AUTHENTICATED = 9010;

  /** The device is enrolled, and the server does not replace keys. */
  public static final int DEVICE_ALREADY_ENROLLED = 9016;

  /** The server takes no enrollments. */
  public static final int ENROLLMENT_NOT_AVAILABLE = 9017;

  /** The person has as many devices as allowed. */
  public static final int USER_ALREADY_ENROLLED = 9018;

  /** The key was revoked; it was deleted here. */
  public static final int USER_DISENROLLED = 9020;

  /** There is no key, here or on the server. */
  public static final int NOT_ENROLLED = 9021;

  /** Another device, or an earlier call, has dealt with it. */
  public static final int ALREADY_HANDLED = 9029;

  /** A temporary user cannot enroll. */
  public static final int STATELESS_USER = 9033;

  /** Something else, and too many calls with the reason {@code rate_limited}. */
  public static final int GENERAL = 10_000;

  /** Address of the server, its keys or the app's id do not fit. */
  public static final int CONFIGURATION = 10_001;

  /** There is no such request, or not any more; the reason tells. */
  public static final int REQUEST_NOT_FOUND = 10_013;

  /** The server rejected the answer; the reason tells. */
  public static final int INVALID_REQUEST = 10_015;

  /** What was scanned is no code of ours. */
  public static final int NOT_HANDLEABLE = 10_018;

  /** The server does not take the app for genuine. */
  public static final int APP_INTEGRITY = 10_024;

  static MobileAuthError lasting(int code, String description) {
    return new MobileAuthError(code, description, Optional.empty(), false);
  }

  static MobileAuthError lasting(int code, String description, String reason) {
    return new MobileAuthError(code, description, Optional.of(reason), false);
  }

  static MobileAuthError retryable(int code, String description) {
    return new MobileAuthError(code, description, Optional.empty(), true);
  }

  static MobileAuthError retryable(int code, String description, String reason) {
    return new MobileAuthError(code, description, Optional.of(reason), true);
  }

  static MobileAuthError expired() {
    return lasting(REQUEST_NOT_FOUND, "the time for the answer is over", "expired");
  }

  static MobileAuthError unreadable() {
    return lasting(GENERAL, "the server's reply is not of the format", "unreadable_reply");
  }

  static MobileAuthError internal(String description) {
    return lasting(INTERNAL, description);
  }

  MobileAuthException exception() {
    return new MobileAuthException(this);
  }

  @Override
  public String toString() {
    return code + " " + description + reason.map(text -> " (" + text + ")").orElse("");
  }
}

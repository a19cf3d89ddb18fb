package io.watchword.client.mobile;

import static io.watchword.client.mobile.MobileAuthError.lasting;
import static io.watchword.client.mobile.MobileAuthError.retryable;

import io.watchword.client.http.Unanswered;

/** What the server's errors are for the app (contract mobile 2.5, 3.6, 3.7, amendment 9). */
final class Refusals {

  private Refusals() {}

  static MobileAuthError nobodyLoggedIn() {
    return lasting(MobileAuthError.NO_USER_AUTHENTICATED, "nobody is logged in to the app");
  }

  static MobileAuthError badToken() {
    return lasting(
        MobileAuthError.USER_NOT_AUTHENTICATED, "the access token is not good", "invalid_token");
  }

  static MobileAuthError notEnrolled() {
    return lasting(MobileAuthError.NOT_ENROLLED, "the person is not enrolled on this device");
  }

  static MobileAuthError inProgress() {
    return lasting(
        MobileAuthError.ALREADY_IN_PROGRESS, "another code, or an enrollment, is not finished");
  }

  static MobileAuthError notHandleable() {
    return lasting(MobileAuthError.NOT_HANDLEABLE, "this is no code of the server");
  }

  static MobileAuthError denied() {
    return lasting(MobileAuthError.ACTION_CANCELLED, "the person denied");
  }

  static MobileAuthError misconfigured(String description, String reason) {
    return lasting(MobileAuthError.CONFIGURATION, description, reason);
  }

  static MobileAuthError serverFault() {
    return retryable(
        MobileAuthError.SERVER_NOT_REACHABLE, "the server has a fault", "server_fault");
  }

  static MobileAuthError unanswered(Unanswered why) {
    return why.isNeverSent()
        ? retryable(MobileAuthError.NO_NETWORK, "there is no connection to the server")
        : retryable(MobileAuthError.SERVER_NOT_REACHABLE, "the server did not answer");
  }

  /** Of a reply that is no success. */
  static MobileAuthError read(Reply reply) {
    return switch (reply.status()) {
      case 401 -> login(reply.error());
      case 426 -> outdated(reply.error());
      case 429 ->
          retryable(MobileAuthError.GENERAL, "there were too many requests", "rate_limited");
      default -> ofError(reply);
    };
  }

  /** Of a reply to an enrollment, whose members come from the configuration. */
  static MobileAuthError ofEnrollment(Reply reply) {
    MobileAuthError error = read(reply);
    return error.code() == MobileAuthError.NOT_HANDLEABLE
        ? misconfigured("the server does not know app, device or profile so", "malformed")
        : error;
  }

  private static MobileAuthError outdated(String error) {
    return error.equals("os_outdated")
        ? lasting(MobileAuthError.OS_OUTDATED, "the server refuses this version of the system")
        : lasting(MobileAuthError.APP_OUTDATED, "the server refuses this version of the app");
  }

  private static MobileAuthError ofError(Reply reply) {
    String error = reply.error();
    return switch (error) {
      case "invalid_token", "login_required" -> login(error);
      case "revoked" -> lasting(MobileAuthError.USER_DISENROLLED, "the device's key was revoked");
      case "not_enrolled" -> notEnrolled();
      case "device_unknown" ->
          lasting(
              MobileAuthError.DEVICE_DEREGISTERED, "the server does not know the device any more");
      case "user_unknown" ->
          lasting(
              MobileAuthError.USER_DEREGISTERED, "the server does not know the person any more");
      case "not_found", "cancelled", "wrong_channel", "proximity_rejected" ->
          lasting(MobileAuthError.REQUEST_NOT_FOUND, "there is no such request", error);
      case "expired_token" -> MobileAuthError.expired();
      case "frame_expired" ->
          retryable(
              MobileAuthError.REQUEST_NOT_FOUND, "the scanned code was replaced meanwhile", error);
      case "already_claimed", "already_decided" ->
          lasting(MobileAuthError.ALREADY_HANDLED, "the request was dealt with already", error);
      case "wrong_number", "invalid_answer", "invalid_enrollment" ->
          lasting(MobileAuthError.INVALID_REQUEST, "the server rejected the answer", error);
      case "malformed" -> notHandleable();
      case "already_enrolled" ->
          lasting(MobileAuthError.DEVICE_ALREADY_ENROLLED, "the device is enrolled already");
      case "enrollment_disabled" ->
          lasting(MobileAuthError.ENROLLMENT_NOT_AVAILABLE, "the server takes no enrollments");
      case "device_limit" ->
          lasting(
              MobileAuthError.USER_ALREADY_ENROLLED, "the person has as many devices as allowed");
      case "stateless_user" ->
          lasting(MobileAuthError.STATELESS_USER, "a temporary user cannot enroll");
      case "attestation_refused" ->
          lasting(MobileAuthError.APP_INTEGRITY, "the server does not take the app for genuine");
      default -> other(reply);
    };
  }

  private static MobileAuthError login(String error) {
    return error.equals("login_required")
        ? lasting(
            MobileAuthError.USER_NOT_AUTHENTICATED,
            "the person must log in to the app anew",
            "login_required")
        : badToken();
  }

  private static MobileAuthError other(Reply reply) {
    return switch (reply.status()) {
      case 404 -> misconfigured("the server does not have this address", "no_such_address");
      case 422 -> notHandleable();
      default -> lasting(MobileAuthError.GENERAL, "the server answered HTTP " + reply.status());
    };
  }
}

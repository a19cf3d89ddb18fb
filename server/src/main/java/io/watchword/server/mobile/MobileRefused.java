package io.watchword.server.mobile;

import io.helidon.http.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ends a request with an error. Without a stack trace, since it is no fault of the program. */
final class MobileRefused extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_NAME = 64;

  /**
   * Refusals of callers who are nobody in particular, or who call too often: they leave a count in
   * the audit and no record each, so that nobody can fill it (contract mobile 1.9).
   */
  private static final Set<String> COUNTED =
      Set.of(
          "too_many_waiting",
          "invalid_client",
          "insufficient_scope",
          "invalid_token",
          "login_required",
          "enrollment_disabled",
          "invalid_enrollment",
          "rate_limited",
          "not_enrolled",
          "revoked",
          "otp_auth_init_failure",
          "mobile_auth_init_failure_invalid_req",
          "invalid_grant");

  static final Status UNPROCESSABLE = Status.create(422, "Unprocessable Content");

  private final transient Status status;
  private final transient String code;
  private final transient String error;
  private final transient String description;
  private final transient Map<String, Object> more;
  private final transient String name;

  private MobileRefused(
      Status status, String code, String error, String description, Map<String, Object> more) {
    this(status, code, error, description, more, code.isEmpty() ? error : code);
  }

  private MobileRefused(
      Status status,
      String code,
      String error,
      String description,
      Map<String, Object> more,
      String name) {
    super(error, null, false, false);
    this.name = name;
    this.status = status;
    this.code = code;
    this.error = error;
    this.description = description;
    this.more = Map.copyOf(more);
  }

  /**
   * An error of the portal API (contract mobile 1.7).
   *
   * @param code such as {@code 1003}
   */
  static MobileRefused portal(Status status, String code, String error, String description) {
    return new MobileRefused(status, code, error, description, Map.of());
  }

  /** A parameter that is wrong, missing or forbidden. */
  static MobileRefused parameter(String name) {
    return portal(
        Status.BAD_REQUEST_400,
        "1003",
        "invalid_request",
        "parameter " + cut(name) + " is wrong, missing or forbidden");
  }

  /** Names come from callers. */
  private static String cut(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }

  /** A transaction that is unknown, another portal's, or forgotten. */
  static MobileRefused noTransaction() {
    return portal(Status.NOT_FOUND_404, "3004", "not_found", "the transaction id is not valid");
  }

  /** An error of the device API (contract mobile 3.6 and 3.7). */
  static MobileRefused phone(Status status, String error, String description) {
    return new MobileRefused(status, "", error, description, Map.of());
  }

  /** With one more member in the body; {@code retry_after} becomes a header, too. */
  MobileRefused with(String member, Object value) {
    Map<String, Object> all = new HashMap<>(more);
    all.put(member, value);
    return new MobileRefused(status, code, error, description, all, name);
  }

  /**
   * Under a name of its own for the operator. Those of {@link #COUNTED} are counted in the audit.
   */
  MobileRefused as(String other) {
    return new MobileRefused(status, code, error, description, more, other);
  }

  /** What the operator is told. */
  String name() {
    return name;
  }

  /** What of it is counted in the audit by the minute; empty: nothing. */
  Optional<String> counted() {
    return COUNTED.contains(name)
        ? Optional.of(name)
        : Optional.of(error).filter(COUNTED::contains);
  }

  Status status() {
    return status;
  }

  String code() {
    return code;
  }

  String error() {
    return error;
  }

  String description() {
    return description;
  }

  Map<String, Object> more() {
    return more;
  }
}

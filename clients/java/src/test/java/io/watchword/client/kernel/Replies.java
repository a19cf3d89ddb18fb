package io.watchword.client.kernel;

/** Replies of both dialects, word for word (contract kernel 1.2). */
final class Replies {

  private Replies() {}

  /** The documentation's form: what there is not is left out. */
  static String documented(String response) {
    return "{\"id\":\"mosip.authentication.sendotp\",\"ver\":\"1.0\","
        + "\"responsetime\":\"2007-12-03T10:15:30Z\",\"response\":"
        + response
        + "}";
  }

  /** The deployed services' form: what there is not is {@code null}. */
  static String deployed(String response) {
    return "{\"id\":\"\",\"version\":\"1.0\",\"responsetime\":\"2026-11-22T01:04:17.579Z\","
        + "\"metadata\":null,\"response\":"
        + response
        + ",\"errors\":null}";
  }

  /** With an empty list of errors, as some clients of either dialect have met. */
  static String withNoErrors(String response) {
    return "{\"id\":null,\"ver\":\"1.0\",\"version\":\"1.0\",\"response\":"
        + response
        + ",\"errors\":[]}";
  }

  static String success(String message) {
    return documented(status("success", message));
  }

  static String status(String status, String message) {
    return "{\"status\":\"%s\",\"message\":\"%s\"}".formatted(status, message);
  }

  static String documentedError(String code, String message) {
    return "{\"id\":\"mosip.authentication.sendotp\",\"ver\":\"1.0\","
        + "\"responsetime\":\"2007-12-03T10:15:30Z\",\"errors\":["
        + error(code, message)
        + "]}";
  }

  static String deployedError(String code, String message) {
    return "{\"id\":\"\",\"version\":\"\",\"responsetime\":\"2026-11-22T01:04:17.579Z\","
        + "\"metadata\":null,\"response\":null,\"errors\":["
        + error(code, message)
        + "]}";
  }

  private static String error(String code, String message) {
    return "{\"errorCode\":\"%s\",\"message\":\"%s\"}".formatted(code, message);
  }
}

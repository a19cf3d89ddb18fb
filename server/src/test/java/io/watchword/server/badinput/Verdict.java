package io.watchword.server.badinput;

import io.watchword.server.RelyingParty.Reply;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Judges whether an answer is one that the contract knows, member by member. */
final class Verdict {

  /** What a stack trace or a class name of ours or of a library looks like. */
  private static final Pattern INTERNALS =
      Pattern.compile("Exception|java\\.|io\\.(watchword|helidon)|tools\\.jackson|\\.java:[0-9]");

  /** The web server's own, without a body: what is no request, and heads that are too long. */
  private static final Set<Integer> HOST = Set.of(400, 404, 414, 431);

  private static final List<String> NOT_PROCESSED = List.of("IDA-MLC-007");

  private static final List<String> OTP =
      List.of("id", "version", "transactionID", "responseTime", "errors", "response");
  private static final List<String> DECISION =
      List.of("transactionID", "version", "id", "errors", "responseTime", "response");

  private final Reply reply;
  private final List<String> faults = new ArrayList<>();

  private Verdict(Reply reply) {
    this.reply = reply;
  }

  /** What is wrong with the answer to a request of this method; empty: nothing. */
  static Optional<String> on(String method, Reply reply) {
    var verdict = new Verdict(reply);
    try {
      if (method.equals("HEAD")) {
        // RFC 9110 section 9.3.2: the head of an answer, and no body ever.
        verdict.require(reply.body().length == 0, "the answer to HEAD has a body");
        verdict.require(reply.status() == 200 || isOfTheHost(reply), "status");
      } else {
        verdict.judge();
      }
    } catch (AssertionError | RuntimeException e) {
      verdict.faults.add("cannot be read: " + e);
    }
    return verdict.faults.isEmpty()
        ? Optional.empty()
        : Optional.of(verdict.faults + " in HTTP " + reply.status() + " " + verdict.text());
  }

  /** Whether the web server answered by itself. */
  static boolean isOfTheHost(Reply reply) {
    return HOST.contains(reply.status());
  }

  private String text() {
    String text = new String(reply.body(), StandardCharsets.UTF_8);
    return text.length() <= 600 ? text : text.substring(0, 600) + "…";
  }

  private void require(boolean condition, String otherwise) {
    if (!condition) {
      faults.add(otherwise);
    }
  }

  private void judge() {
    require(!INTERNALS.matcher(text()).find(), "internals");
    require(!INTERNALS.matcher(reply.headers().toString()).find(), "internals in the headers");
    if (isOfTheHost(reply)) {
      require(reply.body().length == 0, "the host's answer has a body");
      return;
    }
    require(reply.status() == 200 || reply.status() == 413, "status");
    require(reply.isSigned(), "not signed");
    require(
        reply.headers().getOrDefault("content-type", List.of()).equals(List.of("application/json")),
        "content type " + reply.headers().get("content-type"));
    envelope(reply.json());
  }

  private void envelope(ObjectNode json) {
    JsonNode response = json.get("response");
    boolean otp = response == null || response.isNull() || response.has("maskedEmail");
    require(List.copyOf(json.propertyNames()).equals(otp ? OTP : DECISION), "members");
    require(isTime(json.path("responseTime").asString("")), "responseTime");
    List<String> codes = reply.codes();
    if (json.path("errors").isNull()) {
      require(reply.status() == 200, "success with status " + reply.status());
    } else {
      require(!codes.isEmpty(), "neither errors nor null");
      errors(json.path("errors"), codes);
    }
    require(reply.status() == 200 || codes.equals(NOT_PROCESSED), "413 with " + codes);
    boolean mismatch = !codes.isEmpty() && Catalogue.MISMATCHES.containsAll(codes);
    names(json, codes, mismatch);
    String operation = operation(json);
    switch (operation) {
      case "otp" ->
          require(codes.isEmpty() == (response != null && !response.isNull()), "response");
      case "auth" -> decided(response, "authStatus", codes, mismatch, 2);
      default -> decided(response, "kycStatus", codes, mismatch, 5);
    }
  }

  private static String operation(ObjectNode json) {
    JsonNode response = json.path("response");
    return response.has("authStatus") ? "auth" : response.has("kycStatus") ? "kyc" : "otp";
  }

  /** Contract ida 5.5: who is called by name. */
  private void names(ObjectNode json, List<String> codes, boolean mismatch) {
    String operation = operation(json);
    boolean nameless =
        codes.equals(NOT_PROCESSED)
            || codes.contains("IDA-MLC-023")
            || (operation.equals("kyc") && !codes.isEmpty() && !mismatch);
    JsonNode id = json.path("id");
    JsonNode version = json.path("version");
    JsonNode transaction = json.path("transactionID");
    if (nameless) {
      require(id.isNull() && version.isNull() && transaction.isNull(), "names");
    } else {
      require(id.asString("").equals("mosip.identity." + operation), "id");
      require(version.asString("").equals("1.0"), "version");
      require(transaction.isNull() || transaction.isString(), "transactionID");
    }
  }

  private void decided(
      JsonNode response, String status, List<String> codes, boolean mismatch, int members) {
    require(response.size() == members, "members of response");
    require(response.path(status).isBoolean(), status);
    require(response.path(status).asBoolean() == codes.isEmpty(), status);
    boolean token = response.path("authToken").asString("").matches("[0-9]{36}");
    require(token == (codes.isEmpty() || mismatch), "authToken");
    if (!token) {
      require(response.path("authToken").isNull(), "authToken");
    }
    for (String member : List.of("identity", "sessionKey", "thumbprint")) {
      require(
          response.path(member).isMissingNode()
              || response.path(member).isNull() != codes.isEmpty(),
          member);
    }
  }

  private void errors(JsonNode errors, List<String> codes) {
    boolean filter = codes.getFirst().equals("IDA-MLC-007");
    if (filter) {
      require(
          codes.size() == 1 || (codes.size() == 2 && Catalogue.FILTERS.contains(codes.getLast())),
          "the pair " + codes);
    } else {
      require(!codes.contains("IDA-MLC-007"), "the general error among others");
    }
    for (JsonNode error : errors) {
      String code = error.path("errorCode").asString("");
      boolean action = error.has("actionMessage");
      require(Catalogue.has(code, error.path("errorMessage").asString("")), "text of " + code);
      require(error.size() == (action ? 3 : 2), "members of " + code);
      require(!action || (!filter && Catalogue.mayHaveAction(code)), "an action beside " + code);
      require(
          action
              ? !error.path("actionMessage").asString("").isEmpty()
              : !Catalogue.MISMATCHES.contains(code),
          "no action beside " + code);
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return text.length() >= 24;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}

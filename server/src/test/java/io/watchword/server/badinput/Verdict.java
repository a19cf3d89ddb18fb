package io.watchword.server.badinput;

import io.watchword.server.RelyingParty.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Judges whether an answer is one that the contract knows. */
final class Verdict {

  /** What a stack trace or a class name of ours or of a library looks like. */
  private static final Pattern INTERNALS =
      Pattern.compile("Exception|java\\.|io\\.(watchword|helidon)|tools\\.jackson|\\.java:[0-9]");

  private Verdict() {}

  /** What is wrong with it; empty: nothing. */
  static Optional<String> on(Reply reply) {
    if (reply.status() != 200 && reply.status() != 413) {
      return Optional.of(
          "HTTP " + reply.status() + " " + new String(reply.body(), StandardCharsets.UTF_8));
    }
    ObjectNode json;
    try {
      json = reply.json();
    } catch (AssertionError e) {
      return Optional.of("no JSON object");
    }
    for (String member : new String[] {"id", "version", "transactionID", "responseTime"}) {
      if (!json.has(member)) {
        return Optional.of("no member " + member);
      }
    }
    if (!json.has("errors") || !json.has("response")) {
      return Optional.of("neither errors nor response");
    }
    if (!json.get("errors").isNull()) {
      if (reply.codes().isEmpty() || !KnownCodes.ALL.containsAll(reply.codes())) {
        return Optional.of("codes " + reply.codes());
      }
      for (var error : json.get("errors")) {
        if (INTERNALS.matcher(error.get("errorMessage").stringValue()).find()) {
          return Optional.of("internals in " + error);
        }
      }
    } else if (!json.get("response").isObject()) {
      return Optional.of("success without response");
    }
    if (reply.status() == 413 && !reply.codes().equals(java.util.List.of("IDA-MLC-007"))) {
      return Optional.of("413 with " + reply.codes());
    }
    return reply.isSigned()
        ? Optional.empty()
        : Optional.of("not signed: " + new String(reply.body(), StandardCharsets.UTF_8));
  }
}

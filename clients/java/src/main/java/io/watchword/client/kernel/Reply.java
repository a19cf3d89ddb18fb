package io.watchword.client.kernel;

import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import io.watchword.wire.ida.Json;
import io.watchword.wire.kernel.KernelError;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A success in either dialect: the member {@code response} and the headers. Whoever has one knows
 * that the reply was of the format, with status 200 and without errors.
 */
record Reply(ObjectNode response, HttpHeaders headers) {

  private static final int MOST_ERRORS = 32;

  /**
   * Reads a reply. Members beside {@code response} and {@code errors} are not looked at, so it is
   * all the same whether the version is {@code ver} or {@code version}.
   */
  static Reply read(Call call, HttpResponse<byte[]> reply) throws KernelException {
    int status = reply.statusCode();
    Optional<ObjectNode> envelope = Json.readObject(reply.body());
    List<KernelError> errors = envelope.isPresent() ? errors(envelope.get()) : List.of();
    if (!errors.isEmpty()) {
      throw new Refusal(Vocabulary.of(call, status, errors.get(0)), status, errors);
    }
    if (status == 401 || status == 403) {
      throw new Refusal(Vocabulary.ofStatus(status), status, List.of());
    }
    if (status != 200) {
      throw new TransportFailure("the server answered HTTP " + status);
    }
    if (envelope.isPresent() && envelope.get().get("response") instanceof ObjectNode response) {
      return new Reply(response, reply.headers());
    }
    throw unreadable();
  }

  /** {@code errors} may be absent, {@code null} or empty. */
  private static List<KernelError> errors(ObjectNode envelope) throws TransportFailure {
    JsonNode entries = envelope.get("errors");
    if (entries == null || entries.isNull()) {
      return List.of();
    }
    if (!entries.isArray() || entries.size() > MOST_ERRORS) {
      throw unreadable();
    }
    List<KernelError> errors = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (!entry.isObject()) {
        throw unreadable();
      }
      errors.add(new KernelError(scalar(entry, "errorCode"), scalar(entry, "message")));
    }
    return errors;
  }

  /** A text of the response; empty if it is not there. */
  String text(String member) {
    return scalar(response, member);
  }

  private static String scalar(JsonNode object, String member) {
    JsonNode value = object.get(member);
    if (value == null) {
      return "";
    }
    return value.isString() || value.isNumber() ? value.asString() : "";
  }

  /**
   * Goes on if the response says success.
   *
   * @throws Refusal if it says failure
   */
  Reply requireSuccess() throws KernelException {
    return switch (text("status").toLowerCase(Locale.ROOT)) {
      case "success" -> this;
      case "failure", "failed" ->
          throw new Refusal(Vocabulary.ofFailure(text("message")), 200, List.of());
      default -> throw unreadable();
    };
  }

  static TransportFailure unreadable() {
    return new TransportFailure("the reply is not of the format of this service");
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Reply";
  }
}

package io.watchword.client.mobile.portal;

import io.watchword.client.mobile.portal.PortalException.Refusal;
import io.watchword.client.mobile.portal.PortalException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A success of the portal API: the object in it. */
record Reply(int status, ObjectNode body) {

  private static final int LONGEST_PAUSE = 3_600;

  /** Reads a reply, whose errors are two envelopes at once (contract mobile 1.7). */
  static Reply read(HttpResponse<byte[]> reply) throws PortalException {
    int status = reply.statusCode();
    Optional<ObjectNode> body = Json.readObject(reply.body());
    if (status == 200 || status == 202) {
      return new Reply(status, body.orElseThrow(Reply::unreadable));
    }
    if (status < 400 || status > 499) {
      throw new TransportFailure("the server answered HTTP " + status);
    }
    JsonNode error = body.isPresent() ? body.get() : Json.mapper().createObjectNode();
    throw new Refusal(
        status,
        text(error, "error").orElse(""),
        text(error, "error_code").orElse(""),
        retryAfter(reply));
  }

  private static @Nullable Duration retryAfter(HttpResponse<byte[]> reply) {
    return reply
        .headers()
        .firstValue("Retry-After")
        .filter(text -> text.matches("[0-9]{1,6}"))
        .map(text -> Duration.ofSeconds(Math.min(Integer.parseInt(text), LONGEST_PAUSE)))
        .orElse(null);
  }

  static TransportFailure unreadable() {
    return new TransportFailure("the reply is not of the format of this service");
  }

  static Optional<String> text(JsonNode object, String member) {
    return Optional.ofNullable(object.get(member))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  Optional<String> text(String member) {
    return text(body, member);
  }

  String required(String member) throws TransportFailure {
    return text(member).orElseThrow(Reply::unreadable);
  }

  int number(String member, int otherwise) {
    JsonNode value = body.get(member);
    return value != null && value.isInt() ? value.intValue() : otherwise;
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}

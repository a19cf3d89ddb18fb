package io.watchword.client.mobile;

import io.watchword.wire.ida.Json;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A reply of the device API; without members if its body is no JSON object. */
record Reply(int status, ObjectNode body) {

  static Reply of(HttpResponse<byte[]> reply) {
    return new Reply(
        reply.statusCode(),
        Json.readObject(reply.body()).orElseGet(() -> Json.mapper().createObjectNode()));
  }

  /** Member {@code error}; empty if there is none. */
  String error() {
    return text("error").orElse("");
  }

  Optional<String> text(String member) {
    return text(body, member);
  }

  static Optional<String> text(JsonNode object, String member) {
    return Optional.ofNullable(object.get(member))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  OptionalInt number(String member) {
    JsonNode value = body.get(member);
    return value != null && value.isInt() ? OptionalInt.of(value.intValue()) : OptionalInt.empty();
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}

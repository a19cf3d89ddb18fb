package io.watchword.server.identityv1;

import io.helidon.http.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of a request's JSON. A member that is {@code null} counts as absent. What has the wrong
 * shape ends the request (contract identity-v1 1.1).
 *
 * @param json {@code null}: absent
 */
record Node(@Nullable JsonNode json) {

  static final Node ABSENT = new Node(null);

  boolean present() {
    return json != null;
  }

  /** A member, or nothing. */
  Node get(String name) {
    JsonNode member = json == null ? null : json.get(name);
    return member == null || member.isNull() ? ABSENT : new Node(member);
  }

  /** A member that is an object, or nothing. */
  Node object(String name) throws Refused {
    Node member = get(name);
    if (member.json != null && !member.json.isObject()) {
      throw Refused.unreadable(Status.BAD_REQUEST_400);
    }
    return member;
  }

  /** A member that is an array, or nothing. */
  Node array(String name) throws Refused {
    Node member = get(name);
    if (member.json != null && !member.json.isArray()) {
      throw Refused.unreadable(Status.BAD_REQUEST_400);
    }
    return member;
  }

  /** A member that is true or false; absent is false. */
  boolean flag(String name) throws Refused {
    Node member = get(name);
    if (member.json != null && !member.json.isBoolean()) {
      throw Refused.unreadable(Status.BAD_REQUEST_400);
    }
    return member.json != null && member.json.booleanValue();
  }

  /** A member's text, also of a number; empty if it is neither, {@code null} if it is absent. */
  @Nullable String text(String name) {
    JsonNode member = get(name).json;
    if (member == null) {
      return null;
    }
    return member.isString() ? member.stringValue() : member.isNumber() ? member.asString() : "";
  }

  /** A member's text without what is blank. */
  Optional<String> filled(String name) {
    return Optional.ofNullable(text(name)).filter(text -> !text.isBlank());
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Node";
  }
}

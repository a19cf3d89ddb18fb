package io.watchword.server.mobile;

import io.watchword.wire.protection.Base64Url;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Members of a JSON body that an app sends; what is not as it must be is refused. */
record Body(JsonNode node) {

  /** What can stand in a text that is signed. */
  private static final Pattern SIGNABLE = Pattern.compile("[!-~]{1,128}");

  private static final int LONGEST = 4_096;

  /** A text that can be signed. */
  String signable(String name) throws MobileRefused {
    return text(name)
        .filter(value -> SIGNABLE.matcher(value).matches())
        .orElseThrow(Body::malformed);
  }

  /** Any text of up to so many characters, without control characters. */
  String plain(String name, int longest) throws MobileRefused {
    return text(name)
        .filter(value -> value.length() <= longest && !value.isBlank())
        .filter(value -> value.chars().noneMatch(Character::isISOControl))
        .orElseThrow(Body::malformed);
  }

  /** The text, if it is one. */
  Optional<String> text(String name) throws MobileRefused {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString() || value.stringValue().length() > LONGEST) {
      throw malformed();
    }
    return Optional.of(value.stringValue());
  }

  /** Bytes in base64url. */
  byte[] bytes(String name) throws MobileRefused {
    try {
      return Base64Url.decode(text(name).orElseThrow(Body::malformed));
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** An object in it. */
  Body part(String name) throws MobileRefused {
    JsonNode part = node.path(name);
    if (!part.isObject()) {
      throw malformed();
    }
    return new Body(part);
  }

  static MobileRefused malformed() {
    return MobileRefused.phone(
        MobileRefused.UNPROCESSABLE, "malformed", "a member is missing or not as it must be");
  }

  /** Without content. */
  @Override
  public String toString() {
    return "Body";
  }
}

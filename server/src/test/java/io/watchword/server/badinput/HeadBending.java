package io.watchword.server.badinput;

import io.watchword.server.RelyingParty.Message;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Bends what stands around the body of a finished request: method, path, headers, signature. */
final class HeadBending {

  private final RandomGenerator random;

  HeadBending(RandomGenerator random) {
    this.random = random;
  }

  /** The JWS, part by part. */
  Message signature(Message message, String value) {
    String genuine = message.headers().getOrDefault("Signature", "");
    String[] parts = genuine.split("[.]", -1);
    String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    String bentHeader =
        switch (random.nextInt(9)) {
          case 0 -> header.replace("RS256", "none");
          case 1 -> header.replace("RS256", "HS256");
          case 2 -> header.replace("\"x5c\"", "\"x5u\"");
          case 3 -> header.replaceAll("\\[\".*\"]", "[]");
          case 4 -> header.replaceAll("\\[\".*\"]", Matcher.quoteReplacement("[" + value + "]"));
          case 5 -> header.replaceFirst("\\{", "{\"crit\":[\"b64\"],\"b64\":false,");
          case 6 -> value;
          case 7 -> "{" + "\"a\":[".repeat(2_000);
          default ->
              new String(
                  Bending.flip(random, header.getBytes(StandardCharsets.UTF_8), 2),
                  StandardCharsets.UTF_8);
        };
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(bentHeader.getBytes(StandardCharsets.UTF_8));
    if (encoded.length() > 12_000) {
      encoded = encoded.substring(0, 12_000);
    }
    String bent =
        switch (random.nextInt(9)) {
          case 0 -> encoded + "." + parts[2];
          case 1 -> parts[0] + "..";
          case 2 -> parts[0] + ".." + parts[2].substring(0, random.nextInt(parts[2].length()));
          case 3 -> parts[0] + "." + encoded + "." + parts[2];
          case 4 -> parts[0] + "=" + ".." + parts[2] + "==";
          case 5 -> parts[0].replace('J', '+') + ".." + parts[2].replace('_', '/');
          case 6 -> parts[0] + ".." + spelt(parts[2]);
          case 7 -> ".".repeat(random.nextInt(6_000)) + genuine;
          default -> encoded + ".." + parts[2];
        };
    return message.withHeader("Signature", bent);
  }

  Message header(Message message) {
    return switch (random.nextInt(12)) {
      case 0 -> message.withHeader("Signature", null);
      case 1 -> message.withHeader("Authorization", null);
      case 2 -> message.withHeader("Authorization", "");
      case 3 -> message.withHeader("Content-Type", null);
      case 4 ->
          message.withHeader(
              "Content-Type",
              List.of(
                      "",
                      "/",
                      "a/b",
                      "text/plain",
                      ";",
                      "json",
                      "application/json; charset",
                      "application/json;charset=UTF-99",
                      "*/*",
                      "application/",
                      "application/json, text/plain")
                  .get(random.nextInt(11)));
      case 5 ->
          message.withHeader(
              "Content-Encoding", List.of("gzip", "identity", "x,;", "").get(random.nextInt(4)));
      case 6 -> message.withHeader("X-Request-Id", "{}${x}%n" + "r".repeat(2_000));
      case 7 -> message.withHeader("signature", "another"); // one more, beside the genuine one
      case 8 -> message.withHeader("X-Long", "h".repeat(random.nextInt(8_000, 40_000)));
      case 9 -> many(message);
      case 10 -> message.withHeader("Accept", "application/xml;q=0,;;, */*;q=9");
      default -> message.withHeader("traceparent", "00-" + "0".repeat(32) + "-" + "f".repeat(16));
    };
  }

  Message path(Message message) {
    String target = message.target();
    String[] segments = target.substring(1).split("/");
    int at = random.nextInt(segments.length);
    String odd =
        List.of(
                "",
                "%00",
                "%2F",
                "%2e%2e",
                ".%2e",
                ".",
                "%ff%fe",
                "%C0%80",
                "%ED%A0%80",
                "%0d%0a",
                "%25",
                "+",
                "a;b=c",
                "%F0%9F%98%80",
                "z".repeat(4_000),
                "%E2%80%AE",
                "z".repeat(9_000),
                "..",
                "internal")
            .get(random.nextInt(19));
    return message.withTarget(
        switch (random.nextInt(7)) {
          case 0 -> target.replace("/" + segments[at], "");
          case 1 -> target.replace(segments[at], odd);
          case 2 -> target + "/" + odd;
          case 3 -> target + "?" + odd + "=" + odd;
          case 4 -> segments[0] + "/../../../" + odd;
          case 5 -> target.toUpperCase(Locale.ROOT);
          default -> target.replaceFirst("/", "//" + odd + "/");
        });
  }

  private static Message many(Message message) {
    Message more = message;
    for (int i = 0; i < 300; i++) {
      more = more.withHeader("X-Many-" + i, "");
    }
    return more;
  }

  /** The last character of a base64 text carries bits that mean nothing: another spelling. */
  private static String spelt(String base64) {
    char last = base64.charAt(base64.length() - 1);
    return base64.substring(0, base64.length() - 1) + (last == 'A' ? 'B' : 'A');
  }

  Message method(Message message) {
    List<String> methods =
        List.of("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "post", "BREW", "P!");
    Message other = message.withMethod(methods.get(random.nextInt(methods.size())));
    return random.nextBoolean() ? other : other.withBody(new byte[0]);
  }
}

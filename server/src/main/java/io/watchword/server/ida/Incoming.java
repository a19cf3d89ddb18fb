package io.watchword.server.ida;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param operation which endpoint
 * @param segments below the endpoint, each percent-decoded once; at least three in a well-formed
 *     request
 * @param signature the {@code Signature} header; empty: absent or empty
 * @param authorization whether there is a non-empty {@code Authorization} header
 * @param body exactly as received
 * @param id the server's id of the request
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Incoming(
    Operation operation,
    List<String> segments,
    String signature,
    boolean authorization,
    byte[] body,
    String id) {

  private static final HeaderName SIGNATURE = HeaderNames.create("Signature");

  static Incoming of(
      ServerRequest request, Operation operation, List<String> segments, byte[] body, String id) {
    ServerRequestHeaders headers = request.headers();
    return new Incoming(
        operation,
        segments,
        headers.first(SIGNATURE).orElse(""),
        headers.first(HeaderNames.AUTHORIZATION).filter(text -> !text.isEmpty()).isPresent(),
        body,
        id);
  }

  /** The last three segments are the caller's (contract ida 1.1). */
  String licence() {
    return segments.get(segments.size() - 3);
  }

  String partner() {
    return segments.get(segments.size() - 2);
  }

  String apiKey() {
    return segments.getLast();
  }

  /** Splits what follows the endpoint's name; a path that no handler owns gives nothing. */
  static Optional<List<String>> segments(String rawPath) {
    var segments = new ArrayList<String>();
    for (String part : rawPath.split("/", -1)) {
      if (!part.isEmpty()) {
        Optional<String> decoded = decode(part);
        if (decoded.isEmpty()) {
          return Optional.empty();
        }
        segments.add(decoded.get());
      }
    }
    return Optional.of(segments);
  }

  /** Percent-decoding of a path segment: unlike in forms, a plus sign is a plus sign. */
  private static Optional<String> decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return Optional.of(segment);
    }
    var bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        continue;
      }
      int high = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 1), 16) : -1;
      int low = i + 2 < segment.length() ? Character.digit(segment.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Incoming[" + operation + ", " + id + "]";
  }
}

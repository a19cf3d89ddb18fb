package io.watchword.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;

/**
 * The server's id of a request: in its log lines, its audit record and the header {@code
 * X-Request-Id} of its answer.
 *
 * @param value 32 hexadecimal digits, or what a named proxy has given it
 */
public record RequestId(String value) {

  static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

  /**
   * The id of a request that {@link HttpHost} serves.
   *
   * @throws IllegalStateException if it does not
   */
  public static String of(ServerRequest request) {
    return request
        .context()
        .get(RequestId.class)
        .map(RequestId::value)
        .orElseThrow(() -> new IllegalStateException("the request has no id"));
  }
}

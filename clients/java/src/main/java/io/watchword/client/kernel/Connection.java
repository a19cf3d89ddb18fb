package io.watchword.client.kernel;

import io.watchword.client.http.Transport;
import io.watchword.client.http.Unanswered;
import io.watchword.client.kernel.KernelException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes requests in the envelope of contract kernel 1.1, with the token in its cookie. */
final class Connection {

  /** Many times what the longest reply of these services has. */
  static final int LONGEST_REPLY = 256 * 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final KernelClientConfig config;
  private final Transport transport;

  Connection(KernelClientConfig config) {
    this.config = config;
    this.transport = new Transport(config.connectTimeout(), config.requestTimeout(), LONGEST_REPLY);
  }

  /** Posts an envelope. */
  HttpResponse<byte[]> post(
      URI base, String path, Call call, Map<String, ?> request, @Nullable AccessToken token)
      throws TransportFailure {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("id", call.id());
    envelope.put("version", "1.0");
    envelope.put("requesttime", TIME.format(config.time().instant()));
    envelope.put("metadata", Map.of());
    envelope.put("request", request);
    return postJson(base, path, envelope, cookie(token));
  }

  /** Posts members without an envelope, with a token in the cookie that is for renewing. */
  HttpResponse<byte[]> postBare(URI base, String path, Map<String, ?> members, RefreshToken token)
      throws TransportFailure {
    return postJson(base, path, members, GivenToken.REFRESH_NAME + "=" + token.value());
  }

  private HttpResponse<byte[]> postJson(
      URI base, String path, Map<String, ?> body, @Nullable String cookie) throws TransportFailure {
    return send(
        request(base, path, cookie)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.write(body))));
  }

  /** Sends a request without a body. */
  HttpResponse<byte[]> call(String method, URI base, String path, AccessToken token)
      throws TransportFailure {
    return send(request(base, path, cookie(token)).method(method, BodyPublishers.noBody()));
  }

  /** A query string, each value percent-encoded: a plus sign of a phone number stays one. */
  static String query(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&", "?", ""));
  }

  /** A value as a part of a path or of a query. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static @Nullable String cookie(@Nullable AccessToken token) {
    return token == null ? null : GivenToken.NAME + "=" + token.value();
  }

  private static HttpRequest.Builder request(URI base, String path, @Nullable String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
            .header("Accept", "application/json");
    return cookie == null ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws TransportFailure {
    try {
      return transport.send(request);
    } catch (Unanswered e) {
      throw new TransportFailure(e);
    }
  }
}

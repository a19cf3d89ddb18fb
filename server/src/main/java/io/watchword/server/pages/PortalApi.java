package io.watchword.server.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.node.ObjectNode;

/** The public API of mobile authentication, as the demo's shop calls it over HTTP. */
public final class PortalApi {

  private static final String PATH = "/oauth/api/v4/authenticate/";

  private final Supplier<String> base;
  private final String credentials;
  private final HttpClient http;

  /**
   * @param base address of the server, asked when it listens
   * @param trust whom the server may be certified by
   */
  public PortalApi(Supplier<String> base, String clientId, String clientSecret, SSLContext trust) {
    this.base = base;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .sslContext(trust)
            .build();
    this.credentials =
        "Basic "
            + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(UTF_8));
  }

  /** An answer as it came. */
  record Reply(int status, ObjectNode json) {

    String text(String member) {
      return json.path(member).asString("");
    }
  }

  Reply start(Map<String, String> fields) {
    return post("user", fields);
  }

  /**
   * @param wait seconds; with a version of -1 there is no waiting
   */
  Reply result(String transaction, int wait, long version) {
    return send(
        HttpRequest.newBuilder().GET(),
        "transaction/%s?wait=%d&version=%d".formatted(transaction, wait, Math.max(0, version)));
  }

  Reply redeem(String transaction, String secret) {
    return post("transaction/" + transaction + "/redeem", Map.of("session_secret", secret));
  }

  void cancel(String transaction) {
    post("transaction/" + transaction + "/cancel", Map.of());
  }

  private Reply post(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)),
        path);
  }

  private Reply send(HttpRequest.Builder request, String path) {
    try {
      HttpResponse<byte[]> response =
          http.send(
              request
                  .uri(URI.create(base.get() + PATH + path))
                  .header("Authorization", credentials)
                  .timeout(Duration.ofSeconds(40))
                  .build(),
              BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(),
          Json.readObject(response.body()).orElseGet(() -> Json.mapper().createObjectNode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

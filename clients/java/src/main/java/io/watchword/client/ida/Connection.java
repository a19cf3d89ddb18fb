package io.watchword.client.ida;

import io.watchword.client.ida.AuthenticatorException.InvalidSignature;
import io.watchword.client.ida.AuthenticatorException.TransportFailure;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a signed body and gives back the reply, its signature checked. */
final class Connection {

  private final HttpClient http;
  private final AuthenticatorConfig config;

  Connection(AuthenticatorConfig config) {
    this.config = config;
    this.http =
        HttpClient.newBuilder()
            // An upgrade to HTTP/2 over plain HTTP would ride on a request with a body.
            .version(
                "https".equals(config.service().url().getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.service().connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @param endpoint {@code otp}, {@code auth} or {@code kyc}
   */
  <T> T exchange(String endpoint, Object body, Class<T> replyType)
      throws TransportFailure, InvalidSignature {
    byte[] bytes = Json.write(body);
    HttpRequest request =
        HttpRequest.newBuilder(address(endpoint))
            .header("Content-Type", "application/json")
            .header("Authorization", config.partner().authorization())
            .header("Signature", config.keys().signer().sign(bytes))
            .timeout(config.service().requestTimeout())
            .POST(BodyPublishers.ofByteArray(bytes))
            .build();
    HttpResponse<byte[]> response = send(request);
    if (response.statusCode() != 200) {
      throw new TransportFailure("the server answered HTTP " + response.statusCode());
    }
    config
        .keys()
        .replySignature()
        .check(response.headers().firstValue(ReplySignature.HEADER), response.body());
    return Json.read(response.body(), replyType)
        .orElseThrow(() -> new TransportFailure("the reply is not of the format of this service"));
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws TransportFailure {
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, info -> new BoundedBody(Json.MAX_TEXT));
    Duration limit = config.service().requestTimeout();
    try {
      // The request's own timeout ends with the reply's headers; this one covers the body.
      return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw failure(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new TransportFailure("interrupted while waiting for the server");
    }
  }

  private static TransportFailure failure(Throwable cause) {
    return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
        ? new TransportFailure("the server did not answer in time", cause)
        : new TransportFailure(
            "no connection, or it broke off: " + cause.getClass().getSimpleName(), cause);
  }

  private URI address(String endpoint) {
    AuthenticatorConfig.Partner partner = config.partner();
    String base = config.service().url().toString().replaceAll("/+$", "");
    return URI.create(
        String.join(
            "/",
            base,
            endpoint,
            segment(partner.licenceKey()),
            segment(partner.id()),
            segment(partner.apiKey())));
  }

  private static String segment(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

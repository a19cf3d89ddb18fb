package io.watchword.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Sends requests, each once, and waits for the whole reply. Thread-safe. */
public final class Transport {

  private final HttpClient http;
  private final Duration requestTimeout;
  private final long longestReply;

  /**
   * @param requestTimeout from the call to the last byte of the reply
   * @param longestReply in bytes
   */
  public Transport(Duration connectTimeout, Duration requestTimeout, long longestReply) {
    this(connectTimeout, requestTimeout, longestReply, null);
  }

  /**
   * @param requestTimeout from the call to the last byte of the reply
   * @param longestReply in bytes
   * @param tls whom to trust; null: whom Java trusts
   */
  public Transport(
      Duration connectTimeout,
      Duration requestTimeout,
      long longestReply,
      @Nullable SSLContext tls) {
    this.requestTimeout = requestTimeout;
    this.longestReply = longestReply;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER);
    this.http = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  /** Whether this is an address below which a service can be. */
  public static boolean isBase(URI url) {
    return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
        && url.getHost() != null
        && url.getRawUserInfo() == null
        && url.getRawQuery() == null
        && url.getRawFragment() == null;
  }

  /**
   * Sends a request and gives back the reply, whatever its status.
   *
   * @throws Unanswered if there is none; whether the server acted on the request is not known
   */
  public HttpResponse<byte[]> send(HttpRequest.Builder builder) throws Unanswered {
    HttpRequest plain = builder.timeout(requestTimeout).build();
    // An upgrade to HTTP/2 over plain HTTP would ride on a request with a body.
    HttpRequest request =
        builder
            .version(
                "https".equals(plain.uri().getScheme())
                    ? HttpClient.Version.HTTP_2
                    : HttpClient.Version.HTTP_1_1)
            .build();
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(request, info -> new BoundedBody(longestReply));
    try {
      // The request's own timeout ends with the reply's headers; this one covers the body.
      return pending.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw failure(e);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted while waiting for the server", null);
    }
  }

  private static Unanswered failure(Throwable cause) {
    return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
        ? new Unanswered("the server did not answer in time", cause)
        : new Unanswered(
            "no connection, or it broke off: " + cause.getClass().getSimpleName(), cause);
  }
}

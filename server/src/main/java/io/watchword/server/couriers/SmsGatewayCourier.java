package io.watchword.server.couriers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.TextTemplate;
import io.watchword.server.couriers.connection.Deadline;
import io.watchword.server.couriers.connection.Handover;
import io.watchword.server.couriers.connection.TrustedCertificates;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** Hands texts to one SMS gateway by HTTP. Follows no redirect, since a text may hold a code. */
public final class SmsGatewayCourier implements Courier, AutoCloseable {

  private static final int LARGEST_ANSWER = 64 * 1024;
  private static final Pattern PUNCTUATION = Pattern.compile("[ ()./-]");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{4,15}");

  private final SmsGatewaySettings settings;
  private final CourierLimits limits;
  private final TextTemplate url;
  private final Map<String, TextTemplate> headers;
  private final TextTemplate body;
  private final HttpClient client;

  /**
   * @throws IllegalArgumentException if the settings have {@link SmsGatewaySettings#problems}
   */
  public SmsGatewayCourier(SmsGatewaySettings settings, CourierLimits limits) {
    if (!settings.problems().isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", settings.problems()));
    }
    this.settings = settings;
    this.limits = limits;
    this.url = TextTemplate.of(settings.url());
    this.headers =
        settings.headers().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> TextTemplate.of(each.getValue())));
    this.body = TextTemplate.of(settings.body());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .sslContext(TrustedCertificates.context(settings.trustedCertificates()))
            .build();
  }

  @Override
  public Outcome carry(Letter letter) {
    String to = PUNCTUATION.matcher(letter.to()).replaceAll("");
    if (!NUMBER.matcher(to).matches()) {
      return new Failed(Fault.LETTER, "not a phone number");
    }
    var begun = new AtomicBoolean();
    HttpRequest request = request(to, letter.text(), begun);
    var handover = new Handover();
    try {
      // The client's own limit ends with the answer's head; this one covers its body too.
      HttpResponse<String> answer = Deadline.within(limits.total(), () -> send(request, handover));
      Optional<String> refusal = settings.answer().refusal(answer.statusCode(), answer.body());
      return refusal.isPresent()
          ? refused(answer.statusCode(), refusal.get())
          : new Taken(settings.name(), settings.answer().referenceIn(answer.body()));
    } catch (TimeoutException e) {
      return ended(handover, "no answer within " + limits.total().toMillis() + " ms");
    } catch (ExecutionException e) {
      return !begun.get()
              && (e.getCause() instanceof ConnectException
                  || e.getCause() instanceof HttpConnectTimeoutException
                  || e.getCause() instanceof SSLHandshakeException)
          ? new Failed(reason(e.getCause()))
          : ended(handover, reason(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(handover, "interrupted");
    }
  }

  private HttpResponse<String> send(HttpRequest request, Handover handover)
      throws IOException, InterruptedException, Handover.GivenUp {
    handover.make();
    return client.send(request, limitedText());
  }

  /** The answers of a proxy that lost its gateway tell nothing about the text (RFC 9110, 15.6). */
  private Outcome refused(int status, String reason) {
    return switch (status) {
      case 502, 504 -> new Unsure(settings.name(), reason);
      case 401, 402, 405, 407, 408, 429 -> new Failed(reason);
      default -> new Failed(status >= 500 ? Fault.PROVIDER : Fault.LETTER, reason);
    };
  }

  private Outcome ended(Handover handover, String reason) {
    return handover.giveUp() ? new Failed(reason) : new Unsure(settings.name(), reason);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private static HttpResponse.BodyHandler<String> limitedText() {
    return BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_ANSWER);
  }

  private HttpRequest request(String to, String text, AtomicBoolean begun) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(fill(url, to, text, SmsGatewayCourier::percent)));
    headers.forEach((name, template) ->
        request.setHeader(name, fill(template, to, text, UnaryOperator.identity())));
    if (settings.body().isEmpty()) {
      return request.method(settings.method(), new Once(BodyPublishers.noBody(), begun)).build();
    }
    String content = fill(body, to, text, encoding(settings.format()));
    return request
        .setHeader("Content-Type", settings.format().contentType())
        .method(settings.method(), new Once(BodyPublishers.ofString(content, UTF_8), begun))
        .build();
  }

  /**
   * The body of a request that is written once. The JDK's client repeats a {@code GET} by itself
   * when the connection ends without an answer, and the gateway may then have the text twice
   * without anybody knowing. It asks for the length just before it writes a request, and so is
   * stopped there.
   *
   * @param begun whether a request was written, be it in part
   */
  private record Once(HttpRequest.BodyPublisher body, AtomicBoolean begun)
      implements HttpRequest.BodyPublisher {

    @Override
    public long contentLength() {
      if (begun.getAndSet(true)) {
        throw new IllegalStateException("a text is not sent again");
      }
      return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      body.subscribe(subscriber);
    }
  }

  private static String fill(
      TextTemplate template, String to, String text, UnaryOperator<String> encoding) {
    return template.fill(variable ->
        switch (variable) {
          case SmsGatewaySettings.TO -> encoding.apply(to);
          case SmsGatewaySettings.DIGITS ->
              encoding.apply(to.startsWith("+") ? to.substring(1) : to);
          case SmsGatewaySettings.TEXT -> encoding.apply(text);
          default -> null;
        });
  }

  private static UnaryOperator<String> encoding(SmsGatewaySettings.Format format) {
    return switch (format) {
      case JSON -> value -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(value));
      case FORM -> value -> URLEncoder.encode(value, UTF_8);
      case XML -> SmsGatewayCourier::escapeXml;
      case TEXT -> UnaryOperator.identity();
    };
  }

  /** Percent-encoding that is right in a path and in a query alike, where a plus is a plus. */
  private static String percent(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  private static String escapeXml(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&apos;");
  }

  private static String reason(@Nullable Throwable thrown) {
    return switch (thrown) {
      case HttpConnectTimeoutException e -> "no connection in time";
      case ConnectException e -> "no connection";
      case SSLException e -> "TLS failed";
      case IOException e -> "connection broken or answer too large";
      case null -> "failed";
      default -> thrown.getClass().getSimpleName();
    };
  }
}

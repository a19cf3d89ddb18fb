package io.watchword.testkit.biosdk;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.watchword.wire.biosdk.BioSdkJson;
import io.watchword.wire.biosdk.BioSdkJson.Reading;
import io.watchword.wire.biosdk.ConvertRequest;
import io.watchword.wire.biosdk.ExtractRequest;
import io.watchword.wire.biosdk.InitRequest;
import io.watchword.wire.biosdk.MatchRequest;
import io.watchword.wire.biosdk.QualityRequest;
import io.watchword.wire.biosdk.RequestEnvelope;
import io.watchword.wire.biosdk.RequestRefused;
import io.watchword.wire.biosdk.SegmentRequest;
import io.watchword.wire.biosdk.ServiceReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * A biometric service on 127.0.0.1 that conforms to MOSIP's BioSDK service contract (biosdk 1 to 5)
 * until it is told otherwise, and keeps every request. It reads as strictly as the published
 * service: a client that sends base64 for bytes, numbers above 127, ISO dates or words in the
 * spelling of XML is refused, though by the contract's {@code INVALID_REQUEST_BODY}. For tests and
 * for a local counterpart of the demo.
 */
public final class BiometricService implements AutoCloseable {

  /** Where it is, below its host. */
  public static final String CONTEXT = "/biosdk-service";

  /**
   * A request as it came.
   *
   * @param headers by lower-case name, several values joined by {@code ", "}
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {

    /** The content, if it is one of the contract. */
    public <T> Optional<T> content(Class<T> type) {
      try {
        return Optional.of(
            BioSdkJson.read(body.getBytes(UTF_8), RequestEnvelope.class, Reading.STRICT)
                .orElseThrow()
                .open(type, Reading.STRICT));
      } catch (RequestRefused e) {
        return Optional.empty();
      }
    }
  }

  /** What the service does with a request. */
  public sealed interface Behaviour {}

  /** What the contract says. */
  public record Conforming() implements Behaviour {}

  /** What the contract says, after a while. */
  public record Slow(Duration pause) implements Behaviour {}

  /** Answers 200 at once, and then the body, blank by blank, until it is closed. */
  public record Trickle(Duration pause) implements Behaviour {}

  /** Answers this, whatever it was asked; a status of redirection points to itself. */
  public record Wrong(int status, String body) implements Behaviour {

    /** A reply whose member {@code response} is this. */
    public static Wrong response(String response) {
      return new Wrong(
          200,
          "{\"version\":\"1.0\",\"responsetime\":\"2026-01-02T03:04:06.001Z\",\"response\":"
              + response
              + ",\"errors\":[]}");
    }
  }

  /** Reads the request and ends the connection instead of an answer. */
  public record Gone() implements Behaviour {}

  /** Answers 200 and octets that mean nothing. */
  public record Garbage(int octets) implements Behaviour {}

  private record Operation<T>(Class<T> type, Function<T, Object> work) {

    Object apply(RequestEnvelope envelope) throws RequestRefused {
      return work.apply(envelope.open(type, Reading.STRICT));
    }
  }

  private static final Map<String, Operation<?>> OPERATIONS =
      Map.of(
          "/init", new Operation<>(InitRequest.class, _ -> EqualitySdk.INFO),
          "/match", new Operation<>(MatchRequest.class, EqualitySdk::match),
          "/check-quality", new Operation<>(QualityRequest.class, EqualitySdk::quality),
          "/extract-template", new Operation<>(ExtractRequest.class, EqualitySdk::extract),
          "/segment", new Operation<>(SegmentRequest.class, EqualitySdk::segment),
          "/convert-format", new Operation<>(ConvertRequest.class, EqualitySdk::convert));

  private static final int BACKLOG = 200;

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = new Conforming();

  private BiometricService(HttpServer server, String scheme) {
    this.server = server;
    this.scheme = scheme;
  }

  /** Starts a service at a free port. */
  public static BiometricService start() {
    return start(0);
  }

  /** Starts a service at this port. */
  public static BiometricService start(int port) {
    try {
      return started(HttpServer.create(loopback(port), BACKLOG), "http");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a service at a free port that speaks TLS. */
  public static BiometricService start(SSLContext tls) {
    try {
      HttpsServer server = HttpsServer.create(loopback(0), BACKLOG);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return started(server, "https");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static BiometricService started(HttpServer server, String scheme) {
    var service = new BiometricService(server, scheme);
    server.setExecutor(service.threads);
    server.createContext("/", service::handle);
    server.start();
    return service;
  }

  /** Base address of the endpoints. */
  public URI address() {
    return URI.create(scheme + "://127.0.0.1:" + port() + CONTEXT);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What it does from now on. */
  public void behave(Behaviour next) {
    behaviour = next;
  }

  /** All requests so far, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BioSdkJson.MAX_BODY + 1);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    String path = exchange.getRequestURI().getPath();
    requests.add(new Request(exchange.getRequestMethod(), path, headers, new String(body, UTF_8)));
    try (exchange) {
      switch (behaviour) {
        case Conforming() -> conform(exchange, path, body);
        case Slow(Duration pause) -> {
          if (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
            conform(exchange, path, body);
          }
        }
        case Trickle(Duration pause) -> trickle(exchange, pause);
        case Wrong(int status, String text) -> {
          if (status / 100 == 3) {
            exchange.getResponseHeaders().set("Location", path);
          }
          answer(exchange, status, "application/json", text.getBytes(UTF_8));
        }
        case Gone() -> {}
        case Garbage(int octets) -> {
          byte[] garbage = new byte[octets];
          new Random(octets).nextBytes(garbage);
          answer(exchange, 200, "application/json", garbage);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void conform(HttpExchange exchange, String path, byte[] body) throws IOException {
    String local = path.startsWith(CONTEXT) ? path.substring(CONTEXT.length()) : "?";
    if (exchange.getRequestMethod().equals("GET")
        && (local.isEmpty() || local.equals("/") || local.equals("/s"))) {
      String text = "Service is running... " + Date.from(Instant.now());
      answer(exchange, 200, "text/plain;charset=UTF-8", text.getBytes(UTF_8));
      return;
    }
    Operation<?> operation = OPERATIONS.get(local);
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (operation == null) {
      answer(exchange, 404, "text/plain", new byte[0]);
    } else if (!exchange.getRequestMethod().equals("POST")) {
      answer(exchange, 405, "text/plain", new byte[0]);
    } else if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      answer(exchange, 415, "text/plain", new byte[0]);
    } else if (body.length > BioSdkJson.MAX_BODY) {
      answer(exchange, 413, "text/plain", new byte[0]);
    } else {
      operate(exchange, operation, body);
    }
  }

  private static void operate(HttpExchange exchange, Operation<?> operation, byte[] body)
      throws IOException {
    Optional<RequestEnvelope> envelope =
        BioSdkJson.read(body, RequestEnvelope.class, Reading.STRICT);
    if (envelope.isEmpty()) {
      answer(exchange, 400, "text/plain", new byte[0]);
      return;
    }
    ServiceReply reply;
    try {
      reply = ServiceReply.of(Instant.now(), operation.apply(envelope.get()));
    } catch (RequestRefused e) {
      reply = ServiceReply.of(envelope.get().version(), Instant.now(), e.error());
    }
    answer(exchange, 200, "application/json", BioSdkJson.write(reply));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void trickle(HttpExchange exchange, Duration pause)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    while (!closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
    }
  }
}

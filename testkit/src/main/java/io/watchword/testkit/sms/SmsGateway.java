package io.watchword.testkit.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An SMS gateway on 127.0.0.1 that keeps every request. It answers 200 with an empty JSON object
 * until it is told otherwise. For tests and for a local counterpart of the demo.
 */
public final class SmsGateway implements AutoCloseable {

  /**
   * A request as it came.
   *
   * @param target path and query as they stood in the request line, still encoded
   * @param headers by lower-case name, several values joined by {@code ", "}
   */
  public record Request(String method, String target, Map<String, String> headers, String body) {}

  /** What the gateway does with a request. */
  public sealed interface Behaviour permits Answer, Hang, Cut, Trickle {}

  public record Answer(int status, String contentType, String body) implements Behaviour {

    public static Answer json(int status, String body) {
      return new Answer(status, "application/json", body);
    }
  }

  /** Reads the request and says nothing until the gateway is closed. */
  public record Hang() implements Behaviour {}

  /** Reads the request and ends the connection instead of an answer. */
  public record Cut() implements Behaviour {}

  /** Answers 200 at once, and then the body, blank by blank, for ever. */
  public record Trickle(Duration pause) implements Behaviour {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour = Answer.json(200, "{}");

  private SmsGateway(HttpServer server) {
    this.server = server;
  }

  /** Starts a gateway at a free port. */
  public static SmsGateway start() {
    try {
      var server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
      var gateway = new SmsGateway(server);
      server.setExecutor(gateway.threads);
      server.createContext("/", gateway::handle);
      server.start();
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a path of this gateway, for example {@code /send}. */
  public URI at(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
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
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, join(values)));
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    try (exchange) {
      switch (behaviour) {
        case Answer answer -> answer(exchange, answer);
        case Hang hang -> closed.await();
        case Cut cut -> {}
        case Trickle trickle -> trickle(exchange, trickle.pause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String join(List<String> values) {
    return String.join(", ", values);
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static void trickle(HttpExchange exchange, Duration pause)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write(' ');
      exchange.getResponseBody().flush();
      Thread.sleep(pause);
    }
  }
}

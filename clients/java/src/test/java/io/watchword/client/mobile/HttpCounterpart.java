package io.watchword.client.mobile;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A server on this machine that keeps what it got. */
public abstract class HttpCounterpart implements AutoCloseable {

  /** A request as it came. */
  public record Received(String method, String path, String query, Headers headers, String body) {

    /** Method and path. */
    public String call() {
      return method + " " + path;
    }

    /** A header; empty if it is not there. */
    public String header(String name) {
      String value = headers.getFirst(name);
      return value == null ? "" : value;
    }

    /** The body as an object. */
    public ObjectNode json() {
      return Json.readObject(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
  }

  /**
   * A reply.
   *
   * @param lost the connection ends instead
   */
  public record Reply(int status, Object body, Map<String, String> headers, boolean lost) {

    /** A status and a body, which is written as JSON unless it is a text. */
    public static Reply of(int status, Object body) {
      return new Reply(status, body, Map.of(), false);
    }

    /** An error of the device API. */
    public static Reply error(int status, String error) {
      return of(status, Map.of("error", error));
    }

    /** With a header more. */
    public Reply with(String name, String value) {
      return new Reply(status, body, Map.of(name, value), lost);
    }

    /** The same, but it never arrives. */
    public Reply asLost() {
      return new Reply(status, body, headers, true);
    }
  }

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

  protected HttpCounterpart(@Nullable SSLContext tls) {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (tls == null) {
        server = HttpServer.create(address, 0);
      } else {
        HttpsServer secure = HttpsServer.create(address, 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls == null ? "http" : "https";
    server.setExecutor(threads);
  }

  /** To be called when the rest is made. */
  protected final void start() {
    server.createContext("/", this::handle);
    server.start();
  }

  /** Writes the reply to a request. */
  protected abstract Reply answer(Received request) throws Exception;

  /** Where this is. */
  public final URI url() {
    return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Everything that came. */
  public final List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** What came to a path that ends so. */
  public final List<Received> received(String end) {
    return received().stream().filter(each -> each.path().endsWith(end)).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      Received request =
          new Received(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              exchange.getRequestHeaders(),
              body);
      received.add(request);
      Reply reply = answer(request);
      if (reply.lost()) {
        return;
      }
      byte[] bytes =
          reply.body() instanceof String text
              ? text.getBytes(StandardCharsets.UTF_8)
              : Json.write(reply.body());
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      exchange.sendResponseHeaders(499, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package io.watchword.client.kernel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/** Auth Manager and OTP Manager for the tests of this package, with the answers of each test. */
final class KernelCounterpart implements AutoCloseable {

  static final String LOGIN = "POST /v1/authmanager/authenticate/clientidsecretkey";
  static final String SEND = "POST /v1/authmanager/authenticate/sendotp";
  static final String USER_LOGIN = "POST /v1/authmanager/authenticate/useridOTP";
  static final String RENEWABLE_LOGIN = "POST /v1/authmanager/authenticate/internal/userotp";
  static final String RENEW = "POST /v1/authmanager/authorize/refreshToken";
  static final String OWNER = "GET /v1/authmanager/authorize/admin/validateToken";
  static final String OLD_OWNER = "POST /v1/authmanager/authorize/validateToken";
  static final String LOGOUT = "DELETE /v1/authmanager/logout/user";
  static final String OLD_LOGOUT = "POST /v1/authmanager/authorize/invalidateToken";
  static final String GENERATE = "POST /v1/otpmanager/otp/generate";
  static final String VALIDATE = "POST /v1/otpmanager/otp/validate";
  static final String VALIDATE_QUERY = "GET /v1/otpmanager/otp/validate";

  /** A request as it came; the body is empty if there was none. */
  record Received(String call, String query, String cookie, String authorization, String body) {

    ObjectNode envelope() {
      return Json.readObject(body.getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    ObjectNode request() {
      return (ObjectNode) envelope().get("request");
    }
  }

  /** Writes the reply to a request. */
  @FunctionalInterface
  interface Answering {
    Reply answer(Received received) throws Exception;
  }

  /** A reply, the second half of whose body comes late. */
  record Reply(int status, String body, Map<String, List<String>> headers, int stallMillis) {

    static Reply of(String body) {
      return new Reply(200, body, Map.of(), 0);
    }

    Reply withStatus(int other) {
      return new Reply(other, body, headers, stallMillis);
    }

    Reply stalling(int millis) {
      return new Reply(status, body, headers, millis);
    }

    Reply withHeaders(Map<String, List<String>> all) {
      return new Reply(status, body, all, stallMillis);
    }

    /** With a token in header and cookie, as both dialects give one. */
    Reply withToken(String token) {
      return withHeaders(
          Map.of(
              "Authorization",
              List.of(token),
              "Set-Cookie",
              List.of("Authorization=" + token + "; Max-Age=6000000; Path=/; Secure; HttpOnly")));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Answering> answers = new ConcurrentHashMap<>();

  KernelCounterpart() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/");
  }

  void answers(String call, Answering answering) {
    answers.put(call, answering);
  }

  void answers(String call, String body) {
    answers.put(call, request -> Reply.of(body));
  }

  /** Lets the application log in; each time it gets another token. */
  void logsInWithTokensOf(long lifeSeconds) {
    answers(
        LOGIN,
        request ->
            Reply.of(
                    Replies.success(
                        "Clientid and Token combination had been validated successfully"))
                .withToken(token("app-" + received(LOGIN).size(), 0, lifeSeconds)));
  }

  List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  List<Received> received(String call) {
    return received().stream().filter(request -> request.call().equals(call)).toList();
  }

  Received last() {
    List<Received> all = received();
    return all.get(all.size() - 1);
  }

  /** Text of the form of a token; nothing looks at its signature. */
  static String token(String subject, long issued, long expires) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String claims = "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}".formatted(subject, issued, expires);
    return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2lnbmF0dXJl";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      Received request =
          new Received(
              exchange.getRequestMethod() + " " + uri.getRawPath(),
              uri.getRawQuery() == null ? "" : uri.getRawQuery(),
              header(exchange, "Cookie"),
              header(exchange, "Authorization"),
              body);
      received.add(request);
      Answering answering = answers.get(request.call());
      send(
          exchange,
          answering == null
              ? Reply.of("{\"status\":404,\"error\":\"Not Found\"}").withStatus(404)
              : answering.answer(request));
    } catch (IOException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      exchange.sendResponseHeaders(599, -1);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static void send(HttpExchange exchange, Reply reply) throws Exception {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    reply
        .headers()
        .forEach((name, values) ->
            values.forEach(value -> exchange.getResponseHeaders().add(name, value)));
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      Thread.sleep(reply.stallMillis());
      out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

package io.watchword.client.ida;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.DetachedJws;
import io.watchword.wire.protection.HeaderCertificate;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import io.watchword.wire.protection.Opening;
import io.watchword.wire.protection.Opening.Opened;
import io.watchword.wire.protection.SealedRequest;
import io.watchword.wire.protection.SessionEnvelope;
import io.watchword.wire.protection.Thumbprint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ObjectNode;

/**
 * An IDA server for the tests of this package: it checks each request as contract ida 2.3 (F1 to
 * F7) says, remembers it, and gives the answer that the test has written.
 */
final class IdaCounterpart implements AutoCloseable {

  /** What a request was, once it had passed the checks. */
  record Received(String path, ObjectNode body, ObjectNode inner, String signatureHeader) {}

  /** Writes the reply to a request that has passed. */
  @FunctionalInterface
  interface Answering {
    Reply answer(Received received) throws Exception;
  }

  /** A reply; the signature is made over {@code signed}, which a test may make differ. */
  record Reply(int status, String body, String signed, TestKeys.Holder signer, int stallMillis) {

    static Reply of(String body) {
      return new Reply(200, body, body, TestKeys.SIGN, 0);
    }

    Reply signedBy(TestKeys.Holder other) {
      return new Reply(status, body, signed, other, stallMillis);
    }

    Reply unsigned() {
      return new Reply(status, body, signed, null, stallMillis);
    }

    Reply altered() {
      return new Reply(status, body + " ", signed, signer, stallMillis);
    }

    Reply withStatus(int other) {
      return new Reply(other, body, signed, signer, stallMillis);
    }

    Reply stalling(int millis) {
      return new Reply(status, body, signed, signer, millis);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
  private volatile Answering answering = request -> Reply.of("{}");

  IdaCounterpart() {
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
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/idauthentication/v1");
  }

  void answers(Answering next) {
    answering = next;
  }

  /** The requests so far. */
  List<Received> received() {
    if (!faults.isEmpty()) {
      throw new AssertionError("the counterpart found faults: " + faults);
    }
    return List.copyOf(received);
  }

  Received last() {
    List<Received> all = received();
    return all.get(all.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Received request = check(exchange, body);
      received.add(request);
      send(exchange, answering.answer(request));
    } catch (IOException e) {
      throw e;
    } catch (Exception | AssertionError e) {
      faults.add(e.toString());
      exchange.sendResponseHeaders(500, -1);
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws Exception {
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.signer() != null) {
      exchange.getResponseHeaders().add("response-signature", sign(reply.signer(), reply.signed()));
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      Thread.sleep(reply.stallMillis());
      out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
    }
  }

  private static String sign(TestKeys.Holder signer, String text) throws InvalidKeyException {
    return JwsSigner.ofServer(
            Algorithms.ofJdk(), JwsAlgorithm.RS256, signer.key(), signer.certificate(), "sign-1")
        .sign(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Received check(HttpExchange exchange, byte[] body) throws Exception {
    require("POST".equals(exchange.getRequestMethod()), "method");
    require(
        "application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
        "media type");
    require(
        "let me in".equals(exchange.getRequestHeaders().getFirst("Authorization")),
        "authorization");
    ObjectNode object = Json.readObject(body).orElseThrow();
    String signature = exchange.getRequestHeaders().getFirst("Signature");
    DetachedJws jws = DetachedJws.parse(signature, Set.of(JwsAlgorithm.RS256));
    X509Certificate certificate = HeaderCertificate.decode(jws.certificateText().orElseThrow());
    require(certificate.equals(TestKeys.PARTNER.certificate()), "certificate");
    require(jws.verify(Algorithms.ofJdk(), certificate.getPublicKey(), body), "signature");
    ObjectNode inner = Json.mapper().createObjectNode();
    if (object.has("request")) {
      inner = Json.readObject(open(object)).orElseThrow();
    }
    return new Received(exchange.getRequestURI().getRawPath(), object, inner, signature);
  }

  private static byte[] open(ObjectNode body) {
    Opening opening =
        new SessionEnvelope(Algorithms.ofJdk(), new SecureRandom())
            .open(
                new SealedRequest(
                    body.get("request").stringValue(),
                    body.get("requestHMAC").stringValue(),
                    body.get("requestSessionKey").stringValue(),
                    body.get("thumbprint").stringValue()),
                thumbprint ->
                    thumbprint.equals(Thumbprint.of(TestKeys.ENCRYPTION.certificate()))
                        ? new Answer.Found(TestKeys.ENCRYPTION.key())
                        : new Answer.Unknown());
    require(opening instanceof Opened, opening.toString());
    return ((Opened) opening).plain();
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

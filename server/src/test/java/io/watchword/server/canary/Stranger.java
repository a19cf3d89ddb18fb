package io.watchword.server.canary;

import io.watchword.server.RelyingParty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Paths that nobody owns, and bytes that are hardly HTTP, with marks and a partner's keys. */
final class Stranger {

  private final Marks marks;
  private final URI server;
  private final String base;
  private final String keys;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  /**
   * @param party whose keys have come into the wrong hands
   */
  Stranger(Marks marks, RelyingParty party) {
    this.marks = marks;
    this.server = URI.create(party.url());
    this.base = server.getPath();
    this.keys = party.licence() + "/" + party.partner() + "/" + party.apiKey();
  }

  void make() throws IOException {
    paths();
    brokenHttp();
  }

  /** All answers, but for the letters on the demo's page, which shows them by design. */
  byte[] received() {
    return Evidence.withoutLetters(received.toString(StandardCharsets.UTF_8));
  }

  private String mark(String name) {
    return marks.fresh(name);
  }

  /** Paths and methods that nobody owns. */
  private void paths() throws IOException {
    for (String path :
        List.of("/" + mark("operation") + "/" + keys, "/" + keys, "//otp//" + keys)) {
      raw("POST " + base + path + " HTTP/1.1\r\nContent-Length: 2\r\n" + end() + "{}");
    }
    for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "PATCH")) {
      raw(method + " " + base + "/otp/" + keys + " HTTP/1.1\r\n" + end());
      raw(method + " /" + mark("path") + "/" + keys + " HTTP/1.1\r\n" + end());
    }
    for (String page :
        List.of(
            "/demo/outbox?to=",
            "/demo/requests?",
            "/demo/people?",
            "/?",
            "/demo/",
            base + "/internal/getCertificate?applicationId=",
            "/health/",
            "/metrics?",
            "/health?")) {
      raw("GET " + page + mark("page") + " HTTP/1.1\r\n" + end());
    }
  }

  /** What is no HTTP, or more of it than is taken. */
  private void brokenHttp() throws IOException {
    String line = "POST " + base + "/otp/" + keys;
    for (String request :
        List.of(
            mark("method") + " " + base + "/otp/" + keys + " HTTP/1.1\r\n" + end(),
            line + "\r\n" + end(),
            line + " HTTP/9.9\r\n" + end(),
            line + "/%zz" + mark("broken escape") + " HTTP/1.1\r\n" + end(),
            line + "/\u0001" + mark("control in path") + " HTTP/1.1\r\n" + end(),
            line + "/" + mark("blank in path") + " x HTTP/1.1\r\n" + end(),
            line + " HTTP/1.1\r\nAuthorization " + mark("no colon") + "\r\n" + end(),
            line + " HTTP/1.1\r\nAuthorization: \u0001" + mark("control in value") + "\r\n" + end(),
            line + " HTTP/1.1\r\n" + mark("header name") + "\u0002: x\r\n" + end(),
            line + " HTTP/1.1\r\nContent-Length: " + mark("length") + "\r\n" + end(),
            line + " HTTP/1.1\r\nTransfer-Encoding: " + mark("transfer") + "\r\n" + end(),
            line
                + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"
                + end()
                + mark("both lengths"),
            line
                + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n"
                + end()
                + "5\r\n"
                + mark("wrong chunk")
                + "\r\n0\r\n\r\n",
            line + " HTTP/1.1\r\nExpect: " + mark("expect") + "\r\n" + end(),
            line + " HTTP/1.1\r\nContent-Encoding: " + mark("coding") + "\r\n" + end(),
            line
                + " HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: "
                + mark("settings")
                + "\r\n"
                + end(),
            line
                + " HTTP/1.1\r\nAuthorization: "
                + mark("large header").repeat(2_000)
                + "\r\n"
                + end(),
            "POST " + base + "/otp/" + mark("long line").repeat(1_000) + " HTTP/1.1\r\n" + end(),
            line + " HTTP/1.1\r\nHost: " + mark("host") + "\r\n" + end(),
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + mark("preface"),
            "POST http://" + mark("absolute") + base + "/otp/" + keys + " HTTP/1.1\r\n" + end())) {
      raw(request);
    }
  }

  private static String end() {
    return "Connection: close\r\n\r\n";
  }

  /** Sends bytes and takes whatever comes. */
  private void raw(String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      socket.getInputStream().transferTo(received);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // The server has hung up.
    }
  }
}

package io.watchword.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One connection to the server that stays open, for one thread: HTTP/1.1 (RFC 9112) as far as the
 * server's own answers need it. A client library would take more of the machine than it leaves to
 * the server that is measured.
 */
final class HttpConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;
  private static final int LONGEST_LINE = 24 * 1024;

  private final Socket socket;
  private final InputStream in;

  /**
   * @param url such as {@code http://127.0.0.1:8080}
   */
  HttpConnection(String url) throws IOException {
    URI address = URI.create(url);
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(
        new InetSocketAddress(InetAddress.getByName(address.getHost()), address.getPort()),
        PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param requestId the server's id of the request
   * @param signed whether it carries a {@code response-signature}
   * @param authorization the token that it hands out; empty: none
   */
  record Answer(int status, String requestId, boolean signed, String authorization, String body) {

    /** Whether it grants what was asked: HTTP 200, no errors, signed (contract ida 5). */
    boolean granted() {
      return status == 200 && signed && body.contains("\"errors\":null");
    }
  }

  /**
   * Sends a complete message and waits for its answer.
   *
   * @throws IOException if the connection ends before the whole answer is there
   */
  Answer exchange(byte[] message) throws IOException {
    socket.getOutputStream().write(message);
    String statusLine = line();
    int status = Integer.parseInt(statusLine.substring(9, 12));
    int length = 0;
    String requestId = "";
    boolean signed = false;
    String authorization = "";
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      String value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "x-request-id" -> requestId = value;
        case "authorization" -> authorization = value;
        case "response-signature" -> signed = !value.isEmpty();
        default -> {}
      }
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the answer was cut off");
    }
    return new Answer(
        status, requestId, signed, authorization, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    var line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 || line.length() > LONGEST_LINE) {
        throw new EOFException("the answer was cut off");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package io.watchword.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that keeps no rule of HTTP. For the tests of this package. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
    return this;
  }

  /** What comes until the server closes or resets the connection. */
  String readAll() {
    var text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[64 * 1024];
      int read;
      while ((read = in.read(chunk)) >= 0) {
        text.append(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      text.append("|").append(e.getClass().getSimpleName());
    }
    return text.toString();
  }

  /** The status line, or whatever came instead. */
  String readStatus() {
    var text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      int b;
      while ((b = in.read()) >= 0 && b != '\r') {
        text.append((char) b);
      }
    } catch (IOException e) {
      text.append("|").append(e.getClass().getSimpleName());
    }
    return text.toString();
  }

  void shrinkReceiveBuffer() throws IOException {
    socket.setReceiveBufferSize(1024);
  }

  /** Whether the server has closed or reset the connection by now. */
  boolean closedWithin(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

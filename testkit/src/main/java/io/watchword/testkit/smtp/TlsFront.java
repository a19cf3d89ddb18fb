package io.watchword.testkit.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Ends TLS, from the first byte or after STARTTLS, in front of a plain SMTP server. */
final class TlsFront implements AutoCloseable {

  private final ServerSocket listener;
  private final int backendPort;
  private final boolean startTls;
  private final ServerIdentity identity = ServerIdentity.generate();
  private final SSLContext context = identity.context();

  private TlsFront(ServerSocket listener, int backendPort, boolean startTls) {
    this.listener = listener;
    this.backendPort = backendPort;
    this.startTls = startTls;
  }

  static TlsFront start(int backendPort, boolean startTls) throws IOException {
    var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var front = new TlsFront(listener, backendPort, startTls);
    Thread.ofVirtual().start(front::accept);
    return front;
  }

  int port() {
    return listener.getLocalPort();
  }

  String certificate() {
    return identity.certificatePem();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket backend = new Socket(InetAddress.getLoopbackAddress(), backendPort)) {
      if (startTls && !untilStartTls(client, backend)) {
        return;
      }
      try (SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(client, null, 0, true)) {
        secured.setUseClientMode(false);
        secured.startHandshake();
        Thread up = Thread.ofVirtual().start(() -> copy(secured, backend));
        copy(backend, secured);
        up.join();
      }
    } catch (IOException e) {
      // The client went away or did not like the certificate: its own matter.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side has closed; closing both ends the other direction too.
    }
  }

  /** Speaks SMTP in clear and offers STARTTLS; true once the client asks for it. */
  private static boolean untilStartTls(Socket client, Socket backend) throws IOException {
    client.getOutputStream().write(reply(backend, false));
    while (true) {
      String line = readLine(client.getInputStream());
      String verb = line.strip().toUpperCase(Locale.ROOT);
      if (verb.isEmpty()) {
        return false;
      } else if (verb.equals("STARTTLS")) {
        client.getOutputStream().write("220 go ahead\r\n".getBytes(ISO_8859_1));
        return true;
      } else if (verb.startsWith("EHLO")) {
        backend.getOutputStream().write(line.getBytes(ISO_8859_1));
        client.getOutputStream().write(reply(backend, true));
      } else {
        client.getOutputStream().write("530 STARTTLS first\r\n".getBytes(ISO_8859_1));
      }
    }
  }

  /** One reply of the backend, with STARTTLS among the extensions if wanted (RFC 3207). */
  private static byte[] reply(Socket backend, boolean offer) throws IOException {
    var reply = new ByteArrayOutputStream();
    String line;
    do {
      line = readLine(backend.getInputStream());
      if (offer && line.startsWith("250 ")) {
        reply.write("250-STARTTLS\r\n".getBytes(ISO_8859_1));
      }
      reply.write(line.getBytes(ISO_8859_1));
    } while (line.length() > 3 && line.charAt(3) == '-');
    return reply.toByteArray();
  }

  /** A line with its end; empty at the end of the stream. Takes no byte beyond it. */
  private static String readLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toString(ISO_8859_1);
  }
}

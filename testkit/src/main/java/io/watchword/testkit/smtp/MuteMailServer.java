package io.watchword.testkit.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that takes every mail and never says so: after the line with the dot it waits and
 * then ends the connection (the case of RFC 5321, 4.5.3.2.6, in which a client cannot know).
 */
public final class MuteMailServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Duration pause;
  private final AtomicInteger kept = new AtomicInteger();

  private MuteMailServer(Duration pause) {
    this.pause = pause;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param pause before it ends the connection
   */
  public static MuteMailServer start(Duration pause) {
    var server = new MuteMailServer(pause);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many mails it took as a whole. */
  public int kept() {
    return kept.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    try (client) {
      var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      say(client, "220 here");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.toUpperCase(Locale.ROOT).startsWith("DATA")) {
          say(client, "354 go on");
          while (line != null && !line.equals(".")) {
            line = lines.readLine();
          }
          kept.addAndGet(line == null ? 0 : 1);
          Thread.sleep(pause);
          return;
        }
        say(client, "250 well");
      }
    } catch (IOException e) {
      // The client has had enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
  }
}

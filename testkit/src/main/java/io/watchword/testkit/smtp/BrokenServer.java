package io.watchword.testkit.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of any TCP protocol that accepts connections and then treats its clients badly. */
public final class BrokenServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String bytes;
  private final Duration pause;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  private BrokenServer(String bytes, Duration pause) {
    this.bytes = bytes;
    this.pause = pause;
    try {
      listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Accepts and never says a word. */
  public static BrokenServer silent() {
    return started("", Duration.ofHours(1));
  }

  /**
   * Says a text over and over, one byte at a time, so that no single read ever takes long.
   *
   * @param bytes ISO 8859-1
   */
  public static BrokenServer trickling(String bytes, Duration pause) {
    return started(bytes, pause);
  }

  private static BrokenServer started(String bytes, Duration pause) {
    var server = new BrokenServer(bytes, pause);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections were accepted. */
  public int accepted() {
    return accepted.get();
  }

  /** How many of them the clients have not given up yet, as far as the trickle has noticed. */
  public int held() {
    return open.size();
  }

  /** Stops listening and resets every connection, as a machine does that goes down. */
  public void goDown() {
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    goDown();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> mistreat(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void mistreat(Socket client) {
    try (client) {
      byte[] all = bytes.getBytes(ISO_8859_1);
      for (int i = 0; !client.isClosed(); i++) {
        if (all.length > 0) {
          client.getOutputStream().write(all[i % all.length]);
        }
        Thread.sleep(pause);
      }
    } catch (IOException e) {
      // The client has had enough.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }
}

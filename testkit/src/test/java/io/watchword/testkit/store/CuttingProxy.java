package io.watchword.testkit.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a node and its database, and cuts the connection at the next message of the node
 * that holds a given text: before the server sees it, or after, when only the answer is lost.
 */
final class CuttingProxy implements AutoCloseable {

  /** When the connection ends, seen from the message. */
  enum Cut {
    BEFORE,
    AFTER
  }

  private record Order(String text, Cut cut) {}

  private final ServerSocket door;
  private final int target;
  private final AtomicReference<Order> order = new AtomicReference<>();

  CuttingProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Cuts once. */
  void cutAt(String text, Cut cut) {
    order.set(new Order(text, cut));
  }

  boolean hasCut() {
    return order.get() == null;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket node = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        Thread.ofVirtual().start(() -> carry(node, server));
        Thread.ofVirtual().start(() -> carryBack(server, node));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** One message of the driver arrives in one piece here: it flushes once, over loopback. */
  private void carry(Socket node, Socket server) {
    try (node;
        server) {
      InputStream in = node.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] bytes = new byte[1 << 16];
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        Order due = due(new String(bytes, 0, n, ISO_8859_1));
        if (due != null && due.cut() == Cut.BEFORE) {
          return;
        }
        if (due != null) {
          node.close(); // first, so that no answer gets through
        }
        out.write(bytes, 0, n);
        out.flush();
        if (due != null) {
          awaitAnswer(server);
          return;
        }
      }
    } catch (IOException e) {
      // One side hung up; the sockets are closed.
    }
  }

  private Order due(String message) {
    Order asked = order.get();
    return asked != null && message.contains(asked.text()) && order.compareAndSet(asked, null)
        ? asked
        : null;
  }

  /** The server must have done it before its connection ends: PostgreSQL could notice and stop. */
  private static void awaitAnswer(Socket server) {
    try {
      Thread.sleep(300);
      server.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void carryBack(Socket server, Socket node) {
    try {
      server.getInputStream().transferTo(node.getOutputStream());
    } catch (IOException e) {
      // One side hung up.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}

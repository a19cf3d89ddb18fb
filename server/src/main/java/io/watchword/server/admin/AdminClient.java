package io.watchword.server.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Has the server that holds a data folder run a command. */
public final class AdminClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 2_000;

  private final Socket socket;
  private final String token;

  private AdminClient(Socket socket, String token) {
    this.socket = socket;
    this.token = token;
  }

  /** Empty: no server listens for this folder, though one may have left its file behind. */
  public static Optional<AdminClient> connect(Path folder) {
    return AdminFile.read(folder)
        .flatMap(file -> {
          try {
            var socket = new Socket();
            socket.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()),
                PATIENCE_MILLIS);
            return Optional.of(new AdminClient(socket, file.token()));
          } catch (IOException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Runs a command there and says here what it says.
   *
   * @param arguments as typed, the command's name first
   * @param operator who types
   * @param in its input, sent while the answer comes
   * @return its exit code
   * @throws IOException if the server goes away, or did not take the command
   */
  public int run(List<String> arguments, String operator, InputStream in, Answer answer)
      throws IOException {
    OutputStream out = new BufferedOutputStream(socket.getOutputStream());
    InputStream replies = new BufferedInputStream(socket.getInputStream());
    Frames.writeLine(out, new Frames.Request(token, operator, arguments));
    Thread.ofVirtual().name("admin-input").start(() -> send(in, out));
    while (true) {
      Frames.Reply reply;
      try {
        reply = Frames.readLine(replies, Frames.LONGEST_LINE, Frames.Reply.class);
      } catch (EOFException e) {
        throw new IOException(
            "the server has stopped or did not take the command; if none runs, delete admin.json"
                + " in the data folder",
            e);
      }
      if (reply.exit() != null) {
        return reply.exit();
      }
      tell(reply, answer);
    }
  }

  private static void tell(Frames.Reply reply, Answer answer) {
    if (reply.out() != null) {
      answer.out(reply.out());
    } else if (reply.err() != null) {
      answer.err(reply.err());
    } else if (reply.file() != null && reply.content() != null) {
      answer.file(reply.file(), reply.content());
    }
  }

  /** What stops it, stops the command too, which then says why. */
  private void send(InputStream in, OutputStream out) {
    try {
      Frames.send(in, out);
    } catch (IOException e) {
      close();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it was broken before
    }
  }
}

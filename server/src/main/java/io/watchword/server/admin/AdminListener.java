package io.watchword.server.admin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands for the running server, on loopback and a port that the system chooses. Who calls
 * must say the token that stands in a file which only the server's own user may read.
 */
public final class AdminListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
  private static final int TOKEN_BYTES = 32;
  private static final int LONGEST_REQUEST = 64 * 1024;
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int AT_ONCE = 16;
  private static final Pattern COMMAND = Pattern.compile("[a-z]{2,20}");

  private final Path folder;
  private final Commands commands;
  private final byte[] token;
  private final ServerSocket listener;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * Listens, and says where in the data folder.
   *
   * @param folder of the data, which this process holds
   */
  public AdminListener(Path folder, Commands commands, RandomGenerator random) {
    this.folder = folder;
    this.commands = commands;
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    String text = HexFormat.of().formatHex(secret);
    token = text.getBytes(StandardCharsets.US_ASCII);
    try {
      listener = new ServerSocket(0, AT_ONCE, InetAddress.getLoopbackAddress());
      new AdminFile(listener.getLocalPort(), text).write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("commands cannot be taken in " + folder, e);
    }
    Thread.ofVirtual().name("admin").start(this::listen);
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().name("admin-command").start(() -> serve(socket));
      } catch (SocketException e) {
        LOG.debug("no more commands are taken");
      } catch (IOException e) {
        LOG.warn("a command could not be taken", e);
      }
    }
  }

  private void serve(Socket socket) {
    boolean placed = places.tryAcquire();
    try (socket) {
      if (placed) {
        talk(socket);
      }
    } catch (IOException e) {
      LOG.debug("a command's caller has gone: {}", e.getMessage());
    } finally {
      open.remove(socket);
      if (placed) {
        places.release();
      }
    }
  }

  private void talk(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    InputStream in = new BufferedInputStream(socket.getInputStream());
    OutputStream out = new BufferedOutputStream(socket.getOutputStream());
    Frames.Request request = Frames.readLine(in, LONGEST_REQUEST, Frames.Request.class);
    if (request.token() == null
        || request.arguments() == null
        || !MessageDigest.isEqual(token, request.token().getBytes(StandardCharsets.US_ASCII))) {
      LOG.warn("a command without the right token was refused");
      return;
    }
    socket.setSoTimeout(0); // its input may be typed by a person
    String operator = request.operator() == null ? "" : request.operator();
    LOG.info("{} runs {}", operator, name(request));
    int exit = commands.run(request.arguments(), operator, Frames.receive(in), new Line(out));
    Frames.writeLine(out, new Frames.Reply(null, null, null, exit, null));
  }

  /** The command's words, up to the first that may be a value: values may name people. */
  private static String name(Frames.Request request) {
    return request.arguments().stream()
        .limit(2)
        .takeWhile(word -> COMMAND.matcher(word).matches())
        .collect(Collectors.joining(" "));
  }

  /** The line to the terminal of whoever has called. */
  private record Line(OutputStream out) implements Answer {

    @Override
    public void out(String line) {
      write(new Frames.Reply(line, null, null, null, null));
    }

    @Override
    public void err(String line) {
      write(new Frames.Reply(null, line, null, null, null));
    }

    @Override
    public void file(String name, byte[] content) {
      write(new Frames.Reply(null, null, name, null, content));
    }

    private void write(Frames.Reply reply) {
      try {
        Frames.writeLine(out, reply);
      } catch (IOException e) {
        throw new UncheckedIOException("the caller has gone", e);
      }
    }
  }

  /** Takes no more commands, and breaks off those that run. */
  @Override
  public void close() {
    try {
      AdminFile.delete(folder);
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      LOG.warn("the listener for commands did not close", e);
    }
  }
}

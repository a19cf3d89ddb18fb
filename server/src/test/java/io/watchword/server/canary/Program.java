package io.watchword.server.canary;

import io.watchword.server.DemoServer;
import io.watchword.server.cli.Main;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The program in processes of its own, with all that it writes to its two streams in files: the
 * server with every logger of whatever kind at its most talkative, and commands.
 */
final class Program implements AutoCloseable {

  private final Path folder;
  private final Path data;
  private final List<Path> written = new ArrayList<>();
  private final int port;
  private final Process server;

  /**
   * Starts the demo and waits until it serves.
   *
   * @param folder for what it writes
   * @param shape {@code json} or {@code text}
   */
  Program(Path folder, Path data, String shape, Map<String, String> settings)
      throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder);
    this.data = data;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    // Libraries log through java.util.logging too, past the program's own log.
    Path jul = folder.resolve("logging.properties");
    Files.writeString(
        jul,
        """
        handlers=java.util.logging.ConsoleHandler
        .level=ALL
        java.util.logging.ConsoleHandler.level=ALL
        """);
    List<String> command = java();
    command.add("-Djava.util.logging.config.file=" + jul);
    command.addAll(List.of(Talkative.class.getName(), "demo"));
    command.addAll(List.of("--data", data.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--set", "server.log.shape=" + shape));
    command.addAll(List.of("--set", "server.log.level=trace"));
    settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    server = start("server", command);
    awaitReady();
  }

  private static List<String> java() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseTransparentHugePages",
            "-XX:TieredStopAtLevel=1",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "-Dwatchword.home=" + DemoServer.projectFolder(),
            "-cp",
            classPath));
  }

  private Process start(String name, List<String> command) throws IOException {
    File out = remember(name + ".out").toFile();
    File err = remember(name + ".err").toFile();
    return new ProcessBuilder(command).redirectOutput(out).redirectError(err).start();
  }

  private Path remember(String name) {
    Path file = folder.resolve(written.size() + "-" + name);
    written.add(file);
    return file;
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int i = 0; i < 1_200; i++) {
      if (!server.isAlive()) {
        throw new AssertionError("the server ended:\n" + Files.readString(written.get(1)));
      }
      try {
        if (get("/health").length > 0) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("the server does not answer");
  }

  /** Runs a command against the running server; its exit code. */
  int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = java();
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", data.toString()));
    Process process = start(arguments[0], command);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command does not end");
    }
    return process.exitValue();
  }

  /**
   * Runs a command that shows, by design, secrets or what was typed to whoever typed it. What it
   * wrote is given back and does not count as {@link #written}.
   */
  String show(String... arguments) throws IOException, InterruptedException {
    int before = written.size();
    run(arguments);
    var shown = new StringBuilder();
    for (Path file : written.subList(before, written.size())) {
      shown.append(Files.readString(file));
      Files.delete(file);
    }
    written.subList(before, written.size()).clear();
    return shown.toString();
  }

  /** The files with all that the server and the commands wrote. */
  List<Path> written() {
    return List.copyOf(written);
  }

  int port() {
    return port;
  }

  /** The body of a page. */
  byte[] get(String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setReadTimeout(20_000);
    try (var in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  /** Ends the server as a power cut would: the write-ahead log stays. */
  void kill() throws InterruptedException {
    server.destroyForcibly();
    server.waitFor();
  }

  /** Where the server listens. */
  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends the server as an operator does. */
  @Override
  public void close() {
    server.destroy();
    try {
      if (!server.waitFor(30, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

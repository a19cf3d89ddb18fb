package io.watchword.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server in a JVM of its own, with the flags of production. */
final class ServerProcess implements AutoCloseable {

  /** As the launcher and the container image start it. */
  static final List<String> PRODUCTION_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          "-Xmx512m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** Flags for a flight recording of what the server does; {@code null}: none. */
  static List<String> recordedTo(@Nullable Path file) {
    return file == null
        ? List.of()
        : List.of(
            "-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true,filename="
                + file);
  }

  /**
   * Starts it and waits until it listens.
   *
   * @param moreFlags for the JVM, such as a recording of what it does
   * @throws IOException if it does not come to that
   */
  static ServerProcess start(Site site, List<String> moreFlags) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(PRODUCTION_FLAGS);
    command.addAll(moreFlags);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ServedSite.class.getName());
    command.add(site.config().toString());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader();
    String url = out.readLine();
    while (url != null && !url.startsWith("http://")) {
      url = out.readLine();
    }
    if (url == null) {
      process.destroyForcibly();
      throw new IOException("the server did not start");
    }
    return new ServerProcess(process, url);
  }

  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: the process gets no chance to do anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in order. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

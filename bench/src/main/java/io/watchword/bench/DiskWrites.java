package io.watchword.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process wrote into files, as the kernel counts it (proc(5), {@code /proc/PID/io}, {@code
 * write_bytes}): whole pages, when they become dirty.
 */
final class DiskWrites {

  private static final String MEMBER = "write_bytes:";

  private DiskWrites() {}

  /**
   * Bytes since the process began.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  static long bytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/io")).stream()
        .filter(line -> line.startsWith(MEMBER))
        .mapToLong(line -> Long.parseLong(line.substring(MEMBER.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IOException("the kernel does not count what processes write"));
  }
}

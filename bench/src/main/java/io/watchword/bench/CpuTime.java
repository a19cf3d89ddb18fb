package io.watchword.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time of a process as the kernel counts it (proc(5), {@code /proc/PID/stat}, {@code utime} and
 * {@code stime}): all its threads, those of compiler and garbage collector among them.
 */
final class CpuTime {

  /** {@code USER_HZ} is 100 in every Linux that runs a JVM. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME = 13;
  private static final int STIME = 14;

  private CpuTime() {}

  /**
   * Microseconds since the process began, in steps of ten milliseconds.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  static long micros(long pid) throws IOException {
    String stat =
        Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1).strip();
    // The name in parentheses may hold blanks and parentheses of its own.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME - 2]) + Long.parseLong(fields[STIME - 2]))
        * MICROS_PER_TICK;
  }
}

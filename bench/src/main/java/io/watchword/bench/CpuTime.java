package io.watchword.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * CPU time of a process as the kernel counts it (proc(5), {@code /proc/PID/stat}, {@code utime} and
 * {@code stime}): all its threads, those of compiler and garbage collector among them.
 */
final class CpuTime {

  /** {@code USER_HZ} is 100 in every Linux that runs a JVM. */
  private static final long MICROS_PER_TICK = 10_000;

  private static final int UTIME = 13;
  private static final int STIME = 14;

  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

  private CpuTime() {}

  /**
   * Microseconds since the process began, in steps of ten milliseconds.
   *
   * @throws IOException if there is no such process, or no {@code /proc}
   */
  static long micros(long pid) throws IOException {
    return micros(Path.of("/proc/" + pid + "/stat"));
  }

  /**
   * The same of the threads in which a JVM compiles. One that has ended meanwhile is not counted
   * any more, so it is rather too little than too much.
   */
  static long compilerMicros(long pid) throws IOException {
    long sum = 0;
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads) {
        try {
          if (COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt()) {
            sum += micros(thread.resolve("stat"));
          }
        } catch (NoSuchFileException e) {
          // It has just ended.
        }
      }
    }
    return sum;
  }

  private static long micros(Path stat) throws IOException {
    String text = Files.readString(stat, StandardCharsets.ISO_8859_1).strip();
    // The name in parentheses may hold blanks and parentheses of its own.
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME - 2]) + Long.parseLong(fields[STIME - 2]))
        * MICROS_PER_TICK;
  }
}

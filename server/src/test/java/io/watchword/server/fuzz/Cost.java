package io.watchword.server.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What an input may cost the thread that takes it.
 *
 * @param time of the processor
 * @param bytes allocated, whether they were in use at once or not
 */
record Cost(Duration time, long bytes) {

  static final Duration LONGEST = Duration.ofSeconds(1);
  static final long MOST_BYTES = 256L << 20;

  private static final int TRIES = 3;
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /**
   * Runs what takes an input, and bounds it. The first inputs pay for the loading of classes, so
   * that what is too dear is tried again and must stay so.
   *
   * @throws AssertionError if it costs too much
   */
  static void bound(Runnable input) {
    Cost least = of(input);
    for (int i = 1; i < TRIES && least.isTooMuch(); i++) {
      Cost again = of(input);
      least = again.time.compareTo(least.time) < 0 ? again : least;
    }
    if (least.isTooMuch()) {
      throw new AssertionError("an input costs " + least);
    }
  }

  private static Cost of(Runnable input) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long start = THREADS.getCurrentThreadCpuTime();
    input.run();
    return new Cost(
        Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start),
        THREADS.getCurrentThreadAllocatedBytes() - bytes);
  }

  private boolean isTooMuch() {
    return time.compareTo(LONGEST) > 0 || bytes > MOST_BYTES;
  }
}

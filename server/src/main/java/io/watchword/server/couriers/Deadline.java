package io.watchword.server.couriers;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds work by time, whatever it waits for. Time limits of sockets bound one read each, and a
 * look-up of a name or a peer that sends a byte now and then knows no limit at all; so the work
 * gets a virtual thread, which is interrupted when its time is over. There an interrupt closes the
 * socket that the thread waits for. Work that does not react is left behind, not waited for.
 */
final class Deadline {

  private Deadline() {}

  /**
   * @throws TimeoutException if the time was over; the work may still be ending
   * @throws ExecutionException with what the work threw
   * @throws InterruptedException if the caller was interrupted; so is the work
   */
  static <T> T within(Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    return within(limit, work, () -> {});
  }

  /**
   * As the other, and tells when the work has really ended, be it long after the limit.
   *
   * @param ended is called exactly once
   */
  static <T> T within(Duration limit, Callable<T> work, Runnable ended)
      throws TimeoutException, ExecutionException, InterruptedException {
    var task = new FutureTask<T>(work);
    Thread.ofVirtual()
        .name("courier")
        .start(() -> {
          try {
            task.run();
          } finally {
            ended.run();
          }
        });
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }
}

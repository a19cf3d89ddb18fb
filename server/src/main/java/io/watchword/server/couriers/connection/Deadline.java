package io.watchword.server.couriers.connection;

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
public final class Deadline {

  private Deadline() {}

  /**
   * @throws TimeoutException if the time was over; the work may still be ending
   * @throws ExecutionException with what the work threw
   * @throws InterruptedException if the caller was interrupted; so is the work
   */
  public static <T> T within(Duration limit, Callable<T> work)
      throws TimeoutException, ExecutionException, InterruptedException {
    return within(limit, work, () -> {});
  }

  /**
   * As the other, and tells when the work has really ended, be it long after the limit.
   *
   * @param ended is called exactly once, before the work's result is known to anyone
   */
  public static <T> T within(Duration limit, Callable<T> work, Runnable ended)
      throws TimeoutException, ExecutionException, InterruptedException {
    // Interrupted, never cancelled: a task that is cancelled early would not run, and never end.
    var task =
        new FutureTask<T>(() -> {
          try {
            return work.call();
          } finally {
            ended.run();
          }
        });
    Thread worker = Thread.ofVirtual().name("courier").start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | InterruptedException e) {
      worker.interrupt();
      throw e;
    }
  }
}

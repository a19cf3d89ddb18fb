package io.watchword.server.couriers.connection;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds work by time, whatever it waits for. Time limits of sockets bound one read each, and a
 * look-up of a name or a peer that sends a byte now and then knows no limit at all; so the work
 * gets a virtual thread, which is interrupted when its time is over. There an interrupt closes the
 * socket that the thread waits for. Work that does not react is left behind, not waited for.
 *
 * <p>One clock looks at all of them, so a limit may be late by {@link #TICK}. A wait with a limit
 * of its own for each letter would wake the scheduler's timer twice a letter, which costs more than
 * many a letter does.
 */
public final class Deadline {

  /** How often the clock looks. */
  public static final Duration TICK = Duration.ofMillis(20);

  private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);
  private static final Clock CLOCK = new Clock().start();

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
    var outcome = new CompletableFuture<T>();
    Thread worker =
        Thread.ofVirtual()
            .name("courier")
            .start(() -> {
              try {
                outcome.complete(toItsEnd(work, ended));
              } catch (Throwable e) { // it is the caller's, who waits for it
                outcome.completeExceptionally(e);
              }
            });
    var wait = new Wait(System.nanoTime() + limit.toNanos(), outcome);
    CLOCK.add(wait);
    try {
      return outcome.get();
    } catch (InterruptedException e) {
      worker.interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Over) {
        worker.interrupt();
        throw new TimeoutException("took longer than " + limit);
      }
      throw e;
    } finally {
      CLOCK.remove(wait);
    }
  }

  private static <T> T toItsEnd(Callable<T> work, Runnable ended) throws Exception {
    try {
      return work.call();
    } finally {
      ended.run();
    }
  }

  /** What the clock ends a wait with. */
  private static final class Over extends Exception {
    private static final long serialVersionUID = 1L;

    Over() {
      super("over", null, false, false);
    }
  }

  /** Somebody who waits, and until when as {@link System#nanoTime} counts. */
  private record Wait(long end, CompletableFuture<?> outcome) {

    void look(long now) {
      if (now - end >= 0) {
        outcome.completeExceptionally(new Over());
      }
    }
  }

  /** Looks at all waits in turns; rests when for some time there was none. */
  private static final class Clock {

    private static final int TURNS_BEFORE_REST = 50;

    private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
    private final Thread thread =
        Thread.ofPlatform().daemon().name("deadlines").unstarted(this::tick);
    private volatile boolean resting;

    Clock start() {
      thread.start();
      return this;
    }

    void add(Wait wait) {
      waits.add(wait);
      if (resting) {
        LockSupport.unpark(thread);
      }
    }

    void remove(Wait wait) {
      waits.remove(wait);
    }

    private void tick() {
      int idle = 0;
      while (true) {
        LockSupport.parkNanos(this, TICK.toNanos());
        look();
        idle = waits.isEmpty() ? idle + 1 : 0;
        if (idle > TURNS_BEFORE_REST) {
          rest();
          idle = 0;
        }
      }
    }

    private void look() {
      long now = System.nanoTime();
      try {
        waits.forEach(wait -> wait.look(now));
      } catch (Throwable e) { // the clock must go on: without it nothing would ever be cut off
        LOG.error("deadlines could not be looked at: {}", e.toString());
      }
    }

    private void rest() {
      resting = true;
      // Who came before it was said does not wake anybody, but is seen here.
      while (waits.isEmpty()) {
        LockSupport.park(this);
      }
      resting = false;
    }
  }
}

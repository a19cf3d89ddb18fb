package io.watchword.server.couriers;

import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does errands: those that it is handed and those that are due, each under a lease, and removes
 * them before it ends. What fails is tried again after 30 seconds, then after twice as long each
 * time up to six hours, and given up a day after the decision, with a line in the log. An errand is
 * done at least once: a process that ends between the letter and the removal sends it again.
 *
 * <p>Several runners over one store share the work.
 */
public final class ErrandRunner implements Errands.Desk, AutoCloseable {

  static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  static final Duration LONGEST_PAUSE = Duration.ofHours(6);
  static final Duration LIFE = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(ErrandRunner.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final int AT_ONCE = 64;

  /** Handed over and waiting for a worker. */
  private static final int MOST_HANDED = 4_096;

  private static final int MOST_REMOVED = 256;

  private final Store store;
  private final NoticeSender notices;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Semaphore slots = new Semaphore(AT_ONCE);
  private final Queue<Errand> handed = new ArrayBlockingQueue<>(MOST_HANDED);
  private final Queue<Errand> finished = new ConcurrentLinkedQueue<>();
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread loop = Thread.ofVirtual().name("errands").unstarted(this::loop);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final LongAdder done = new LongAdder();
  private final LongAdder postponed = new LongAdder();
  private final LongAdder givenUp = new LongAdder();

  /**
   * @param random spreads the pauses, so that what failed together does not come back together
   */
  public ErrandRunner(
      Store store, NoticeSender notices, InstantSource clock, RandomGenerator random) {
    this.store = store;
    this.notices = notices;
    this.clock = clock;
    this.random = random;
  }

  /** What has happened since the start, for the metrics. */
  public record Counts(long done, long postponed, long givenUp) {}

  /** Starts to look for errands once a second. */
  public void start() {
    loop.start();
  }

  public Counts counts() {
    return new Counts(done.sum(), postponed.sum(), givenUp.sum());
  }

  /** Takes no more errands; those under way are cut off and run again later. Close it first. */
  @Override
  public void close() {
    closed.set(true);
    loop.interrupt();
    workers.shutdownNow();
    try {
      if (!slots.tryAcquire(AT_ONCE, CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("errands were still under way at the end; they will run again");
      }
      removeFinished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailable e) {
      LOG.warn("errands that are done may run again: {}", e.getMessage());
    }
  }

  @Override
  public void hand(Errand taken) {
    if (!closed.get() && handed.offer(taken)) {
      workOff();
    }
  }

  /** Gives workers to what was handed over, while there are both. */
  private void workOff() {
    while (!handed.isEmpty() && slots.tryAcquire()) {
      Errand next = handed.poll();
      if (next != null && isOurs(next)) {
        start(next);
      } else {
        slots.release(); // another thread was quicker, or the errand waited too long; look again
      }
    }
  }

  /**
   * Whether the lease lasts beyond any attempt. What waited longer for a worker may be somebody
   * else's before it is done; it is due again soon.
   */
  private boolean isOurs(Errand taken) {
    return !clock.instant().plus(Errands.LEASE.dividedBy(2)).isAfter(taken.due());
  }

  /** In a slot that the caller has acquired. */
  private void start(Errand taken) {
    try {
      workers.execute(() -> finish(taken));
    } catch (RejectedExecutionException e) {
      slots.release(); // closing: the lease ends, and it runs again
    }
  }

  private void loop() {
    while (!closed.get()) {
      try {
        takeDue();
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        return;
      } catch (StoreUnavailable e) {
        LOG.warn("errands wait: {}", e.getMessage());
        pause();
      } catch (RuntimeException e) {
        LOG.error("errands wait", e);
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Hands everything that is due to workers; returns when there is no more. What was found is taken
   * up before the next look at the queue, so that the look does not find it again.
   */
  void takeDue() throws InterruptedException {
    boolean more = true;
    while (more && !closed.get()) {
      removeFinished(); // also while there is always more to do: their leases end
      slots.acquire();
      int room = 1 + slots.drainPermits();
      try {
        List<Errand> due = Errands.due(store, clock.instant(), room);
        for (Errand taken : Errands.take(store, due, clock.instant())) {
          room--;
          start(taken);
        }
        more = !due.isEmpty();
      } finally {
        slots.release(room);
      }
    }
  }

  /** Waits until no errand is under way and those that are done are removed. */
  void awaitIdle() throws InterruptedException {
    slots.acquire(AT_ONCE);
    slots.release(AT_ONCE);
    removeFinished();
  }

  /** Many in one unit: to remove an errand must not cost as much as to do it. */
  private void removeFinished() {
    while (!finished.isEmpty()) {
      List<Errand> some = new ArrayList<>();
      for (Errand next = finished.poll(); next != null; next = finished.poll()) {
        some.add(next);
        if (some.size() == MOST_REMOVED) {
          break;
        }
      }
      try {
        Errands.finish(store, some);
      } catch (StoreUnavailable e) {
        finished.addAll(some);
        throw e;
      }
    }
  }

  private void finish(Errand errand) {
    try {
      run(errand);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closing: the lease ends, and it runs again
    } catch (StoreUnavailable e) {
      LOG.warn("errand {} runs again: {}", errand.id(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("errand {} runs again: {}", errand.id(), e.getClass().getName());
    } finally {
      slots.release();
      workOff();
    }
  }

  private void run(Errand errand) throws InterruptedException {
    Instant end = errand.created().plus(LIFE);
    if (!clock.instant().isBefore(end)) {
      giveUp(errand, errand.trouble());
      return;
    }
    NoticeSender.Progress progress = notices.send(errand);
    Instant now = clock.instant();
    if (progress.trouble().isEmpty()) {
      finished.add(errand);
      done.increment();
    } else if (now.isBefore(end)) {
      postponed.increment();
      Instant next = now.plus(pauseAfter(errand.attempts()));
      Errands.putBack(
          store,
          errand,
          errand.again(next.isAfter(end) ? end : next, progress.served(), progress.trouble()));
    } else {
      giveUp(errand, progress.trouble());
    }
  }

  private void giveUp(Errand errand, String trouble) {
    givenUp.increment();
    LOG.warn(
        "errand {} ({}) given up after {} attempts: {}",
        errand.id(),
        errand.kind(),
        errand.attempts(),
        trouble);
    finished.add(errand);
  }

  /** Doubles with each attempt, and varies by a fifth. */
  private Duration pauseAfter(int attempts) {
    int doublings = Math.clamp(attempts - 1L, 0, 20);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    return Duration.ofMillis((long) (bounded.toMillis() * (0.9 + 0.2 * random.nextDouble())));
  }
}

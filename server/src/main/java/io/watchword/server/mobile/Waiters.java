package io.watchword.server.mobile;

import io.watchword.core.mobile.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Portals that wait for a transaction to change. A change on this node wakes them at once; one on
 * another node, and one that time alone brings, is seen within a quarter of a second.
 */
final class Waiters {

  /** Well below the 500 ms that contract mobile, amendment 5, allows. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private final InstantSource clock;
  private final Callbacks callbacks;
  private final int mostOfPortal;
  private final Map<String, Bell> bells = new ConcurrentHashMap<>();
  private final Map<String, Integer> ofPortal = new ConcurrentHashMap<>();

  /**
   * @param callbacks are told of each change, too
   * @param mostOfPortal requests of one portal that may wait at the same time
   */
  Waiters(InstantSource clock, Callbacks callbacks, int mostOfPortal) {
    this.clock = clock;
    this.callbacks = callbacks;
    this.mostOfPortal = mostOfPortal;
  }

  /** A request that waits; closed when it does no more. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** A place for a request of a portal; empty: too many of its requests are waiting. */
  Optional<Place> place(String portal) {
    boolean[] free = new boolean[1];
    ofPortal.compute(
        portal,
        (_, taken) -> {
          int now = taken == null ? 0 : taken;
          free[0] = now < mostOfPortal;
          return free[0] ? Integer.valueOf(now + 1) : taken;
        });
    return free[0] ? Optional.of(() -> leave(portal)) : Optional.empty();
  }

  private void leave(String portal) {
    ofPortal.computeIfPresent(portal, (_, taken) -> taken == 1 ? null : taken - 1);
  }

  /** Rings for those who wait for one transaction. */
  private static final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private int waiting;
    private long count;

    private void ring() {
      lock.lock();
      try {
        count++;
        rung.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private long count() {
      lock.lock();
      try {
        return count;
      } finally {
        lock.unlock();
      }
    }

    private void await(long seen, Duration most) throws InterruptedException {
      lock.lock();
      try {
        long left = most.toNanos();
        while (count == seen && left > 0) {
          left = rung.awaitNanos(left);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** A transaction has changed on this node. */
  void changed(String transaction) {
    Bell bell = bells.get(transaction);
    if (bell != null) {
      bell.ring();
    }
    callbacks.changed(transaction);
  }

  /**
   * Waits until a transaction has another version.
   *
   * @param look reads it; empty: there is none
   * @return it as it stands then, or as it stood at the end of the time
   */
  Optional<Transaction> await(
      String id, long version, Duration most, Supplier<Optional<Transaction>> look) {
    Bell bell =
        bells.compute(
            id,
            (_, known) -> {
              Bell kept = known == null ? new Bell() : known;
              kept.waiting++;
              return kept;
            });
    try {
      Instant end = clock.instant().plus(most);
      long nanos = System.nanoTime() + most.toNanos();
      while (true) {
        long seen = bell.count();
        Optional<Transaction> found = look.get();
        Duration left = Duration.between(clock.instant(), end);
        long real = nanos - System.nanoTime();
        if (found.isEmpty()
            || found.get().version() != version
            || left.isNegative()
            || left.isZero()
            || real <= 0) {
          return found;
        }
        bell.await(seen, least(Duration.ofNanos(real), LOOK));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return look.get();
    } finally {
      bells.computeIfPresent(id, (_, known) -> --known.waiting == 0 ? null : known);
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

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
  private final Map<String, Bell> bells = new ConcurrentHashMap<>();

  /**
   * @param callbacks are told of each change, too
   */
  Waiters(InstantSource clock, Callbacks callbacks) {
    this.clock = clock;
    this.callbacks = callbacks;
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

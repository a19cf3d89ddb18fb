package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Unit;
import io.watchword.store.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Where units wait, and the platform threads that take them in groups. A unit is completed by the
 * engine that its group is handed to; the queue only refuses what it cannot accept.
 */
public final class CommitQueue implements AutoCloseable {

  /** Makes groups durable. Each committer is used by one thread only. */
  public interface Committer extends AutoCloseable {

    /** Commits the group and completes every one of its units, whatever happens. */
    void commit(List<Submission<?>> group);

    /** Called after each round, when the callers have their answers. */
    default void rest() {}

    @Override
    void close();
  }

  private final Tables tables;
  private final int largest;
  private final ArrayBlockingQueue<Waiting> queue;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;
  private volatile boolean ended;

  /**
   * Starts the threads.
   *
   * @param committers one for each thread; made on that thread
   */
  public CommitQueue(
      String name, Tables tables, GroupLimits limits, int threads, Supplier<Committer> committers) {
    this.tables = tables;
    this.largest = limits.group();
    this.queue = new ArrayBlockingQueue<>(limits.waiting());
    for (int i = 0; i < threads; i++) {
      this.threads.add(Thread.ofPlatform().name(name, i).start(() -> work(committers.get())));
    }
  }

  /** See {@link io.watchword.core.unit.Store#commit}. */
  public <R> R commit(Unit<R> unit) {
    Set<Key<?>> keys = new LinkedHashSet<>();
    Collection<Key<?>> named = unit.keys();
    for (Key<?> key : named) {
      tables.require(key);
      keys.add(key);
    }
    Submission<R> submission = new Submission<>(unit, keys);
    accept(submission);
    return submission.await();
  }

  /**
   * Runs work on a committer's thread, between groups.
   *
   * @param name for the message if it fails
   */
  public <T> T between(String name, Callable<T> work) {
    Chore<T> chore = new Chore<>(name, work);
    accept(chore);
    return chore.await();
  }

  /** How many wait now. */
  public int waiting() {
    return queue.size();
  }

  private void accept(Waiting waiting) {
    if (threads.contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "a unit may not commit another one: it would wait for itself");
    }
    if (closing) {
      throw new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
    }
    if (!queue.offer(waiting)) {
      throw new StoreUnavailable(Reason.BUSY, "too many changes are waiting", null);
    }
    // The last thread may have ended since the check above; then nobody would take this one.
    if (ended && queue.remove(waiting)) {
      throw new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
    }
  }

  private void work(Committer committer) {
    try (committer) {
      List<Waiting> round = new ArrayList<>(largest);
      while (take(round)) {
        carryOut(round, committer);
        round.clear();
      }
    }
  }

  /** Waits for work; {@code false} when there is none and there will be none. */
  @SuppressWarnings("ThreadPriorityCheck")
  private boolean take(List<Waiting> round) {
    while (!closing || !queue.isEmpty()) {
      try {
        round.add(queue.take());
        // Whoever is ready to run may have a unit too: on a busy machine the group becomes larger
        // by it, on an idle one nothing happens.
        Thread.yield();
        queue.drainTo(round, largest - 1);
        return true;
      } catch (InterruptedException e) {
        // Nobody but close() ends these threads, and it does so by its flag.
      }
    }
    wakeOne(); // a neighbour may sleep, and this thread may have taken what should have woken it
    return false;
  }

  /** Lets one thread that sleeps look up; if the queue is full, none does. */
  private void wakeOne() {
    boolean _ = queue.offer(new Chore<>("waking up", () -> true));
  }

  private static void carryOut(List<Waiting> round, Committer committer) {
    List<Submission<?>> group = new ArrayList<>(round.size());
    List<Chore<?>> chores = new ArrayList<>();
    for (Waiting waiting : round) {
      switch (waiting) {
        case Submission<?> submission -> group.add(submission);
        case Chore<?> chore -> chores.add(chore);
      }
    }
    try {
      if (!group.isEmpty()) {
        committer.commit(group);
      }
      chores.forEach(Chore::run);
      committer.rest();
    } catch (Throwable e) { // the thread must go on: others wait for it
      for (Waiting waiting : round) {
        waiting.fail(new StoreUnavailable(Reason.UNKNOWN, "the committer failed", e));
      }
    }
  }

  /** Refuses what comes from now on, finishes what was accepted, and ends the threads. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    wakeOne();
    for (Thread thread : threads) {
      interrupted |= join(thread);
    }
    ended = true;
    for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
      left.fail(new StoreUnavailable(Reason.CLOSED, "the store is closed", null));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}

package io.watchword.store.group;

import io.watchword.store.StoreCounters;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts for {@link StoreCounters}. */
public final class Tally {

  private final AtomicLong groups = new AtomicLong();
  private final AtomicLong syncs = new AtomicLong();
  private final AtomicLong units = new AtomicLong();
  private final AtomicInteger largest = new AtomicInteger();
  private final AtomicLong alone = new AtomicLong();
  private final AtomicLong rerun = new AtomicLong();
  private final AtomicLong walBytes = new AtomicLong();

  /** A group is durable. */
  public void committed(int size, boolean changed) {
    units.addAndGet(size);
    largest.accumulateAndGet(size, Math::max);
    if (changed) {
      groups.incrementAndGet();
      syncs.incrementAndGet();
    }
  }

  /** A commit outside any group is durable. */
  public void synced() {
    syncs.incrementAndGet();
  }

  /** A group failed as a whole. */
  public void alone() {
    alone.incrementAndGet();
  }

  /** A group met a conflict. */
  public void rerun() {
    rerun.incrementAndGet();
  }

  /** The write-ahead log was looked at. */
  public void wal(long bytes) {
    walBytes.set(bytes);
  }

  /** The counts now. */
  public StoreCounters snapshot(int waiting) {
    return new StoreCounters(
        groups.get(),
        syncs.get(),
        units.get(),
        largest.get(),
        alone.get(),
        rerun.get(),
        waiting,
        walBytes.get());
  }
}

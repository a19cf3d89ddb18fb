package io.watchword.store;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An engine, and whether it can write: a full disk lets everything be read, so that looking alone
 * does not show it. Remembers why a change failed until one succeeds again.
 */
public final class WatchedStore implements Store {

  private final Store engine;
  private final Supplier<StoreCounters> counters;
  private final Runnable afterwards;
  private volatile @Nullable String trouble;

  /**
   * @param counters of the engine
   * @param afterwards done when the engine is closed
   */
  public WatchedStore(Store engine, Supplier<StoreCounters> counters, Runnable afterwards) {
    this.engine = engine;
    this.counters = counters;
    this.afterwards = afterwards;
  }

  /** What the engine has done since it was opened. */
  public StoreCounters counters() {
    return counters.get();
  }

  /**
   * Why the last change was not made, for the operator; empty if it was. A full queue is no trouble
   * of the engine.
   */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public <R> R commit(Unit<R> unit) {
    try {
      R result = engine.commit(unit);
      trouble = null;
      return result;
    } catch (StoreUnavailable e) {
      switch (e.reason()) {
        case FAILED, UNKNOWN -> trouble = reason(e);
        case BUSY, CLOSED -> {}
      }
      throw e;
    }
  }

  private static String reason(StoreUnavailable e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause;
  }

  @Override
  public <V> @Nullable V read(Key<V> key) {
    return engine.read(key);
  }

  @Override
  public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    return engine.scan(table, after, limit);
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    return engine.sweep(table, before, limit);
  }

  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      afterwards.run();
    }
  }
}

package io.watchword.core.unit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where state lives. A result is handed to the caller only after its unit is durable: an
 * acknowledged change survives {@code kill -9} and loss of power.
 *
 * <p>Thread-safe. Calls block; run them on virtual threads.
 */
public interface Store extends AutoCloseable {

  /** By how much {@link #sweep} may be late. */
  Duration SWEEP_GRAIN = Duration.ofMinutes(15);

  /**
   * Runs a unit and makes it durable.
   *
   * @return what {@link Unit#apply} gave back in the run that was committed
   * @throws StoreUnavailable if nothing was changed because the engine was busy or broken, or, with
   *     {@link StoreUnavailable.Reason#UNKNOWN}, if it cannot be told whether it was
   */
  <R> R commit(Unit<R> unit);

  /**
   * The row as last committed, or {@code null}.
   *
   * @throws StoreUnavailable if it cannot be read
   */
  <V> @Nullable V read(Key<V> key);

  /**
   * Rows in the order of their ids.
   *
   * @param after ids greater than this one; {@code ""} starts at the first
   * @param limit at most this many, 1 to 10,000
   * @throws StoreUnavailable if they cannot be read
   */
  <V> List<Entry<V>> scan(Table<V> table, String after, int limit);

  /**
   * Removes rows that are useless since before an instant, except that each may stay for {@link
   * #SWEEP_GRAIN} longer.
   *
   * @param limit at most this many in one call, so that other work is not held up
   * @return how many were removed
   */
  int sweep(Table<?> table, Instant before, int limit);

  /** Finishes what was accepted, then lets go of files and connections. Later calls are refused. */
  @Override
  void close();

  /** A row and its id. */
  record Entry<V>(String id, V row) {}
}

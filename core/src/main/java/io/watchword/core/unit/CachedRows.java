package io.watchword.core.unit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that change rarely and are asked for with every request. {@link #refresh} is called each
 * second and forgets everything once the generation has moved, so a change works on every node
 * within two seconds.
 *
 * <p>Absent rows are not remembered: made-up keys must not fill the memory. Thread-safe.
 */
public final class CachedRows {

  private static final int MOST = 20_000;

  private final Store store;
  private final Key<Generation> generation;
  private final Map<Key<?>, Object> rows = new ConcurrentHashMap<>();
  private volatile long seen = -1;

  public CachedRows(Store store, Key<Generation> generation) {
    this.store = store;
    this.generation = generation;
  }

  /** The row, at most two seconds old, or {@code null}. */
  @SuppressWarnings("unchecked") // a key's row is of the key's type
  public <V> @Nullable V get(Key<V> key) {
    Object cached = rows.get(key);
    if (cached != null) {
      return (V) cached;
    }
    // A row read before a refresh must not be remembered after it.
    long before = seen;
    V row = store.read(key);
    if (row != null && seen == before && rows.size() < MOST) {
      rows.put(key, row);
      if (seen != before) {
        rows.remove(key);
      }
    }
    return row;
  }

  /** Looks at the generation and forgets all rows if it has moved. */
  public void refresh() {
    Generation now = store.read(generation);
    long number = now == null ? 0 : now.number();
    if (number != seen) {
      seen = number;
      rows.clear();
    }
  }
}

package io.watchword.store.sqlite;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import io.watchword.store.group.Change;
import io.watchword.store.group.Group;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as last committed, decoded, and the knowledge that there is no such row. It always tells
 * what the file would tell: no other process writes to it, and the thread that does so tells here
 * what it committed before any caller hears of it.
 *
 * <p>Thread-safe; {@link #committing}, {@link #committed}, {@link #swept} and {@link #forget} are
 * the writer's.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // of the state: one thread writes it
final class CommittedRows {

  /** Longer rows, such as pictures, are read from the file. */
  private static final int LONGEST_ROW = 16 * 1024;

  /** What a row takes besides its content: the key, the entry, the objects' headers. */
  private static final int OVERHEAD = 250;

  private final Cache<Key<?>, Kept> rows;

  /** Odd while something is being committed; only the writer changes it. */
  private volatile long state;

  /**
   * A row, or {@code null} if there is none.
   *
   * @param length about how many bytes the row has in its column
   */
  record Kept(@Nullable Object row, int length, @Nullable Long uselessAfter) {
    static final Kept NONE = new Kept(null, 0, null);
  }

  /**
   * @param bytes about how much memory the rows may take
   */
  CommittedRows(long bytes) {
    this.rows =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((Key<?> key, Kept kept) -> OVERHEAD + 2 * kept.length())
            .executor(Runnable::run)
            .build();
  }

  /** What is known of a row, or {@code null} if the file must be asked. */
  @Nullable Kept find(Key<?> key) {
    return rows.getIfPresent(key);
  }

  /** To be asked for before a row is read, and given to {@link #read} with what was found. */
  long state() {
    return state;
  }

  /**
   * Remembers what a reader found, unless the writer was or came between: then the row may have
   * changed meanwhile.
   */
  void read(Key<?> key, Kept found, long before) {
    if (found.length() <= LONGEST_ROW && before % 2 == 0) {
      // Under the entry's lock: the writer changes the state and then puts, so it puts over this.
      rows.asMap().compute(key, (k, newer) -> newer == null && state == before ? found : newer);
    }
  }

  /**
   * From here until {@link #committed} or {@link #swept} a reader may see rows as they were or as
   * they will be.
   */
  void committing() {
    state |= 1;
  }

  /** Takes over what a group left. To be called after its commit and before its callers know. */
  void committed(Group group, List<Change> changes) {
    try {
      for (Change change : changes) {
        if (change.kind() == Change.Kind.INSERT) {
          rows.invalidate(change.key()); // a record of the audit: nobody reads it soon
        }
      }
      group.learned(this::keep);
      state++;
    } catch (RuntimeException | Error e) { // no memory: better to know nothing than half of it
      forget();
      throw e;
    }
  }

  private void keep(Key<?> key, @Nullable Object row, int length, @Nullable Long uselessAfter) {
    if (length <= LONGEST_ROW) {
      rows.put(key, new Kept(row, length, uselessAfter));
    } else {
      rows.invalidate(key);
    }
  }

  /** As {@link #committed}: some rows of the table were removed, if any. */
  void swept(Table<?> table, int removed) {
    if (removed > 0) {
      rows.asMap().keySet().removeIf(key -> key.table().equals(table));
    }
    state++;
  }

  /** Nobody can tell what the file holds now. */
  void forget() {
    committing();
    rows.invalidateAll();
    state++;
  }
}

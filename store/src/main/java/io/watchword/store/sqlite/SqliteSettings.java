package io.watchword.store.sqlite;

import io.watchword.store.group.GroupLimits;
import java.nio.file.Path;

/**
 * How the embedded engine is opened.
 *
 * @param folder the data folder; made if it is missing, readable by its owner alone
 * @param limits of the queue and of a group
 * @param readers connections that read
 * @param cacheBytes about how much memory the rows may take that are kept as last committed
 * @param largestBytes the size above which the file does not grow: changes that need more fail, as
 *     on a full disk; 0 is no ceiling of our own
 */
public record SqliteSettings(
    Path folder, GroupLimits limits, int readers, long cacheBytes, long largestBytes) {

  private static final int READERS = 4;
  private static final long CACHE_BYTES = 32L * 1024 * 1024;

  public SqliteSettings {
    if (readers < 1 || cacheBytes < 0 || largestBytes < 0) {
      throw new IllegalArgumentException("at least one reader, and no negative size");
    }
  }

  /** The settings that suit a folder of which nothing else is known. */
  public static SqliteSettings in(Path folder) {
    return new SqliteSettings(folder, GroupLimits.DEFAULT, READERS, CACHE_BYTES, 0);
  }

  /** The same with other limits. */
  public SqliteSettings withLimits(GroupLimits other) {
    return new SqliteSettings(folder, other, readers, cacheBytes, largestBytes);
  }

  /** The same with another amount of rows in memory; 0: none. */
  public SqliteSettings withCacheBytes(long bytes) {
    return new SqliteSettings(folder, limits, readers, bytes, largestBytes);
  }

  /** The same with a ceiling. */
  public SqliteSettings withLargestBytes(long ceiling) {
    return new SqliteSettings(folder, limits, readers, cacheBytes, ceiling);
  }
}

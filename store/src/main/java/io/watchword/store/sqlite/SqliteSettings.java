package io.watchword.store.sqlite;

import io.watchword.store.group.GroupLimits;
import java.nio.file.Path;

/**
 * How the embedded engine is opened.
 *
 * @param folder the data folder; made if it is missing, readable by its owner alone
 * @param limits of the queue and of a group
 * @param readers threads that read, each with a connection
 * @param largestBytes the size above which the file does not grow: changes that need more fail, as
 *     on a full disk; 0 is no ceiling of our own
 */
public record SqliteSettings(Path folder, GroupLimits limits, int readers, long largestBytes) {

  private static final int READERS = 4;

  public SqliteSettings {
    if (readers < 1 || largestBytes < 0) {
      throw new IllegalArgumentException("at least one reader, and a ceiling that is not negative");
    }
  }

  /** The settings that suit a folder of which nothing else is known. */
  public static SqliteSettings in(Path folder) {
    return new SqliteSettings(folder, GroupLimits.DEFAULT, READERS, 0);
  }

  /** The same with other limits. */
  public SqliteSettings withLimits(GroupLimits other) {
    return new SqliteSettings(folder, other, readers, largestBytes);
  }

  /** The same with a ceiling. */
  public SqliteSettings withLargestBytes(long ceiling) {
    return new SqliteSettings(folder, limits, readers, ceiling);
  }
}

package io.watchword.core.unit;

import org.jspecify.annotations.Nullable;

/**
 * Names one row. Ids are compared byte by byte as UTF-8; engines sort by them.
 *
 * @param id 1 to 200 characters; never an identifier of a person in clear: those are turned into a
 *     look-up key first ({@link io.watchword.core.keys.Keyring#lookup})
 */
public record Key<V>(Table<V> table, String id) implements Comparable<Key<?>> {

  private static final int LONGEST_ID = 200;

  public Key {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      throw new IllegalArgumentException("a key's id has 1 to 200 characters, not " + id.length());
    }
  }

  /** Ids first: keys are compared all the time, and differ in them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Key<?> key && id.equals(key.id) && table.equals(key.table);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + table.name().hashCode();
  }

  /** By table, then id: the order in which every engine locks, so that two units never deadlock. */
  @Override
  public int compareTo(Key<?> other) {
    int byTable = table.name().compareTo(other.table().name());
    return byTable != 0 ? byTable : id.compareTo(other.id());
  }
}

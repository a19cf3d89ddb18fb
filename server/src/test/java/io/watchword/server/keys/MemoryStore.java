package io.watchword.server.keys;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rows in memory, one unit after another; a unit that throws changes nothing. */
public final class MemoryStore implements Store {

  private final TreeMap<Key<?>, Object> rows = new TreeMap<>();

  @Override
  public synchronized <R> R commit(Unit<R> unit) {
    var inside = new Inside(new HashSet<>(unit.keys()));
    R result = unit.apply(inside);
    inside.changes.forEach((key, row) -> {
      if (row == GONE) {
        rows.remove(key);
      } else {
        rows.put(key, row);
      }
    });
    return result;
  }

  @Override
  public synchronized <V> V read(Key<V> key) {
    return key.table().type().cast(rows.get(key));
  }

  @Override
  public synchronized <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    List<Entry<V>> found = new ArrayList<>();
    rows.forEach((key, row) -> {
      if (key.table().name().equals(table.name())
          && key.id().compareTo(after) > 0
          && found.size() < limit) {
        found.add(new Entry<>(key.id(), table.type().cast(row)));
      }
    });
    return found;
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    return 0;
  }

  @Override
  public void close() {}

  private static final Object GONE = new Object();

  private final class Inside implements Rows {

    private final Set<Key<?>> named;
    private final Map<Key<?>, Object> changes = new HashMap<>();

    Inside(Set<Key<?>> named) {
      this.named = named;
    }

    @Override
    public <V> V get(Key<V> key) {
      Object row = changes.getOrDefault(require(key), rows.get(key));
      return row == GONE ? null : key.table().type().cast(row);
    }

    @Override
    public <V> void put(Key<V> key, V row) {
      changes.put(require(key), row);
    }

    @Override
    public <V> void put(Key<V> key, V row, Instant uselessAfter) {
      put(key, row);
    }

    @Override
    public void delete(Key<?> key) {
      changes.put(require(key), GONE);
    }

    @Override
    public <V> void insert(Key<V> key, V row) {
      if (rows.containsKey(key) || changes.containsKey(key)) {
        throw new IllegalStateException("there is such a row already: " + key.id());
      }
      changes.put(key, row);
    }

    private Key<?> require(Key<?> key) {
      if (!named.contains(key)) {
        throw new IllegalStateException("the unit did not name " + key);
      }
      return key;
    }
  }
}

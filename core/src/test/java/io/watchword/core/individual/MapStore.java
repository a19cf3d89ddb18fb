package io.watchword.core.individual;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows in a map, for tests of look-ups alone; durability and races belong to the real engines. */
final class MapStore implements Store {

  private final Map<Key<?>, Object> rows = new HashMap<>();
  int reads;

  <V> MapStore with(Key<V> key, V row) {
    rows.put(key, row);
    return this;
  }

  @Override
  public <R> R commit(Unit<R> unit) {
    return unit.apply(
        new Rows() {
          @Override
          public <V> V get(Key<V> key) {
            return stored(key);
          }

          @Override
          public <V> void put(Key<V> key, V row) {
            rows.put(key, row);
          }

          @Override
          public <V> void put(Key<V> key, V row, Instant uselessAfter) {
            rows.put(key, row);
          }

          @Override
          public void delete(Key<?> key) {
            rows.remove(key);
          }

          @Override
          public <V> void insert(Key<V> key, V row) {
            rows.put(key, row);
          }
        });
  }

  @Override
  public <V> V read(Key<V> key) {
    reads++;
    return stored(key);
  }

  private <V> V stored(Key<V> key) {
    return key.table().type().cast(rows.get(key));
  }

  @Override
  public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

package io.watchword.testkit.laws;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A store that runs each unit three times over the same rows, as an engine may after a conflict,
 * and keeps what differed: results, changes, or keys.
 */
final class TwiceStore implements Store {

  private final Store inner;
  private final Runnable between;
  final List<String> impurities = new CopyOnWriteArrayList<>();
  final List<String> units = new CopyOnWriteArrayList<>();

  /**
   * @param between changes time and chance between two runs
   */
  TwiceStore(Store inner, Runnable between) {
    this.inner = inner;
    this.between = between;
  }

  @Override
  public <R> R commit(Unit<R> unit) {
    String name = unit.getClass().getSimpleName();
    List<Key<?>> first = List.copyOf(unit.keys());
    between.run();
    if (!first.equals(List.copyOf(unit.keys()))) {
      impurities.add(name + " names other keys at the second call");
    }
    if (new HashSet<>(first).size() != first.size()) {
      impurities.add(name + " names a key twice");
    }
    units.add(name);
    return inner.commit(
        new Unit<R>() {
          @Override
          public Collection<Key<?>> keys() {
            return first;
          }

          @Override
          public R apply(Rows rows) {
            var one = new Recording(rows, first);
            var two = new Recording(rows, first);
            Object before = outcome(unit, one);
            between.run();
            Object after = outcome(unit, two);
            if (!before.equals(after)) {
              impurities.add(name + " gives " + before + ", then " + after);
            }
            if (!one.changes.equals(two.changes)) {
              impurities.add(name + " changes " + one.changes + ", then " + two.changes);
            }
            return unit.apply(rows);
          }
        });
  }

  private static Object outcome(Unit<?> unit, Rows rows) {
    try {
      Object result = unit.apply(rows);
      return result == null ? "null" : result;
    } catch (RuntimeException thrown) {
      return thrown.getClass();
    }
  }

  @Override
  public <V> @Nullable V read(Key<V> key) {
    return inner.read(key);
  }

  @Override
  public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    return inner.scan(table, after, limit);
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    return inner.sweep(table, before, limit);
  }

  @Override
  public void close() {
    inner.close();
  }

  /** What a change wrote, without touching the rows below. */
  private record Change(String what, @Nullable Object row, @Nullable Instant uselessAfter) {}

  private static final class Recording implements Rows {
    private final Rows below;
    private final List<Key<?>> named;
    private final Map<Key<?>, AtomicReference<@Nullable Object>> over = new HashMap<>();
    private final List<Map.Entry<Key<?>, Change>> changes = new ArrayList<>();

    Recording(Rows below, List<Key<?>> named) {
      this.below = below;
      this.named = named;
    }

    @Override
    public <V> @Nullable V get(Key<V> key) {
      AtomicReference<@Nullable Object> edit = over.get(key);
      return edit == null ? below.get(key) : key.table().type().cast(edit.get());
    }

    @Override
    public <V> void put(Key<V> key, V row) {
      note(key, new Change("put", row, null));
    }

    @Override
    public <V> void put(Key<V> key, V row, Instant uselessAfter) {
      note(key, new Change("put", row, uselessAfter));
    }

    @Override
    public void delete(Key<?> key) {
      note(key, new Change("delete", null, null));
    }

    @Override
    public <V> void insert(Key<V> key, V row) {
      changes.add(Map.entry(key, new Change("insert", row, null)));
    }

    private void note(Key<?> key, Change change) {
      if (!named.contains(key)) {
        throw new IllegalStateException("not named");
      }
      over.put(key, new AtomicReference<>(change.row()));
      changes.add(Map.entry(key, change));
    }
  }
}

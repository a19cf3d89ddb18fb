package io.watchword.testkit.laws;

import io.watchword.core.individual.Individual;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store in which something happens right after a person was read. */
record MeddledStore(Store inner, Runnable meddling) implements Store {

  @Override
  public <R> R commit(Unit<R> unit) {
    return inner.commit(unit);
  }

  @Override
  public <V> @Nullable V read(Key<V> key) {
    V row = inner.read(key);
    if (key.table().equals(Individual.TABLE)) {
      meddling.run();
    }
    return row;
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
}

package io.watchword.server.upkeep;

import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Unit;
import io.watchword.store.WatchedStore;
import java.util.Collection;
import java.util.List;

/** Tells whether the store works, for the health checks. */
public final class StoreProbe {

  private final WatchedStore store;

  public StoreProbe(WatchedStore store) {
    this.store = store;
  }

  /**
   * Whether the store can be read and, as far as the last change or else a try tells, written.
   *
   * @throws StoreUnavailable if it cannot, with the reason
   */
  public boolean works() {
    store.read(Generation.PROBE);
    if (store.trouble().isPresent()) {
      store.commit(new Probe());
    }
    return true;
  }

  private record Probe() implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(Generation.PROBE);
    }

    @Override
    public Boolean apply(Rows rows) {
      Generation.raise(rows, Generation.PROBE);
      return true;
    }
  }
}

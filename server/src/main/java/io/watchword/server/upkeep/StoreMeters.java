package io.watchword.server.upkeep;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchword.store.StoreCounters;
import io.watchword.store.WatchedStore;
import java.util.function.ToDoubleFunction;

/** What operators see of the store's work. */
public final class StoreMeters {

  private StoreMeters() {}

  /** Registers the engine's counters. */
  public static void register(MeterRegistry registry, WatchedStore store) {
    counter(registry, store, "store.groups", "Groups of units committed", StoreCounters::groups);
    counter(registry, store, "store.syncs", "Commits that reached the disk", StoreCounters::syncs);
    counter(registry, store, "store.units", "Units in all groups", StoreCounters::units);
    counter(registry, store, "store.alone", "Groups run again unit by unit", StoreCounters::alone);
    counter(
        registry, store, "store.rerun", "Groups run again after a conflict", StoreCounters::rerun);
    gauge(registry, store, "store.waiting", "Units in the queue", StoreCounters::waiting);
    gauge(
        registry,
        store,
        "store.group.largest",
        "Units in the largest group so far",
        StoreCounters::largestGroup);
    gauge(registry, store, "store.wal.bytes", "Write-ahead log in use", StoreCounters::walBytes);
    gauge(
        registry,
        store,
        "store.trouble",
        "1 while changes fail",
        _ -> store.trouble().isPresent() ? 1 : 0);
  }

  private static void counter(
      MeterRegistry registry,
      WatchedStore store,
      String name,
      String description,
      ToDoubleFunction<StoreCounters> value) {
    FunctionCounter.builder(name, store, it -> value.applyAsDouble(it.counters()))
        .description(description)
        .register(registry);
  }

  private static void gauge(
      MeterRegistry registry,
      WatchedStore store,
      String name,
      String description,
      ToDoubleFunction<StoreCounters> value) {
    Gauge.builder(name, store, it -> value.applyAsDouble(it.counters()))
        .description(description)
        .register(registry);
  }
}

package io.watchword.testkit.store;

import io.watchword.core.unit.Store;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.store.sqlite.SqliteStore;

/** How many units wait in a store's queue: the port does not say it, every engine does. */
final class Waits {

  private Waits() {}

  static int waiting(Store store) {
    return switch (store) {
      case SqliteStore sqlite -> sqlite.counters().waiting();
      case PostgresStore postgres -> postgres.counters().waiting();
      default -> throw new IllegalArgumentException("an engine that does not tell: " + store);
    };
  }
}

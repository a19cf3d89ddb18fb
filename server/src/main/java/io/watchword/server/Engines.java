package io.watchword.server;

import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.server.settings.StoreSettings;
import io.watchword.server.settings.values.Secret;
import io.watchword.store.FolderLock;
import io.watchword.store.WatchedStore;
import io.watchword.store.postgres.PostgresSettings;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Opens the store that the settings ask for, and takes hold of the data folder. */
final class Engines {

  private Engines() {}

  /**
   * @throws StoreUnavailable with a message for the operator
   */
  static WatchedStore open(StoreSettings settings, List<Table<?>> tables, Sealer sealer) {
    if (settings.postgres().isPresent()) {
      return shared(settings.folder(), settings.postgres().get(), tables, sealer);
    }
    var store = new SqliteStore(SqliteSettings.in(settings.folder()), tables, sealer);
    return new WatchedStore(store, store::counters, () -> {});
  }

  private static WatchedStore shared(
      Path folder, StoreSettings.Postgres database, List<Table<?>> tables, Sealer sealer) {
    FolderLock lock;
    try {
      lock = FolderLock.take(folder);
    } catch (IOException e) {
      throw new StoreUnavailable(
          Reason.FAILED, "the data folder " + folder + " cannot be used: " + e, e);
    }
    Secret password = database.password();
    try {
      var store =
          new PostgresStore(
              PostgresSettings.of(
                  database.url(), database.user(), password == null ? "" : password.reveal()),
              tables,
              sealer);
      return new WatchedStore(store, store::counters, lock::close);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }
}

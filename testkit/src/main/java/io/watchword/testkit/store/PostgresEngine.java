package io.watchword.testkit.store;

import io.watchword.core.unit.Table;
import io.watchword.store.group.GroupLimits;
import io.watchword.store.postgres.PostgresSettings;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.postgres.LocalPostgres;
import io.watchword.testkit.time.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** PostgreSQL over a database of its own; each store that is opened is one node. */
public final class PostgresEngine implements StoreEngine {

  private final TestKeyring keyring = new TestKeyring();
  private final HandClock clock = new HandClock();
  private final List<PostgresStore> opened = new ArrayList<>();
  private @Nullable String url;

  @Override
  public String toString() {
    return "PostgreSQL";
  }

  /** Where the database is; made at the first call. */
  public synchronized String url() {
    String known = url;
    if (known == null) {
      known = LocalPostgres.shared().newDatabase();
      url = known;
    }
    return known;
  }

  /** Settings for a node of this database. */
  public PostgresSettings settings() {
    return PostgresSettings.of(url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
  }

  @Override
  public PostgresStore open(List<Table<?>> tables) {
    return open(settings(), tables);
  }

  @Override
  public PostgresStore open(List<Table<?>> tables, GroupLimits limits) {
    return open(settings().withLimits(limits).withCommitters(1), tables);
  }

  /** Opens a node with the given settings. */
  public PostgresStore open(PostgresSettings settings, List<Table<?>> tables) {
    PostgresStore store = new PostgresStore(settings, tables, keyring.sealer());
    opened.add(store);
    return store;
  }

  @Override
  public HandClock clock() {
    return clock;
  }

  @Override
  public void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(url(), LocalPostgres.USER, LocalPostgres.PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Path> files() {
    try (Stream<Path> files = Files.walk(LocalPostgres.shared().folder())) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(PostgresStore::close);
    String known = url;
    if (known != null) {
      LocalPostgres.shared().drop(known);
    }
  }
}

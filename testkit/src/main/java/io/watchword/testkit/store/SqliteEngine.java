package io.watchword.testkit.store;

import io.watchword.core.unit.Table;
import io.watchword.store.group.GroupLimits;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** SQLite over a folder of its own under the system's temporary folder. */
public final class SqliteEngine implements StoreEngine {

  private final Path folder;
  private final TestKeyring keyring = new TestKeyring();
  private final HandClock clock = new HandClock();
  private final List<SqliteStore> opened = new ArrayList<>();

  /** Makes the folder. */
  public SqliteEngine() {
    try {
      folder = Files.createTempDirectory("watchword-sqlite-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The data folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public String toString() {
    return "SQLite";
  }

  @Override
  public SqliteStore open(List<Table<?>> tables) {
    return open(SqliteSettings.in(folder), tables);
  }

  @Override
  public SqliteStore open(List<Table<?>> tables, GroupLimits limits) {
    return open(SqliteSettings.in(folder).withLimits(limits), tables);
  }

  /** Opens it with the given settings, whose folder should be {@link #folder}. */
  public SqliteStore open(SqliteSettings settings, List<Table<?>> tables) {
    SqliteStore store = new SqliteStore(settings, tables, keyring.sealer());
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
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("watchword.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(SqliteStore::close);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

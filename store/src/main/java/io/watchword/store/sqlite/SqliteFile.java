package io.watchword.store.sqlite;

import io.watchword.core.unit.Table;
import io.watchword.store.DatabaseFormat;
import io.watchword.store.Tables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The database file: how connections to it are made, and the tables in it. */
final class SqliteFile {

  static final String NAME = "watchword.db";
  private static final String MIGRATIONS = "io/watchword/store/sqlite/migrations";
  private static final int BUSY_MILLIS = 5_000;
  private static final int WRITER_CACHE_KIB = 32_768;
  private static final int READER_CACHE_KIB = 4_096;
  static final int PAGE_BYTES = 4096;

  private final Path file;

  SqliteFile(Path folder) {
    this.file = folder.resolve(NAME);
  }

  /** Makes the file if it is missing, brings its layout up to date and makes missing tables. */
  void prepare(Tables tables) throws SQLException {
    SQLiteDataSource source = source(config(WRITER_CACHE_KIB));
    DatabaseFormat.bringUp(source, MIGRATIONS, "the database " + file);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (Table<?> table : tables.all()) {
        prepare(table, connection, statement);
      }
      statement.execute("COMMIT");
    }
  }

  private void prepare(Table<?> table, Connection connection, Statement statement)
      throws SQLException {
    try (PreparedStatement known =
        connection.prepareStatement("SELECT sealed FROM row_tables WHERE name = ?")) {
      known.setString(1, table.name());
      try (ResultSet row = known.executeQuery()) {
        if (row.next()) {
          if (row.getBoolean(1) != table.sealed()) {
            throw Tables.sealedOtherwise(table, file.toString());
          }
          return;
        }
      }
    }
    String body = table.sealed() ? "BLOB" : "TEXT";
    String name = quoted(table.name());
    statement.execute(
        "CREATE TABLE "
            + name
            + " (id TEXT NOT NULL PRIMARY KEY, body "
            + body
            + " NOT NULL, useless_after INTEGER) STRICT");
    statement.execute(
        "CREATE INDEX "
            + quoted(table.name() + "_useless_after")
            + " ON "
            + name
            + " (useless_after) WHERE useless_after IS NOT NULL");
    try (PreparedStatement remember =
        connection.prepareStatement("INSERT INTO row_tables VALUES (?, ?)")) {
      remember.setString(1, table.name());
      remember.setBoolean(2, table.sealed());
      remember.executeUpdate();
    }
  }

  Connection writer(long largestBytes) throws SQLException {
    Connection connection = source(config(WRITER_CACHE_KIB)).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      if (largestBytes > 0) {
        statement.execute("PRAGMA max_page_count = " + Math.max(1, largestBytes / PAGE_BYTES));
      }
    }
    return connection;
  }

  Connection reader() throws SQLException {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return source(config).getConnection();
  }

  private SQLiteDataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-cacheKib);
    config.setPageSize(PAGE_BYTES);
    return config;
  }

  /**
   * Names are checked by {@link Table}; quoted, so that {@code order} is a table like any other.
   */
  static String quoted(String name) {
    return '"' + name + '"';
  }
}

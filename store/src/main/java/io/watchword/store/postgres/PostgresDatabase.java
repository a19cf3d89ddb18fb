package io.watchword.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.store.DatabaseFormat;
import io.watchword.store.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to one database, and the tables in it. */
final class PostgresDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);
  private static final String MIGRATIONS = "io/watchword/store/postgres/migrations";
  private static final long CONNECT_MILLIS = 3_000;

  /**
   * A node that dies inside a transaction must not hold its rows for long. An operator's {@code
   * synchronous_commit = off} would lose what was acknowledged; stronger settings than {@code on}
   * stay.
   */
  private static final String INIT =
      "SET idle_in_transaction_session_timeout = '10s'; SET lock_timeout = '5s';"
          + " SELECT set_config('synchronous_commit', 'on', false)"
          + " WHERE current_setting('synchronous_commit', true) = 'off'";

  private final HikariDataSource pool;
  private final String place;

  PostgresDatabase(PostgresSettings settings) {
    this.place = "the database " + settings.place();
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.committers() + settings.readers());
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(INIT);
    config.addDataSourceProperty("connectTimeout", "3");
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("ApplicationName", "watchword");
    // A plan that was made while a table was small would scan it until the next ANALYZE.
    config.addDataSourceProperty("prepareThreshold", "0");
    try {
      this.pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreUnavailable(Reason.FAILED, place + " cannot be reached", e);
    }
  }

  Connection connection() throws SQLException {
    return pool.getConnection();
  }

  /** Brings the layout up to date and makes missing tables; several nodes may do so at once. */
  void prepare(Tables tables) throws SQLException {
    DatabaseFormat.bringUp(pool, MIGRATIONS, place);
    try (Connection connection = pool.getConnection()) {
      warnIfNotDurable(connection);
      connection.setAutoCommit(false);
      for (Table<?> table : tables.all()) {
        prepare(table, connection);
        connection.commit();
      }
    }
  }

  private void warnIfNotDurable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT current_setting('fsync', true)")) {
      if (row.next() && "off".equals(row.getString(1))) {
        LOG.error("{} runs with fsync=off: what is acknowledged does not survive a crash", place);
      }
    }
  }

  private void prepare(Table<?> table, Connection connection) throws SQLException {
    // The entry is made first: a second node waits for it here, and then finds the table.
    try (PreparedStatement remember =
        connection.prepareStatement(
            "INSERT INTO row_tables VALUES (?, ?) ON CONFLICT (name) DO NOTHING")) {
      remember.setString(1, table.name());
      remember.setBoolean(2, table.sealed());
      if (remember.executeUpdate() == 0) {
        requireSame(table, connection);
        return;
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + quoted(table.name())
              + " (id TEXT COLLATE \"C\" NOT NULL PRIMARY KEY, body "
              + (table.sealed() ? "BYTEA" : "TEXT")
              + " NOT NULL, useless_after BIGINT)");
      statement.execute(
          "CREATE INDEX "
              + quoted(table.name() + "_useless_after")
              + " ON "
              + quoted(table.name())
              + " (useless_after) WHERE useless_after IS NOT NULL");
    }
  }

  private void requireSame(Table<?> table, Connection connection) throws SQLException {
    try (PreparedStatement known =
        connection.prepareStatement("SELECT sealed FROM row_tables WHERE name = ?")) {
      known.setString(1, table.name());
      try (ResultSet row = known.executeQuery()) {
        if (row.next() && row.getBoolean(1) != table.sealed()) {
          throw Tables.sealedOtherwise(table, place);
        }
      }
    }
  }

  /**
   * Names are checked by {@link Table}; quoted, so that {@code order} is a table like any other.
   */
  static String quoted(String name) {
    return '"' + name + '"';
  }

  @Override
  public void close() {
    pool.close();
  }
}

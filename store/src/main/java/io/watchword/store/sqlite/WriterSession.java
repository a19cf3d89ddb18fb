package io.watchword.store.sqlite;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import io.watchword.store.Tables;
import io.watchword.store.group.Change;
import io.watchword.store.group.Group;
import io.watchword.store.group.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The writer's connection and prepared statements. It is thrown away after any error: SQLite may
 * have rolled back by itself, and its driver has closed the statement that met the error.
 */
final class WriterSession implements AutoCloseable {

  private final Connection connection;
  private final Map<Table<?>, TableStatements> statements = new HashMap<>();
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final WriteAheadLog log;

  /** Takes over the connection, and closes it if the statements cannot be prepared. */
  WriterSession(Connection connection, Tables tables, Tally tally) throws SQLException {
    this.connection = connection;
    this.log = new WriteAheadLog(connection, tally);
    try {
      for (Table<?> table : tables.all()) {
        statements.put(table, new TableStatements(connection, table));
      }
      this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
      this.commit = connection.prepareStatement("COMMIT");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  void begin() throws SQLException {
    begin.executeUpdate();
  }

  void load(Group group, CommittedRows committed) throws SQLException {
    for (Key<?> key : group.keys()) {
      CommittedRows.Kept kept = committed.find(key);
      if (kept != null) {
        group.known(key, kept.row(), kept.uselessAfter());
        continue;
      }
      StoredRow row = statements(key.table()).find(key.id());
      if (row != null) {
        group.found(key, row.body(), row.uselessAfter());
      }
    }
  }

  void write(List<Change> changes) throws SQLException {
    for (Change change : changes) {
      statements(change.key().table()).add(change);
    }
    for (TableStatements table : statements.values()) {
      table.write();
    }
    for (Change change : changes) {
      log.grew(1 + change.length() / SqliteFile.PAGE_BYTES);
    }
  }

  void commit() throws SQLException {
    commit.executeUpdate();
  }

  int sweep(Table<?> table, long beforeMillis, int limit) throws SQLException {
    int removed = statements(table).sweep(beforeMillis, limit);
    log.grew(removed);
    return removed;
  }

  WriteAheadLog log() {
    return log;
  }

  private TableStatements statements(Table<?> table) {
    TableStatements found = statements.get(table);
    if (found == null) {
      throw new IllegalArgumentException("the store was not opened with " + table);
    }
    return found;
  }

  /** Rolls back what is not committed. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

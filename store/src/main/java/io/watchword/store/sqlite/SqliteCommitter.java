package io.watchword.store.sqlite;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.store.RowCodec;
import io.watchword.store.Tables;
import io.watchword.store.group.Change;
import io.watchword.store.group.CommitQueue;
import io.watchword.store.group.Group;
import io.watchword.store.group.Submission;
import io.watchword.store.group.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Makes groups durable, on the one thread that writes. */
final class SqliteCommitter implements CommitQueue.Committer {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteCommitter.class);

  /** How far a transaction came; it decides what may be said about a failure. */
  private enum Step {
    BEGIN,
    ROWS,
    COMMIT
  }

  private final Connection connection;
  private final Tables tables;
  private final RowCodec codec;
  private final Tally tally;
  private final WriteAheadLog log;
  private final Map<Table<?>, TableStatements> statements = new HashMap<>();
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement rollback;

  SqliteCommitter(Connection connection, Tables tables, RowCodec codec, Tally tally)
      throws SQLException {
    this.connection = connection;
    this.tables = tables;
    this.codec = codec;
    this.tally = tally;
    this.log = new WriteAheadLog(connection, tally);
    for (Table<?> table : tables.all()) {
      statements.put(table, new TableStatements(connection, table));
    }
    this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
    this.commit = connection.prepareStatement("COMMIT");
    this.rollback = connection.prepareStatement("ROLLBACK");
  }

  @Override
  public void commit(List<Submission<?>> submissions) {
    Group group = new Group(submissions, tables, codec);
    Step step = Step.BEGIN;
    try {
      begin.executeUpdate();
      step = Step.ROWS;
      load(group);
      group.run();
      List<Change> changes = group.changes();
      write(changes);
      step = Step.COMMIT;
      commit.executeUpdate();
      log.grew(changes.size());
      tally.committed(group.size(), !changes.isEmpty());
    } catch (SQLException | RuntimeException | Error e) {
      rollBack();
      failed(submissions, step, e);
      return;
    }
    group.settle();
  }

  private void load(Group group) throws SQLException {
    for (Key<?> key : group.keys()) {
      Object body = statements(key).find(key.id());
      if (body != null) {
        group.found(key, body);
      }
    }
  }

  private void write(List<Change> changes) throws SQLException {
    for (Change change : changes) {
      statements(change.key()).add(change);
    }
    for (TableStatements table : statements.values()) {
      table.write();
    }
  }

  private TableStatements statements(Key<?> key) {
    TableStatements found = statements.get(key.table());
    if (found == null) {
      throw new IllegalArgumentException("the store was not opened with " + key.table());
    }
    return found;
  }

  /** After a full disk or an I/O error SQLite may have rolled back by itself. */
  private void rollBack() {
    try {
      rollback.executeUpdate();
    } catch (SQLException e) {
      LOG.debug("no transaction to roll back: {}", e.getMessage());
    }
    statements.values().forEach(TableStatements::forget);
  }

  private void failed(List<Submission<?>> submissions, Step step, Throwable why) {
    if (submissions.size() == 1 || step == Step.BEGIN) {
      submissions.forEach(submission -> submission.fail(refusal(step, why)));
      return;
    }
    LOG.warn("{} units are run again one by one: {}", submissions.size(), why.getMessage());
    tally.alone();
    log.moveIntoFile(); // a full disk may have room again once the log starts anew
    for (Submission<?> submission : submissions) {
      commit(List.of(submission));
    }
  }

  private static RuntimeException refusal(Step step, Throwable why) {
    if (why instanceof RuntimeException ofTheUnit) {
      return ofTheUnit; // such as a row that has no JSON form
    }
    SQLiteErrorCode code =
        why instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY) {
      return new IllegalStateException("a row that the unit inserts exists already", why);
    }
    boolean full = code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_BUSY;
    if (step == Step.COMMIT && !full) {
      // The log may hold the whole transaction although the sync failed; a restart could find it.
      return new StoreUnavailable(Reason.UNKNOWN, "the commit met an error: " + code, why);
    }
    return new StoreUnavailable(Reason.FAILED, "the change was rolled back: " + code, why);
  }

  /** Removes rows that are useless since before an instant; how many. */
  int sweep(Table<?> table, long beforeMillis, int limit) throws SQLException {
    TableStatements swept = statements.get(table);
    int removed = swept == null ? 0 : swept.sweep(beforeMillis, limit);
    if (removed > 0) {
      log.grew(removed);
      tally.synced();
    }
    return removed;
  }

  @Override
  public void rest() {
    log.keepShort();
  }

  @Override
  public void close() {
    log.moveIntoFile();
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.warn("the database did not close cleanly: {}", e.getMessage());
    }
  }
}

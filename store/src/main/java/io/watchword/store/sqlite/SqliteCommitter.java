package io.watchword.store.sqlite;

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
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  private final SqliteFile file;
  private final long largestBytes;
  private final Tables tables;
  private final RowCodec codec;
  private final Tally tally;
  private final CommittedRows committed;
  private @Nullable WriterSession open;

  SqliteCommitter(
      SqliteFile file,
      long largestBytes,
      Tables tables,
      RowCodec codec,
      CommittedRows committed,
      Tally tally)
      throws SQLException {
    this.file = file;
    this.largestBytes = largestBytes;
    this.tables = tables;
    this.codec = codec;
    this.committed = committed;
    this.tally = tally;
    this.open = newSession();
  }

  private WriterSession newSession() throws SQLException {
    return new WriterSession(file.writer(largestBytes), tables, tally);
  }

  private WriterSession session() throws SQLException {
    WriterSession session = open;
    if (session == null) {
      session = newSession();
      open = session;
    }
    return session;
  }

  @Override
  public void commit(List<Submission<?>> submissions) {
    Group group = new Group(submissions, tables, codec);
    Step step = Step.BEGIN;
    List<Change> changes;
    try {
      WriterSession session = session();
      session.begin();
      step = Step.ROWS;
      session.load(group, committed);
      group.run();
      changes = group.changes();
      session.write(changes);
      step = Step.COMMIT;
      committed.committing();
      session.commit();
    } catch (SQLException | RuntimeException | Error e) {
      drop();
      failed(submissions, step, e);
      return;
    }
    committed.committed(group, changes);
    tally.committed(group.size(), !changes.isEmpty());
    group.settle();
  }

  private void failed(List<Submission<?>> submissions, Step step, Throwable why) {
    if (submissions.size() == 1 || step == Step.BEGIN) {
      submissions.forEach(submission -> submission.fail(refusal(step, why)));
      return;
    }
    LOG.warn("{} units are run again one by one: {}", submissions.size(), why.getMessage());
    tally.alone();
    makeRoom();
    for (Submission<?> submission : submissions) {
      commit(List.of(submission));
    }
  }

  /** A full disk may have room again once the log starts anew. */
  private void makeRoom() {
    try {
      session().log().moveIntoFile();
    } catch (SQLException e) {
      LOG.warn("the database cannot be opened again: {}", e.getMessage());
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
    try {
      committed.committing();
      int removed = session().sweep(table, beforeMillis, limit);
      committed.swept(table, removed);
      if (removed > 0) {
        tally.synced();
      }
      return removed;
    } catch (SQLException e) {
      drop();
      throw e;
    }
  }

  @Override
  public void rest() {
    WriterSession session = open;
    if (session != null) {
      session.log().keepShort();
    }
  }

  /** Closes the session, which rolls back; the next transaction opens another. */
  private void drop() {
    committed.forget();
    WriterSession session = open;
    open = null;
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        LOG.warn("the database did not close cleanly: {}", e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    makeRoom();
    drop();
  }
}

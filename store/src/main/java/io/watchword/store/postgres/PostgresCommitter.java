package io.watchword.store.postgres;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.store.RowCodec;
import io.watchword.store.Tables;
import io.watchword.store.group.Change;
import io.watchword.store.group.CommitQueue;
import io.watchword.store.group.Group;
import io.watchword.store.group.Submission;
import io.watchword.store.group.Tally;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes groups durable, on one thread and with a connection that it keeps between groups. */
final class PostgresCommitter implements CommitQueue.Committer {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresCommitter.class);

  /** Each time somebody else got on, so this many in a row mean that something is wrong. */
  private static final int MOST_CONFLICTS = 50;

  private static final int MOST_LOST_CONNECTIONS = 2;
  private static final int LONGEST_PAUSE_MILLIS = 20;

  private final PostgresDatabase database;
  private final Tables tables;
  private final RowCodec codec;
  private final Tally tally;
  private @Nullable Connection kept;

  PostgresCommitter(PostgresDatabase database, Tables tables, RowCodec codec, Tally tally) {
    this.database = database;
    this.tables = tables;
    this.codec = codec;
    this.tally = tally;
  }

  /** What came of one run of a group. */
  private sealed interface Outcome {
    record Committed() implements Outcome {}

    /** Rolled back; another run may succeed. */
    record Conflict(@Nullable Throwable why) implements Outcome {}

    /** Rolled back; it fails again however often it is run. */
    record Refused(RuntimeException why) implements Outcome {}

    /** Not begun, or ended with the connection. */
    record Lost(Throwable why) implements Outcome {}

    /** The connection ended while the server was committing. */
    record Unknown(Throwable why) implements Outcome {}
  }

  @Override
  public void commit(List<Submission<?>> submissions) {
    int conflicts = 0;
    int lost = 0;
    while (true) {
      Group group = new Group(submissions, tables, codec);
      switch (run(group)) {
        case Outcome.Committed() -> {
          group.settle();
          return;
        }
        case Outcome.Conflict(Throwable why) -> {
          tally.rerun();
          if (++conflicts > MOST_CONFLICTS) {
            fail(submissions, Reason.FAILED, "the change met too many conflicts", why);
            return;
          }
          pause(conflicts);
        }
        case Outcome.Lost(Throwable why) -> {
          if (++lost > MOST_LOST_CONNECTIONS) {
            fail(submissions, Reason.FAILED, "the database cannot be reached", why);
            return;
          }
        }
        case Outcome.Unknown(Throwable why) -> {
          fail(submissions, Reason.UNKNOWN, "the connection was lost during the commit", why);
          return;
        }
        case Outcome.Refused(RuntimeException why) -> {
          refused(submissions, why);
          return;
        }
      }
    }
  }

  private void refused(List<Submission<?>> submissions, RuntimeException why) {
    if (submissions.size() == 1) {
      submissions.getFirst().fail(why);
      return;
    }
    LOG.warn("{} units are run again one by one: {}", submissions.size(), why.getMessage());
    tally.alone();
    for (Submission<?> submission : submissions) {
      commit(List.of(submission));
    }
  }

  private static void fail(
      List<Submission<?>> submissions, Reason reason, String message, @Nullable Throwable why) {
    LOG.warn("{} units: {}", submissions.size(), message, why);
    submissions.forEach(each -> each.fail(new StoreUnavailable(reason, message, why)));
  }

  private Outcome run(Group group) {
    boolean committing = false;
    try {
      Connection connection = connection();
      GroupLoad.lock(connection, group);
      group.run();
      List<Change> changes = group.changes();
      GroupWrites writes = new GroupWrites(changes, group.stillAbsent());
      if (!writes.carryOut(connection)) {
        rollBack();
        return conflict(writes);
      }
      committing = true;
      connection.commit();
      tally.committed(group.size(), !changes.isEmpty());
      return new Outcome.Committed();
    } catch (SQLException | RuntimeException | Error e) {
      rollBack();
      return judge(e, committing);
    }
  }

  private Outcome conflict(GroupWrites writes) throws SQLException {
    Connection connection = connection();
    Key<?> taken = writes.takenInsert(connection);
    connection.rollback();
    return taken == null ? new Outcome.Conflict(null) : new Outcome.Refused(Group.exists(taken));
  }

  private static Outcome judge(Throwable thrown, boolean committing) {
    PostgresFailure failure = PostgresFailure.of(thrown);
    if (failure == PostgresFailure.CONFLICT) {
      return new Outcome.Conflict(thrown);
    }
    if (committing) {
      return new Outcome.Unknown(thrown);
    }
    if (failure == PostgresFailure.CONNECTION) {
      return new Outcome.Lost(thrown);
    }
    return new Outcome.Refused(
        thrown instanceof RuntimeException ofTheUnit
            ? ofTheUnit // such as a row that has no JSON form
            : new StoreUnavailable(Reason.FAILED, "the change was rolled back", thrown));
  }

  private Connection connection() throws SQLException {
    Connection connection = kept;
    if (connection == null) {
      connection = database.connection();
      kept = connection;
      connection.setAutoCommit(false);
    }
    return connection;
  }

  /** Gives a connection that cannot roll back to the pool, which then closes it. */
  private void rollBack() {
    Connection connection = kept;
    if (connection == null) {
      return;
    }
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.debug("no rollback: {}", e.getMessage());
      close();
    }
  }

  private static void pause(int conflicts) {
    try {
      Thread.sleep(Math.min(conflicts - 1, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Connection connection = kept;
    kept = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("a connection did not close cleanly: {}", e.getMessage());
      }
    }
  }
}

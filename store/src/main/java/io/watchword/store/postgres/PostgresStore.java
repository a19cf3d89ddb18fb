package io.watchword.store.postgres;

import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.store.PageLimits;
import io.watchword.store.RowCodec;
import io.watchword.store.StoreCounters;
import io.watchword.store.Tables;
import io.watchword.store.group.CommitQueue;
import io.watchword.store.group.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keeps rows in a PostgreSQL database that several nodes share. */
public final class PostgresStore implements Store {

  private final PostgresDatabase database;
  private final Tables tables;
  private final RowCodec codec;
  private final Tally tally = new Tally();
  private final CommitQueue commits;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Connects, and makes the tables if they are missing.
   *
   * @param tables every table that will be used
   * @param sealer seals the rows of the tables that ask for it; the same on every node
   * @throws StoreUnavailable with a message for the operator, if the database cannot be reached or
   *     is of a newer version
   */
  public PostgresStore(PostgresSettings settings, List<Table<?>> tables, Sealer sealer) {
    this.tables = new Tables(tables);
    this.codec = new RowCodec(sealer);
    this.database = new PostgresDatabase(settings);
    try {
      database.prepare(this.tables);
    } catch (SQLException e) {
      database.close();
      throw new StoreUnavailable(
          Reason.FAILED, "the database " + settings.place() + " cannot be prepared", e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
    this.commits =
        new CommitQueue(
            "store-write-",
            this.tables,
            settings.limits(),
            settings.committers(),
            () -> new PostgresCommitter(database, this.tables, codec, tally));
  }

  @Override
  public <R> R commit(Unit<R> unit) {
    return commits.commit(unit);
  }

  @Override
  public <V> @Nullable V read(Key<V> key) {
    tables.require(key);
    String sql =
        "SELECT body FROM " + PostgresDatabase.quoted(key.table().name()) + " WHERE id = ?";
    List<Object> found =
        query(
            sql,
            statement -> statement.setString(1, key.id()),
            row -> GroupLoad.body(row, 1, key.table()));
    return found.isEmpty() ? null : codec.decode(key, found.getFirst());
  }

  @Override
  public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
    tables.require(table);
    PageLimits.require(limit);
    String sql =
        "SELECT id, body FROM "
            + PostgresDatabase.quoted(table.name())
            + " WHERE id > ? ORDER BY id LIMIT ?";
    return query(
        sql,
        statement -> {
          statement.setString(1, after);
          statement.setInt(2, limit);
        },
        row -> {
          String id = row.getString(1);
          return new Entry<>(id, codec.decode(table.key(id), GroupLoad.body(row, 2, table)));
        });
  }

  @Override
  public int sweep(Table<?> table, Instant before, int limit) {
    tables.require(table);
    PageLimits.require(limit);
    String name = PostgresDatabase.quoted(table.name());
    // An array, because a sub-select may be evaluated more than once and then pass the limit.
    String sql =
        "DELETE FROM "
            + name
            + " WHERE id = ANY (ARRAY (SELECT id FROM "
            + name
            + " WHERE useless_after < ? ORDER BY useless_after LIMIT ? FOR UPDATE SKIP LOCKED))";
    return with(connection -> {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setLong(1, before.toEpochMilli());
        statement.setInt(2, limit);
        int removed = statement.executeUpdate();
        if (removed > 0) {
          tally.synced();
        }
        return removed;
      }
    });
  }

  private interface Binding {
    void to(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> List<T> query(String sql, Binding binding, Reading<T> reading) {
    return with(connection -> {
      List<T> found = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        binding.to(statement);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            found.add(reading.of(row));
          }
        }
      }
      return found;
    });
  }

  private <T> T with(Work<T> work) {
    if (closed.get()) {
      throw new StoreUnavailable(Reason.CLOSED, "the store is closed", null);
    }
    try (Connection connection = database.connection()) {
      return work.with(connection);
    } catch (SQLException e) {
      if (closed.get()) {
        throw new StoreUnavailable(Reason.CLOSED, "the store is closed", e);
      }
      throw new StoreUnavailable(Reason.FAILED, "the database did not answer", e);
    }
  }

  /** What this node has done so far. */
  public StoreCounters counters() {
    return tally.snapshot(commits.waiting());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      commits.close();
      database.close();
    }
  }
}

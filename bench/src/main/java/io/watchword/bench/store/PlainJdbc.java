package io.watchword.bench.store;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.store.RowCodec;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.postgres.LocalPostgres;
import io.watchword.testkit.store.PostgresEngine;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.store.StoreEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The limit: one connection that writes rows it does not read, in prepared batches, into tables
 * like the engine's, with bodies made beforehand. As in the engine, the head of the audit's chain
 * is written once a group. In PostgreSQL the driver rewrites each batch to few statements.
 */
final class PlainJdbc implements AutoCloseable {

  private static final Mac LINK = new Mac(1, "Zm9yIG1lYXN1cmluZyBvbmx5LCB0aGlzIGlzIG5vIGhhc2g");

  private final Connection connection;
  private final SqliteEngine ofItsOwn = new SqliteEngine();
  private final Map<Table<?>, PreparedStatement> writes = new HashMap<>();
  private final RowCodec codec = new RowCodec(new TestKeyring().sealer());
  private final String slot;
  private final String window;
  private final String record;
  private final String head;
  private final SplittableRandom random = new SplittableRandom(7);
  private final int subjects;
  private long records;

  private PlainJdbc(StoreEngine engine, int subjects) throws SQLException {
    this.subjects = subjects;
    boolean sqlite = engine instanceof SqliteEngine;
    this.connection =
        engine instanceof PostgresEngine postgres
            ? DriverManager.getConnection(
                postgres.url() + "?reWriteBatchedInserts=true",
                LocalPostgres.USER,
                LocalPostgres.PASSWORD)
            : DriverManager.getConnection("jdbc:sqlite:" + ofItsOwn.folder().resolve("plain.db"));
    try (Statement statement = connection.createStatement()) {
      if (sqlite) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("PRAGMA cache_size = -32768");
      }
      for (Table<?> table : SpendCode.TABLES) {
        create(statement, "plain_" + table.name(), sqlite);
      }
    }
    connection.setAutoCommit(false);
    for (Table<?> table : SpendCode.TABLES) {
      writes.put(table, upsert("plain_" + table.name()));
    }
    Instant now = SpendCode.nextInstant();
    this.slot = body(CodeSlot.TABLE, CodeSlot.EMPTY.activated(SpendCode.code(now), CodePolicy.IDA));
    this.window =
        body(SendWindows.TABLE, new SendWindows(Map.of("hour", new SendWindows.Window(now, 3))));
    this.record = body(AuditRow.TABLE, new AuditRow("0".repeat(64), LINK, SpendCode.record(now)));
    this.head = body(ChainHead.TABLE, new ChainHead(1_000_000, LINK, false));
  }

  static PlainJdbc of(StoreEngine engine, int subjects) throws SQLException {
    return new PlainJdbc(engine, subjects);
  }

  private <V> String body(Table<V> table, V row) {
    Key<V> key = table.key("body");
    return codec.encode(key, row).toString();
  }

  private static void create(Statement statement, String name, boolean sqlite) throws SQLException {
    statement.execute(
        "CREATE TABLE "
            + name
            + " (id TEXT "
            + (sqlite ? "" : "COLLATE \"C\" ")
            + "NOT NULL PRIMARY KEY, body TEXT NOT NULL, useless_after BIGINT)");
    statement.execute(
        "CREATE INDEX "
            + name
            + "_useless_after ON "
            + name
            + " (useless_after) WHERE useless_after IS NOT NULL");
  }

  private PreparedStatement upsert(String table) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO "
            + table
            + " (id, body, useless_after) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
            + " SET body = EXCLUDED.body, useless_after = EXCLUDED.useless_after");
  }

  void fill() throws SQLException {
    for (int i = 0; i < subjects; i++) {
      count(i);
      if (i % 1_000 == 999) {
        commit();
      }
    }
  }

  private void count(int subject) throws SQLException {
    long grain = Store.SWEEP_GRAIN.toMillis(); // as the store does it
    Long uselessAfter = Math.ceilDiv(SpendCode.nextInstant().toEpochMilli(), grain) * grain;
    add(CodeSlot.TABLE, SpendCode.id("code", subject), slot, uselessAfter);
    add(SendWindows.TABLE, SpendCode.id("person", subject), window, uselessAfter);
    add(SendWindows.TABLE, SpendCode.id("destination", subject), window, uselessAfter);
  }

  private void add(Table<?> table, String id, String body, @Nullable Long uselessAfter)
      throws SQLException {
    PreparedStatement statement = write(table);
    statement.setString(1, id);
    statement.setString(2, body);
    if (uselessAfter == null) {
      statement.setNull(3, Types.BIGINT);
    } else {
      statement.setLong(3, uselessAfter);
    }
    statement.addBatch();
  }

  private PreparedStatement write(Table<?> table) {
    PreparedStatement statement = writes.get(table);
    if (statement == null) {
      throw new IllegalArgumentException("no table " + table);
    }
    return statement;
  }

  private void commit() throws SQLException {
    for (Table<?> table : SpendCode.TABLES) {
      write(table).executeBatch();
    }
    connection.commit();
  }

  /** Units a second in groups of the given size. */
  double round(int group, double seconds) throws SQLException {
    long start = System.nanoTime();
    long end = start + (long) (seconds * 1e9);
    long units = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < group; i++) {
        // Each subject at most once a group: one statement cannot write a row twice.
        count(random.nextInt(subjects / group) * group + i);
        add(AuditRow.TABLE, "bench/%012d".formatted(++records), record, null);
      }
      add(ChainHead.TABLE, "bench", head, null);
      commit();
      units += group;
    }
    return units * 1e9 / (System.nanoTime() - start);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    ofItsOwn.close();
  }
}

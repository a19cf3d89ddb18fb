package io.watchword.bench.store;

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
import java.util.SplittableRandom;

/**
 * The limit: one connection that writes rows it does not read, in prepared batches, into tables
 * like the engine's, with bodies made beforehand. In PostgreSQL the driver rewrites each batch to
 * few statements.
 */
final class PlainJdbc implements AutoCloseable {

  private final Connection connection;
  private final SqliteEngine ofItsOwn = new SqliteEngine();
  private final PreparedStatement codes;
  private final PreparedStatement budgets;
  private final String code;
  private final String budget;
  private final SplittableRandom random = new SplittableRandom(7);

  private PlainJdbc(StoreEngine engine) throws SQLException {
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
      for (String table : new String[] {"plain_codes", "plain_budgets"}) {
        statement.execute(
            "CREATE TABLE "
                + table
                + " (id TEXT "
                + (sqlite ? "" : "COLLATE \"C\" ")
                + "NOT NULL PRIMARY KEY, body TEXT NOT NULL, useless_after BIGINT)");
        statement.execute(
            "CREATE INDEX "
                + table
                + "_useless_after ON "
                + table
                + " (useless_after) WHERE useless_after IS NOT NULL");
      }
    }
    connection.setAutoCommit(false);
    this.codes = upsert("plain_codes");
    this.budgets = upsert("plain_budgets");
    RowCodec codec = new RowCodec(new TestKeyring().sealer());
    SpendCode unit = SpendCode.of(1, 1);
    this.code = codec.encode(unit.code(), SpendCode.code(3, unit.now())).toString();
    this.budget = codec.encode(unit.person(), SpendCode.budget(3, unit.now())).toString();
  }

  static PlainJdbc of(StoreEngine engine) throws SQLException {
    return new PlainJdbc(engine);
  }

  private PreparedStatement upsert(String table) throws SQLException {
    return connection.prepareStatement(
        "INSERT INTO "
            + table
            + " (id, body, useless_after) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
            + " SET body = EXCLUDED.body, useless_after = EXCLUDED.useless_after");
  }

  void fill() throws SQLException {
    for (int i = 0; i < StoreBench.SUBJECTS; i++) {
      add(i, i);
      if (i % 1_000 == 999) {
        commit();
      }
    }
  }

  private void add(int subject, int other) throws SQLException {
    add(codes, SpendCode.id("code", subject), code);
    add(budgets, SpendCode.id("person", subject), budget);
    add(budgets, SpendCode.id("destination", other), budget);
  }

  private static void add(PreparedStatement statement, String id, String body) throws SQLException {
    statement.setString(1, id);
    statement.setString(2, body);
    statement.setLong(3, SpendCode.nextInstant().toEpochMilli());
    statement.addBatch();
  }

  private void commit() throws SQLException {
    codes.executeBatch();
    budgets.executeBatch();
    connection.commit();
  }

  /** Units a second in groups of the given size. */
  double round(int group, int seconds) throws SQLException {
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    long units = 0;
    while (System.nanoTime() < end) {
      for (int i = 0; i < group; i++) {
        // Each subject at most once a group: one statement cannot write a row twice.
        int subject = random.nextInt(StoreBench.SUBJECTS / group) * group + i;
        add(subject, subject);
      }
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

package io.watchword.bench.store;

import io.watchword.bench.Spread;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Store;
import io.watchword.store.StoreCounters;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.PostgresEngine;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.store.StoreEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * Measures durable units a second, each reading and writing a code's slot, two counters and the
 * audit, and the limit: plain JDBC that writes the same rows, blindly, in groups of the size that
 * the engine reached in the same minute. Rounds of both alternate.
 */
public final class StoreBench {

  private static final int ROUNDS = 5;
  private static final double AIM = 0.5;

  private final Options options;
  private final PrintStream out;

  /**
   * How it runs.
   *
   * @param seconds in all, without filling tables
   * @param subjects how many codes are on file, each with two counters; a multiple of 1,000
   * @param postgres over PostgreSQL instead of SQLite
   */
  public record Options(int seconds, int callers, int subjects, boolean postgres) {}

  /**
   * What a round said.
   *
   * @param limit units a second of plain JDBC
   * @param acknowledged groups whose callers were answered, as the engine counts
   * @param transactions that wrote, as SQLite counts; 0 where it cannot be told
   */
  public record Round(
      double unitsPerSecond,
      double unitsPerGroup,
      double limit,
      long acknowledged,
      long transactions) {

    /** What grouping leaves of the limit. */
    public double ratio() {
      return unitsPerSecond / limit;
    }
  }

  public StoreBench(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs it; the rounds, in their order. */
  public List<Round> run() throws IOException, InterruptedException {
    try (StoreEngine engine = options.postgres() ? new PostgresEngine() : new SqliteEngine();
        Store store = engine.open(SpendCode.TABLES);
        PlainJdbc plain = PlainJdbc.of(engine, options.subjects())) {
      var keyring = new TestKeyring();
      AuditTrail audit = AuditTrail.open(store, keyring, "bench", Instant.EPOCH);
      out.printf(
          "store: %s, %d callers, %d codes and %d counters on file%n",
          engine, options.callers(), options.subjects(), 2 * options.subjects());
      fill(store, audit);
      plain.fill();
      // A part of warm-up, and a part each for the engine and for the limit in each round.
      double part = options.seconds() / (2.0 * ROUNDS + 2);
      load(store, audit, part);
      plain.round(Math.max(1, options.callers() / 2), part);
      List<Round> rounds = new ArrayList<>();
      for (int i = 1; i <= ROUNDS; i++) {
        Round round = round(engine, store, audit, plain, part);
        print(i, round);
        rounds.add(round);
      }
      report(rounds);
      return rounds;
    } catch (SQLException e) {
      throw new IOException("plain JDBC failed", e);
    }
  }

  private Round round(
      StoreEngine engine, Store store, AuditTrail audit, PlainJdbc plain, double seconds)
      throws IOException, InterruptedException, SQLException {
    StoreCounters before = counters(store);
    long transactions = transactions(engine);
    double unitsPerSecond = load(store, audit, seconds);
    transactions = transactions(engine) - transactions;
    StoreCounters after = counters(store);
    long groups = after.groups() - before.groups();
    double unitsPerGroup = (double) (after.units() - before.units()) / groups;
    double limit = plain.round((int) Math.max(1, Math.round(unitsPerGroup)), seconds);
    return new Round(unitsPerSecond, unitsPerGroup, limit, groups, transactions);
  }

  private static long transactions(StoreEngine engine) throws IOException {
    return engine instanceof SqliteEngine sqlite
        ? new WalIndex(sqlite.folder().resolve("watchword.db")).transactions()
        : 0;
  }

  private void print(int number, Round round) {
    out.printf(
        Locale.ROOT,
        "  round %d: %6.0f units/s in groups of %4.1f, plain JDBC %6.0f units/s, ratio %.2f%n",
        number,
        round.unitsPerSecond(),
        round.unitsPerGroup(),
        round.limit(),
        round.ratio());
  }

  private void report(List<Round> rounds) {
    out.printf(
        Locale.ROOT,
        "  units a second:         %s%n  plain JDBC:             %s%n",
        spread(rounds, Round::unitsPerSecond).text(0),
        spread(rounds, Round::limit).text(0));
    if (!options.postgres()) {
      long groups = rounds.stream().mapToLong(Round::acknowledged).sum();
      long transactions = rounds.stream().mapToLong(Round::transactions).sum();
      out.printf(
          Locale.ROOT,
          "  syncs of the log a group: %.3f (%d transactions by SQLite's own count, each synced once;"
              + " %d groups acknowledged)%n",
          (double) transactions / groups,
          transactions,
          groups);
    }
    out.printf(
        Locale.ROOT,
        "  engine / plain JDBC:    %s, aim %.2f%n",
        spread(rounds, Round::ratio).text(2),
        AIM);
  }

  private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
  }

  private void fill(Store store, AuditTrail audit) {
    for (int i = 0; i < options.subjects(); i += 1_000) {
      store.commit(SpendCode.fill(i, i + 1_000, audit));
    }
  }

  private double load(Store store, AuditTrail audit, double seconds) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    LongAdder units = new LongAdder();
    CountDownLatch ended = new CountDownLatch(options.callers());
    long start = System.nanoTime();
    for (int i = 0; i < options.callers(); i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread.startVirtualThread(() -> {
        try {
          while (!stop.get()) {
            int subject = random.nextInt(options.subjects());
            store.commit(SpendCode.of(subject, random.nextInt(options.subjects()), audit));
            units.increment();
          }
        } finally {
          ended.countDown();
        }
      });
    }
    Thread.sleep((long) (seconds * 1_000));
    stop.set(true);
    ended.await();
    return units.sum() * 1e9 / (System.nanoTime() - start);
  }

  private static StoreCounters counters(Store store) {
    return switch (store) {
      case SqliteStore sqlite -> sqlite.counters();
      case PostgresStore postgres -> postgres.counters();
      default -> throw new IllegalArgumentException("an engine without counters: " + store);
    };
  }
}

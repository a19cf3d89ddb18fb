package io.watchword.bench.store;

import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.store.StoreCounters;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.store.PostgresEngine;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.store.StoreEngine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures durable units a second, each reading and writing a code and two budgets, by 1 and by 64
 * callers, and the limit: plain JDBC that writes the same three rows a unit, blindly, in groups of
 * the size that the engine reached. Rounds of both alternate; the median of each is printed.
 *
 * <p>Arguments: seconds a round (3), rounds (3), engine ({@code sqlite}, {@code postgres} or both).
 */
public final class StoreBench {

  static final int SUBJECTS = 100_000;

  private StoreBench() {}

  record Round(double unitsPerSecond, double unitsPerSync) {}

  /** Runs it. */
  public static void main(String[] args) throws InterruptedException, SQLException {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    String only = args.length > 2 ? args[2] : "";
    System.out.println("engine      callers  units/s  units/sync  plain JDBC units/s  ratio");
    for (StoreEngine engine : List.of(new SqliteEngine(), new PostgresEngine())) {
      try (engine) {
        if (only.isEmpty() || engine.toString().toLowerCase(Locale.ROOT).startsWith(only)) {
          measure(engine, seconds, rounds);
        }
      }
    }
  }

  private static void measure(StoreEngine engine, int seconds, int rounds)
      throws InterruptedException, SQLException {
    List<Table<?>> tables = List.of(SpendCode.CODES, SpendCode.BUDGETS);
    try (Store store = engine.open(tables);
        PlainJdbc plain = PlainJdbc.of(engine)) {
      fill(store);
      plain.fill();
      round(store, 64, seconds); // warms up
      plain.round(64, seconds);
      for (int callers : new int[] {1, 64}) {
        List<Round> ours = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
          Round round = round(store, callers, seconds);
          ours.add(round);
          limits.add(plain.round((int) Math.max(1, Math.round(round.unitsPerSync())), seconds));
        }
        print(engine, callers, ours, limits);
      }
    }
  }

  private static void print(
      StoreEngine engine, int callers, List<Round> ours, List<Double> limits) {
    ours.sort(Comparator.comparingDouble(Round::unitsPerSecond));
    limits.sort(null);
    Round median = ours.get(ours.size() / 2);
    double limit = limits.get(limits.size() / 2);
    System.out.printf(
        "%-11s %7d %8.0f %11.1f %19.0f %6.2f%n",
        engine,
        callers,
        median.unitsPerSecond(),
        median.unitsPerSync(),
        limit,
        median.unitsPerSecond() / limit);
  }

  private static void fill(Store store) {
    for (int i = 0; i < SUBJECTS; i += 1_000) {
      store.commit(SpendCode.fill(i, i + 1_000));
    }
  }

  private static Round round(Store store, int callers, int seconds) throws InterruptedException {
    StoreCounters before = counters(store);
    AtomicBoolean stop = new AtomicBoolean();
    LongAdder units = new LongAdder();
    CountDownLatch ended = new CountDownLatch(callers);
    long start = System.nanoTime();
    for (int i = 0; i < callers; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread.startVirtualThread(() -> {
        try {
          while (!stop.get()) {
            store.commit(SpendCode.of(random.nextInt(SUBJECTS), random.nextInt(SUBJECTS)));
            units.increment();
          }
        } finally {
          ended.countDown();
        }
      });
    }
    Thread.sleep(seconds * 1_000L);
    stop.set(true);
    ended.await();
    double elapsed = (System.nanoTime() - start) / 1e9;
    long syncs = counters(store).syncs() - before.syncs();
    return new Round(units.sum() / elapsed, (double) units.sum() / Math.max(1, syncs));
  }

  private static StoreCounters counters(Store store) {
    return switch (store) {
      case SqliteStore sqlite -> sqlite.counters();
      case PostgresStore postgres -> postgres.counters();
      default -> throw new IllegalArgumentException("an engine without counters: " + store);
    };
  }
}

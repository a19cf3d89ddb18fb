package io.watchword.bench.store;

import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A unit of the usual size: it counts a try of a code and of two budgets. */
record SpendCode(Key<Code> code, Key<Budget> person, Key<Budget> destination, Instant now)
    implements Unit<Boolean> {

  record Code(Mac hash, Instant sent, Instant expires, int tries, String transaction) {}

  record Budget(int used, Instant since, Instant frozenUntil) {}

  static final Table<Code> CODES = Table.clear("bench_codes", Code.class);
  static final Table<Budget> BUDGETS = Table.clear("bench_budgets", Budget.class);

  private static final Instant START = Instant.parse("2026-01-05T10:00:00.123456Z");
  private static final AtomicLong MILLIS = new AtomicLong();

  static SpendCode of(int subject, int other) {
    return new SpendCode(
        CODES.key(id("code", subject)),
        BUDGETS.key(id("person", subject)),
        BUDGETS.key(id("destination", other)),
        nextInstant());
  }

  /** A millisecond later at each call, so that the index of useless rows moves as it would. */
  static Instant nextInstant() {
    return START.plusMillis(MILLIS.incrementAndGet());
  }

  /** Makes the rows of some subjects. */
  static Unit<Boolean> fill(int from, int to) {
    List<Key<?>> keys = new ArrayList<>();
    List<SpendCode> units = new ArrayList<>();
    for (int i = from; i < to; i++) {
      SpendCode unit = of(i, i);
      units.add(unit);
      keys.addAll(unit.keys());
    }
    return new Unit<>() {
      @Override
      public Collection<Key<?>> keys() {
        return keys;
      }

      @Override
      public Boolean apply(Rows rows) {
        units.forEach(unit -> unit.apply(rows));
        return true;
      }
    };
  }

  /** Spread over the table as the look-up keys of identifiers are. */
  static String id(String kind, int number) {
    long mixed = (number + 1L) * 0x9E3779B97F4A7C15L;
    return "%016x%016x%016x%016x".formatted(mixed, ~mixed, mixed * 31, (long) kind.hashCode());
  }

  static Code code(int tries, Instant now) {
    return new Code(
        new Mac(1, "Zm9yIG1lYXN1cmluZyBvbmx5LCB0aGlzIGlzIG5vIGhhc2g"),
        now,
        now.plusSeconds(180),
        tries,
        "1234567890");
  }

  static Budget budget(int used, Instant now) {
    return new Budget(used, now, now.plusSeconds(1_800));
  }

  @Override
  public Collection<Key<?>> keys() {
    return List.of(code, person, destination);
  }

  @Override
  public Boolean apply(Rows rows) {
    Code before = rows.get(code);
    rows.put(code, code(before == null ? 0 : before.tries() + 1, now), now.plusSeconds(180));
    count(rows, person);
    count(rows, destination);
    return true;
  }

  private void count(Rows rows, Key<Budget> key) {
    Budget before = rows.get(key);
    rows.put(key, budget(before == null ? 0 : before.used() + 1, now), now.plusSeconds(86_400));
  }
}

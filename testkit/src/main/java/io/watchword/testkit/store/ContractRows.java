package io.watchword.testkit.store;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;

/** The rows that the contract suites write. */
final class ContractRows {

  /** A number that units count up. */
  record Counter(long value) {}

  /** May be spent a number of times. */
  record Token(int spent) {}

  /** Says something about a person. */
  record Secret(String name, Instant since) {}

  /** Cannot be turned into JSON, and its accessor's message is content. */
  record Unwritable(int number) {
    @Override
    public int number() {
      throw new IllegalStateException("Marked");
    }
  }

  static final Table<Counter> COUNTERS = Table.clear("counters", Counter.class);
  static final Table<Token> TOKENS = Table.clear("tokens", Token.class);
  static final Table<Secret> SECRETS = Table.sealed("secrets", Secret.class);
  static final Table<Unwritable> UNWRITABLE = Table.clear("unwritable", Unwritable.class);

  /** A table that no store is opened with. */
  static final Table<Token> STRANGERS = Table.clear("strangers", Token.class);

  static final List<Table<?>> TABLES = List.of(COUNTERS, TOKENS, SECRETS, UNWRITABLE);

  private ContractRows() {}

  static PlainUnit<Boolean> put(Key<Counter> key, long value) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, new Counter(value));
          return true;
        });
  }

  /** Adds one; the value afterwards. */
  static PlainUnit<Long> increment(Key<Counter> key) {
    return PlainUnit.over(
        key,
        rows -> {
          Counter before = rows.get(key);
          long after = before == null ? 1 : before.value() + 1;
          rows.put(key, new Counter(after));
          return after;
        });
  }

  static PlainUnit<Boolean> put(Key<Secret> key, Secret secret) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, secret);
          return true;
        });
  }

  static PlainUnit<Boolean> putUntil(Key<Token> key, Token token, Instant end) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, token, end);
          return true;
        });
  }

  static PlainUnit<Boolean> insert(Key<Counter> key, long value) {
    return PlainUnit.overNothing(rows -> {
      rows.insert(key, new Counter(value));
      return true;
    });
  }
}

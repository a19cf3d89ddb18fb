package io.watchword.core.unit;

import java.util.Optional;

/**
 * A counter that every change to a group of rarely changing rows raises, in the same unit, so that
 * each node can see within a second that its {@link CachedRows} are out of date.
 */
public record Generation(long number) {

  private static final Table<Generation> TABLE = Table.clear("generations", Generation.class);

  /** Callers: partners, API keys, licences, policies, applications, clients. */
  public static final Key<Generation> CALLERS = TABLE.key("callers");

  /** The server's keys and the trusted certificates. */
  public static final Key<Generation> KEYS = TABLE.key("keys");

  /** Sessions that ended before their time. */
  public static final Key<Generation> SESSIONS = TABLE.key("sessions");

  /** Of nothing: raised to see whether the store can write. */
  public static final Key<Generation> PROBE = TABLE.key("probe");

  /** Where generations are kept, for engines that want to know their tables. */
  public static Table<Generation> table() {
    return TABLE;
  }

  /** Raises a generation; the unit must have named the key. */
  public static void raise(Rows rows, Key<Generation> key) {
    long number = Optional.ofNullable(rows.get(key)).map(Generation::number).orElse(0L);
    rows.put(key, new Generation(number + 1));
  }
}

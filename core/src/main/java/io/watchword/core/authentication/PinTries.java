package io.watchword.core.authentication;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Wrong PINs of a person in a row (contract identity-v1 6). A try is spent before the PIN is
 * compared, so that any number of them at the same time are not compared more often than the limit.
 *
 * @param wrong tries begun since the last right one
 * @param lockedAt since when no PIN is compared; {@code null}: not locked
 */
public record PinTries(int wrong, @Nullable Instant lockedAt) {

  /** Keyed by person id. */
  public static final Table<PinTries> TABLE = Table.clear("pin_tries", PinTries.class);

  /**
   * How often, and what then.
   *
   * @param tries the wrong one with this number locks
   * @param lock how long
   */
  public record Limit(int tries, Duration lock) {

    /** Contract identity-v1 6. */
    public static final Limit DEFAULT = new Limit(5, Duration.ofMinutes(30));
  }

  /** Spends a try; false: locked, and no PIN may be compared. */
  static boolean spend(Rows rows, Key<PinTries> key, Limit limit, Instant now) {
    PinTries row = rows.get(key);
    Instant locked = row == null ? null : row.lockedAt;
    if (locked != null && now.isBefore(locked.plus(limit.lock))) {
      return false;
    }
    int wrong = row == null || locked != null ? 1 : row.wrong + 1;
    // The row stays until somebody is right: tries in a row know no time.
    rows.put(key, new PinTries(wrong, wrong >= limit.tries ? now : null));
    return true;
  }

  /** Gives a try back whose PIN was not compared after all. */
  static void giveBack(Rows rows, Key<PinTries> key) {
    PinTries row = rows.get(key);
    if (row != null) {
      rows.put(key, new PinTries(Math.max(0, row.wrong - 1), null));
    }
  }
}

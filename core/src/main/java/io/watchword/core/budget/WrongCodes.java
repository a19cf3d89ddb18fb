package io.watchword.core.budget;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Wrong codes, or passwords, of a person, at one caller or at all of them.
 *
 * @param count since the counter was last empty
 * @param lastAt when the last one was tried
 * @param shutUntil nothing is compared before this instant; {@code null}: never shut yet
 * @param closings how often it was shut, which doubles the time
 */
public record WrongCodes(int count, Instant lastAt, @Nullable Instant shutUntil, int closings) {

  /** Keyed by person, and person and caller. */
  public static final Table<WrongCodes> TABLE = Table.clear("wrong_codes", WrongCodes.class);

  /**
   * A counter and its limit.
   *
   * @param key the row that counts
   * @param most wrong codes; with this one it shuts
   */
  public record Limit(Key<WrongCodes> key, int most, BudgetPolicy policy) {

    /** The counter of one person at one caller. */
    public static Limit atCaller(String person, String caller, BudgetPolicy policy) {
      return new Limit(TABLE.key(person + "/" + caller), policy.wrongPerPersonAndCaller(), policy);
    }

    /** The counter of one person over all callers. */
    public static Limit everywhere(String person, BudgetPolicy policy) {
      return new Limit(TABLE.key(person), policy.wrongPerPerson(), policy);
    }

    public boolean shut(Rows rows, Instant now) {
      WrongCodes row = rows.get(key);
      return row != null && row.shutUntil() != null && now.isBefore(row.shutUntil());
    }

    /** Whether it is shut or was, and has not been forgotten since. */
    boolean wasShut(Rows rows, Instant now) {
      return remembered(rows, now).closings() > 0;
    }

    private WrongCodes remembered(Rows rows, Instant now) {
      WrongCodes row = rows.get(key);
      return row == null || !now.isBefore(row.lastAt().plus(policy.forgotten()))
          ? new WrongCodes(0, now, null, 0)
          : row;
    }

    /** Counts a wrong code and shuts the counter if it was the last that is allowed. */
    public void wrong(Rows rows, Instant now) {
      WrongCodes before = remembered(rows, now);
      int count = before.count() + 1;
      WrongCodes next =
          count < most
              ? new WrongCodes(count, now, before.shutUntil(), before.closings())
              : new WrongCodes(0, now, now.plus(length(before.closings())), before.closings() + 1);
      Instant shutUntil = next.shutUntil();
      Instant remembered = shutUntil != null && shutUntil.isAfter(now) ? shutUntil : now;
      rows.put(key, next, remembered.plus(policy.forgotten()));
    }

    /** Of the latest wrong one it was never found out whether it was. */
    public void takeBack(Rows rows, Instant now) {
      WrongCodes row = rows.get(key);
      if (row != null && row.count() > 0) {
        rows.put(
            key,
            new WrongCodes(row.count() - 1, row.lastAt(), row.shutUntil(), row.closings()),
            now.plus(policy.forgotten()));
      }
    }

    /** A right code empties the counter. */
    public void right(Rows rows) {
      rows.delete(key);
    }

    private Duration length(int closings) {
      Duration doubled = policy.shut().multipliedBy(1L << Math.min(closings, 16));
      return doubled.compareTo(policy.longestShut()) > 0 ? policy.longestShut() : doubled;
    }
  }
}

package io.watchword.core.budget;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.List;

/**
 * The two counters of wrong codes, PINs or biometrics that stand above one person's slots.
 *
 * @param atCaller wrong ones of one kind, of the person at this caller; it is the first to fill up
 * @param everywhere wrong ones of that kind, of the person at all callers
 * @param claimed whether anybody may call. What strangers guess counts everywhere only until their
 *     own counter shuts for the first time: else they could shut a person out of every other door
 *     by coming back each time it opens
 */
public record Guesses(WrongCodes.Limit atCaller, WrongCodes.Limit everywhere, boolean claimed) {

  /**
   * What is guessed. Each kind has counters of its own: a right PIN must not empty those of
   * fingers, nor a right code those of PINs.
   */
  public enum Kind {
    CODE(""),
    PIN("#pin"),
    BODY("#body");

    private final String mark;

    Kind(String mark) {
      this.mark = mark;
    }

    /** Under what a person's counters of this kind stand; ids of people hold no such character. */
    public String of(String person) {
      return person + mark;
    }
  }

  /** At a caller that has shown who it is. */
  public static Guesses at(Kind kind, String person, String caller, BudgetPolicy policy) {
    return of(kind.of(person), caller, policy, false);
  }

  /**
   * At a door where anybody may call, under any name: all of them share a counter.
   *
   * @param door which no caller's id is, for it begins with a slash
   */
  public static Guesses ofAnybody(String person, String door, BudgetPolicy policy) {
    return of(person, "/" + door, policy, true);
  }

  private static Guesses of(String person, String caller, BudgetPolicy policy, boolean claimed) {
    return new Guesses(
        WrongCodes.Limit.atCaller(person, caller, policy),
        WrongCodes.Limit.everywhere(person, policy),
        claimed);
  }

  /** The rows of both. */
  public List<Key<?>> keys() {
    return List.of(atCaller.key(), everywhere.key());
  }

  /** Whether nothing of this person is compared for this caller. */
  public boolean shut(Rows rows, Instant now) {
    return atCaller.shut(rows, now) || everywhere.shut(rows, now);
  }

  /** Counts a wrong one. */
  public void wrong(Rows rows, Instant now) {
    if (!claimed || !atCaller.wasShut(rows, now)) {
      everywhere.wrong(rows, now);
    }
    atCaller.wrong(rows, now);
  }

  /** Of the latest wrong one it was never found out whether it was. */
  public void takeBack(Rows rows, Instant now) {
    atCaller.takeBack(rows, now);
    everywhere.takeBack(rows, now);
  }

  /** A right one empties both. */
  public void right(Rows rows) {
    atCaller.right(rows);
    everywhere.right(rows);
  }
}

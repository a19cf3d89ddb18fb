package io.watchword.core.code;

import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a code lives. There is at most one active code; others may be on their way to the person
 * and become active only when a courier has taken them, so a send that fails leaves the former code
 * as it was.
 *
 * @param active the code that can be given back; {@code null}: none
 * @param pending codes whose letters are under way, oldest first
 * @param wrongTries against the active code
 * @param frozenAt since when the slot is frozen; {@code null}: not frozen
 * @param newest when the latest code that ever was active was asked for; an older one whose letter
 *     arrives late never becomes active, not even when the later one is used up. {@code null}: none
 */
public record CodeSlot(
    @Nullable Code active,
    List<Code> pending,
    int wrongTries,
    @Nullable Instant frozenAt,
    @Nullable Instant newest) {

  /** Keyed by {@link io.watchword.core.keys.Keyring#lookup} of purpose and subject. */
  public static final Table<CodeSlot> TABLE = Table.clear("codes", CodeSlot.class);

  public static final CodeSlot EMPTY = new CodeSlot(null, List.of(), 0, null, null);

  private static final int MOST_PENDING = 8;

  /**
   * A code at rest.
   *
   * @param mac keyed hash over everything that the code is bound to
   */
  public record Code(Mac mac, Instant createdAt, Instant expiresAt) {}

  /** What became of a code that was given back. */
  public enum Verdict {
    /** There is no code to compare with. */
    NONE,
    /** Frozen: not compared. */
    FROZEN,
    /** Right and in time; it is consumed. */
    ACCEPTED,
    /** Too late. By the policy's manner it was right and is consumed, or it was not compared. */
    LATE,
    /** Wrong; a try is spent. */
    WRONG,
    /** Wrong, and it was the try that freezes the slot. */
    WRONG_AND_FROZEN
  }

  /** A verdict and the slot after it. */
  public record Checked(Verdict verdict, CodeSlot slot) {}

  public boolean frozen(CodePolicy policy, Instant now) {
    return frozenAt != null && now.isBefore(frozenAt.plus(policy.freeze()));
  }

  /** With another code on its way. A freeze that is over is forgotten. */
  public CodeSlot withPending(Code code, CodePolicy policy, Instant now) {
    CodeSlot thawed = thawed(policy, now);
    var codes = new ArrayList<>(thawed.pending);
    codes.removeIf(old -> !now.isBefore(old.expiresAt()));
    codes.add(code);
    while (codes.size() > MOST_PENDING) {
      codes.removeFirst();
    }
    return new CodeSlot(
        thawed.active, List.copyOf(codes), thawed.wrongTries, thawed.frozenAt, newest);
  }

  /**
   * The code's letter was taken: it becomes the active one, unless a code that was asked for later
   * is or was active already. The slot must not be frozen.
   */
  public CodeSlot activated(Code code, CodePolicy policy) {
    CodeSlot rest = dropped(code);
    if (newest != null && newest.isAfter(code.createdAt())) {
      return rest;
    }
    int tries =
        switch (policy.manner().resend()) {
          case TRIES_ANEW -> 0;
          case TRIES_STAY -> wrongTries;
        };
    return new CodeSlot(code, rest.pending, tries, null, code.createdAt());
  }

  /** The code's letter was not taken: it never becomes valid. */
  public CodeSlot dropped(Code code) {
    return new CodeSlot(
        active,
        pending.stream().filter(other -> !other.equals(code)).toList(),
        wrongTries,
        frozenAt,
        newest);
  }

  /**
   * Spends a try or the code. This is the one place where a code is compared, and it is inside the
   * unit that holds the slot's row, so that parallel guesses are counted one after another.
   *
   * @param matches compares a stored hash with the code that was given back, in constant time;
   *     called at most once
   */
  public Checked check(CodePolicy policy, Predicate<Mac> matches, Instant now) {
    CodeSlot slot = thawed(policy, now);
    Code current = slot.active;
    if (keepsItsCode(policy) && current != null && !now.isBefore(current.expiresAt())) {
      boolean told = now.isBefore(current.expiresAt().plus(policy.lateness()));
      return new Checked(told ? Verdict.LATE : Verdict.NONE, slot);
    }
    if (frozen(policy, now)) {
      return new Checked(Verdict.FROZEN, this);
    }
    if (slot.active == null) {
      return new Checked(Verdict.NONE, slot);
    }
    if (matches.test(slot.active.mac())) {
      Verdict verdict = now.isBefore(slot.active.expiresAt()) ? Verdict.ACCEPTED : Verdict.LATE;
      return new Checked(verdict, new CodeSlot(null, slot.pending, 0, null, newest));
    }
    int wrong = slot.wrongTries + 1;
    return wrong < policy.tries()
        ? new Checked(Verdict.WRONG, new CodeSlot(slot.active, slot.pending, wrong, null, newest))
        : new Checked(
            Verdict.WRONG_AND_FROZEN,
            new CodeSlot(
                keepsItsCode(policy) ? slot.active : null, slot.pending, wrong, now, newest));
  }

  /** Until when the row matters. */
  public Instant uselessAfter(CodePolicy policy, Instant now) {
    return now.plus(policy.freeze()).plus(policy.lifetime()).plus(policy.lifetime());
  }

  private CodeSlot thawed(CodePolicy policy, Instant now) {
    if (frozenAt != null && !frozen(policy, now)) {
      return new CodeSlot(keepsItsCode(policy) ? active : null, pending, 0, null, newest);
    }
    boolean longAgo =
        frozenAt == null
            && newest != null
            && !now.isBefore(newest.plus(policy.lifetime()).plus(policy.freeze()));
    return longAgo ? new CodeSlot(active, pending, 0, null, newest) : this;
  }

  /** Whether a frozen slot still knows the code that was tried, to tell when it is late. */
  private static boolean keepsItsCode(CodePolicy policy) {
    return policy.manner().late() == CodePolicy.Late.NOT_COMPARED;
  }
}

package io.watchword.core.code;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.Guesses;
import io.watchword.core.unit.Key;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the codes of one door live.
 *
 * @param purpose keeps the slots and codes of different purposes apart
 * @param digits of a code, 4 to 10
 * @param lifetime from the request on
 * @param tries the wrong try with this number freezes the slot
 * @param freeze how long a frozen slot neither takes a code nor gets one
 * @param floodWindow in which requests of a person are counted
 * @param floodMost requests in that window; the next is refused
 * @param manner what is told apart by more than numbers
 */
public record CodePolicy(
    String purpose,
    int digits,
    Duration lifetime,
    int tries,
    Duration freeze,
    Duration floodWindow,
    int floodMost,
    Manner manner) {

  /**
   * How the codes of a door behave.
   *
   * @param slot whose slot a code lives in
   * @param late what becomes of a code that comes back too late
   * @param resend what becomes of the tries when another code is sent
   * @param callers who may give a code back
   */
  public record Manner(Slot slot, Late late, Resend resend, Callers callers) {

    /** The IDA door. */
    public static final Manner IDA =
        new Manner(Slot.PRESENTED, Late.CONSUMED, Resend.TRIES_ANEW, Callers.PROVEN);

    /** Logging in at the kernel doors (contract kernel B.6 and B.7). */
    public static final Manner KERNEL_LOGIN =
        new Manner(Slot.SUBJECT, Late.NOT_COMPARED, Resend.TRIES_STAY, Callers.ANYBODY);

    /** Codes for keys at the kernel doors. */
    public static final Manner KERNEL_KEY =
        new Manner(Slot.SUBJECT, Late.NOT_COMPARED, Resend.TRIES_STAY, Callers.PROVEN);

    /** The identity v1 door (contract identity-v1 2.3), where tries are not the slot's anyway. */
    public static final Manner IDENTITY_V1 =
        new Manner(Slot.TRANSACTION, Late.NOT_COMPARED, Resend.TRIES_ANEW, Callers.PROVEN);
  }

  /** Who may ask for a code and give it back. */
  public enum Callers {
    /** Only who has shown to be a partner or a client. */
    PROVEN,
    /** Anybody, under any name. */
    ANYBODY
  }

  /** Whose slot a code lives in. */
  public enum Slot {
    /** The identifier's, exactly as presented; the code is for its transaction and caller only. */
    PRESENTED,
    /** Of whom or what it is for, whichever way they were named and whoever asks. */
    SUBJECT,
    /**
     * Of one transaction of one caller about a person, whichever way they were named. Tries and
     * freeze are the person's, over all these slots ({@link PersonTries}), and the last try freezes
     * without being compared.
     */
    TRANSACTION
  }

  /** What becomes of a code that comes back after its lifetime. */
  public enum Late {
    /** It is compared; a right one is consumed. */
    CONSUMED,
    /** It is neither compared nor counted, and that it is late is told even of a frozen slot. */
    NOT_COMPARED
  }

  /** What becomes of the wrong tries when another code is sent. */
  public enum Resend {
    TRIES_ANEW,
    /** They stay until a right code, a freeze that is over, or a freeze's time without a code. */
    TRIES_STAY
  }

  /** Contract ida 8. */
  public static final CodePolicy IDA =
      new CodePolicy(
          "ida-otp",
          6,
          Duration.ofMinutes(3),
          5,
          Duration.ofMinutes(30),
          Duration.ofMinutes(1),
          100,
          Manner.IDA);

  /** Codes with which somebody logs in (contract kernel F). */
  public static final CodePolicy KERNEL_LOGIN = kernel("kernel-login", Manner.KERNEL_LOGIN);

  /** Codes for keys (contract kernel F). */
  public static final CodePolicy KERNEL_KEY = kernel("kernel-key", Manner.KERNEL_KEY);

  /** Contract identity-v1 2.3. */
  public static final CodePolicy IDENTITY_V1 =
      new CodePolicy(
          "identity-v1-otp",
          6,
          Duration.ofMinutes(3),
          4,
          Duration.ofHours(2),
          Duration.ofMinutes(1),
          4,
          Manner.IDENTITY_V1);

  private static CodePolicy kernel(String purpose, Manner manner) {
    return new CodePolicy(
        purpose,
        6,
        Duration.ofMinutes(3),
        3,
        Duration.ofMinutes(30),
        Duration.ofMinutes(1),
        100,
        manner);
  }

  public CodePolicy {
    if (digits < 4 || digits > 10 || tries < 1 || floodMost < 1) {
      throw new IllegalArgumentException("a code has 4 to 10 digits and at least one try");
    }
  }

  /**
   * What a code is bound to.
   *
   * @param presented the identifier as somebody wrote it
   * @param subject internal id of whom or what it is for
   */
  public CodeBinding binding(String presented, String subject, String transaction, String caller) {
    return switch (manner.slot()) {
      case PRESENTED -> new CodeBinding(purpose, presented, transaction, caller);
      case SUBJECT -> new CodeBinding(purpose, subject, "", "");
      case TRANSACTION ->
          new CodeBinding(purpose, subject + "/" + caller + "/" + transaction, transaction, caller);
    };
  }

  /** The counters of wrong codes that stand above a person's slots. */
  Guesses guesses(String person, String caller, BudgetPolicy budgets) {
    return switch (manner.callers()) {
      case PROVEN -> Guesses.at(Guesses.Kind.CODE, person, caller, budgets);
      case ANYBODY -> Guesses.ofAnybody(person, purpose, budgets);
    };
  }

  /** Whether somebody who gives a code back must name the transaction in which it was sent. */
  boolean remembersTransactions() {
    return manner.slot() != Slot.SUBJECT;
  }

  /** Whether they must name the person in the same way as when it was sent. */
  boolean remembersType() {
    return manner.slot() == Slot.PRESENTED;
  }

  /** Where a person's tries over all slots are counted; {@code null}: each slot counts its own. */
  @Nullable Key<PersonTries> triesKey(String person) {
    return manner.slot() == Slot.TRANSACTION ? PersonTries.TABLE.key(purpose + "/" + person) : null;
  }

  /** How long after its end a late code is still told from none. */
  Duration lateness() {
    return freeze.plus(lifetime);
  }
}

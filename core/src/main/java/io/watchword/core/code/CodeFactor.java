package io.watchword.core.code;

import io.watchword.core.budget.Guesses;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A code that is given back: contract ida 6.6, validation steps 1 to 7, and contract kernel B.6,
 * inside the decision's unit. Every door's codes come back through here, the one way to learn
 * whether a code is right.
 *
 * @param sent where the transaction is remembered; {@code null}: the policy asks for none
 * @param slot the row of the code
 * @param tries of the person over all slots of the door; {@code null}: the slot counts its own
 * @param guesses wrong codes of the person, at this caller and at all of them
 */
public record CodeFactor(
    CodePolicy policy,
    CodeBinding binding,
    Keyring keyring,
    SentTransactions.@Nullable Place sent,
    Key<CodeSlot> slot,
    @Nullable Key<PersonTries> tries,
    Guesses guesses) {

  /** What became of the factor: right, different, or no answer. */
  public sealed interface Result {}

  public record Right() implements Result {}

  public record Different() implements Result {}

  public record NoAnswer(CodeRefusal why) implements Result {}

  /**
   * @param person whose counters stand above the slot
   * @param caller who asks
   */
  public static CodeFactor of(
      SendCode.CodeRules rules,
      CodeBinding binding,
      String person,
      String caller,
      Keyring keyring) {
    return new CodeFactor(
        rules.slots(),
        binding,
        keyring,
        rules.slots().remembersTransactions()
            ? SentTransactions.Place.of(keyring, binding, person)
            : null,
        binding.slot(keyring),
        rules.slots().triesKey(person),
        rules.slots().guesses(person, caller, rules.budgets()));
  }

  /** The rows that {@link #spend} needs. */
  public List<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(guesses.keys());
    keys.add(slot);
    if (sent != null) {
      keys.add(sent.key());
    }
    if (tries != null) {
      keys.add(tries);
    }
    return keys;
  }

  /**
   * Spends a try or the code.
   *
   * @param type of the identifier that was presented; {@code null}: the code is for none
   */
  public Result spend(Rows rows, String code, @Nullable IdentifierType type, Instant now) {
    CodeRefusal foreign = belongsTogether(rows, type);
    if (foreign != null) {
      return new NoAnswer(foreign);
    }
    if (guesses.shut(rows, now)) {
      return new NoAnswer(new CodeRefusal.Frozen());
    }
    CodeSlot before = Optional.ofNullable(rows.get(slot)).orElse(CodeSlot.EMPTY);
    if (tries != null && tooManyOfPerson(rows, tries, before, now)) {
      return new NoAnswer(new CodeRefusal.Frozen());
    }
    CodeSlot.Checked checked =
        before.check(policy, mac -> binding.matches(keyring, mac, code), now);
    rows.put(slot, checked.slot(), checked.slot().uselessAfter(policy, now));
    return switch (checked.verdict()) {
      case NONE -> new NoAnswer(new CodeRefusal.NoCode());
      case FROZEN -> new NoAnswer(new CodeRefusal.Frozen());
      case LATE -> new NoAnswer(new CodeRefusal.Expired());
      case ACCEPTED -> {
        guesses.right(rows);
        if (tries != null) {
          rows.delete(tries);
        }
        yield new Right();
      }
      case WRONG -> {
        guesses.wrong(rows, now);
        if (tries != null) {
          PersonTries.at(rows, tries, policy, now).wrong(rows, tries, policy, now);
        }
        yield new Different();
      }
      case WRONG_AND_FROZEN -> {
        guesses.wrong(rows, now);
        yield new NoAnswer(new CodeRefusal.Frozen());
      }
    };
  }

  /** Whether the person's tries are used up; of a code that is late or gone that is told first. */
  private boolean tooManyOfPerson(Rows rows, Key<PersonTries> key, CodeSlot before, Instant now) {
    PersonTries person = PersonTries.at(rows, key, policy, now);
    CodeSlot.Code active = before.active();
    if (active != null && !now.isBefore(active.expiresAt())) {
      return false;
    }
    if (person.frozen(policy, now)) {
      return true;
    }
    if (active == null || !person.spent(policy)) {
      return false;
    }
    person.freeze(rows, key, policy, now);
    return true;
  }

  private @Nullable CodeRefusal belongsTogether(Rows rows, @Nullable IdentifierType type) {
    if (sent == null) {
      return null;
    }
    Optional<SentTransactions.Sent> own = sent.own(rows);
    if (own.isEmpty()) {
      return sent.isOthers(rows)
          ? new CodeRefusal.OtherCaller()
          : new CodeRefusal.OtherTransaction();
    }
    return !policy.remembersType() || own.get().type() == type
        ? null
        : new CodeRefusal.OtherIdentifierType();
  }
}

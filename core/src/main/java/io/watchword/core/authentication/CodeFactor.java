package io.watchword.core.authentication;

import io.watchword.core.budget.WrongCodes;
import io.watchword.core.code.CodeBinding;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SentCode;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A code that is given back: contract ida 6.6, validation steps 1 to 7, inside the decision's unit.
 *
 * @param sent the rows that remember the transaction
 * @param slot the row of the code
 * @param atCaller wrong codes of the person at this caller; looked at first, so that strangers
 *     cannot shut a person out everywhere
 * @param everywhere wrong codes of the person at all callers
 */
record CodeFactor(
    SendCode.CodeRules rules,
    CodeBinding binding,
    String person,
    Keyring keyring,
    SentCode.Keys sent,
    Key<CodeSlot> slot,
    WrongCodes.Limit atCaller,
    WrongCodes.Limit everywhere) {

  /** What became of the factor: right, different, or no answer. */
  sealed interface Result {}

  record Right() implements Result {}

  record Different() implements Result {}

  record NoAnswer(AuthenticationRefusal why) implements Result {}

  static CodeFactor of(
      SendCode.CodeRules rules, CodeBinding binding, String person, Keyring keyring) {
    return new CodeFactor(
        rules,
        binding,
        person,
        keyring,
        SentCode.Keys.of(keyring, binding),
        binding.slot(keyring),
        WrongCodes.Limit.atCaller(person, binding.caller(), rules.budgets()),
        WrongCodes.Limit.everywhere(person, rules.budgets()));
  }

  List<Key<?>> keys() {
    return List.of(sent.own(), sent.anyone(), slot, atCaller.key(), everywhere.key());
  }

  Result spend(Rows rows, String code, IdentifierType type, Instant now) {
    AuthenticationRefusal foreign = belongsTogether(rows, type);
    if (foreign != null) {
      return new NoAnswer(foreign);
    }
    if (atCaller.shut(rows, now) || everywhere.shut(rows, now)) {
      return new NoAnswer(new AuthenticationRefusal.Frozen());
    }
    CodeSlot before = Optional.ofNullable(rows.get(slot)).orElse(CodeSlot.EMPTY);
    CodeSlot.Checked checked =
        before.check(rules.slots(), mac -> binding.matches(keyring, mac, code), now);
    rows.put(slot, checked.slot(), checked.slot().uselessAfter(rules.slots(), now));
    return switch (checked.verdict()) {
      case NONE -> new NoAnswer(new AuthenticationRefusal.NoCode());
      case FROZEN -> new NoAnswer(new AuthenticationRefusal.Frozen());
      case LATE -> new NoAnswer(new AuthenticationRefusal.CodeExpired());
      case ACCEPTED -> {
        atCaller.right(rows);
        everywhere.right(rows);
        yield new Right();
      }
      case WRONG -> {
        countWrong(rows, now);
        yield new Different();
      }
      case WRONG_AND_FROZEN -> {
        countWrong(rows, now);
        yield new NoAnswer(new AuthenticationRefusal.Frozen());
      }
    };
  }

  private void countWrong(Rows rows, Instant now) {
    atCaller.wrong(rows, now);
    everywhere.wrong(rows, now);
  }

  private @Nullable AuthenticationRefusal belongsTogether(Rows rows, IdentifierType type) {
    SentCode own = rows.get(sent.own());
    if (own == null) {
      SentCode other = rows.get(sent.anyone());
      return other != null && other.person().equals(person)
          ? new AuthenticationRefusal.OtherCaller()
          : new AuthenticationRefusal.OtherTransaction();
    }
    if (own.type() != type) {
      return new AuthenticationRefusal.OtherIdentifierType();
    }
    return own.person().equals(person) ? null : new AuthenticationRefusal.OtherTransaction();
  }
}

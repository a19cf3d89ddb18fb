package io.watchword.core.code;

import io.watchword.core.individual.IdentifierType;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * Remembers for whom a transaction's code was sent, so that whoever gives it back can be told which
 * part does not belong together. Only sends that a courier took are remembered.
 *
 * @param caller who asked
 * @param person internal id
 * @param type of the identifier that was used
 */
public record SentCode(String caller, String person, IdentifierType type, Instant at) {

  /**
   * Keyed by {@link Keyring#lookup} of the transaction: once with the caller, once without. The row
   * with the caller is looked at first, so a stranger who reuses a transaction id shadows nobody.
   */
  public static final Table<SentCode> TABLE = Table.clear("sent_codes", SentCode.class);

  private static final Duration REMEMBERED = Duration.ofDays(1);

  /** The two rows of a transaction. */
  public record Keys(Key<SentCode> own, Key<SentCode> anyone) {
    public static Keys of(Keyring keyring, CodeBinding binding) {
      // With its length before it, no caller's id can borrow from the transaction's.
      String own = binding.caller().length() + "/" + binding.caller() + "/" + binding.transaction();
      return new Keys(
          TABLE.key(keyring.lookup("sent-" + binding.purpose(), own)),
          TABLE.key(keyring.lookup("sent-any-" + binding.purpose(), binding.transaction())));
    }

    void remember(Rows rows, SentCode sent) {
      Instant until = sent.at().plus(REMEMBERED);
      rows.put(own, sent, until);
      rows.put(anyone, sent, until);
    }
  }
}

package io.watchword.core.code;

import io.watchword.core.individual.IdentifierType;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transactions in which a person was sent codes lately, so that whoever gives a code back can
 * be told which part does not belong together. Only sends that a courier took are remembered.
 *
 * <p>One row a person and not one a transaction: it is as near to the person's other counters as a
 * row can be, and it does not pile up for a day.
 *
 * @param sent oldest first
 */
public record SentTransactions(List<Sent> sent) {

  /** Keyed by the internal id of the person. */
  public static final Table<SentTransactions> TABLE =
      Table.clear("sent_transactions", SentTransactions.class);

  private static final Duration REMEMBERED = Duration.ofDays(1);

  /**
   * More than a person is sent in an hour by the budgets as they are shipped, so that nobody pushes
   * a transaction out whose code is still valid by having codes sent to another identifier of the
   * same person.
   */
  private static final int MOST = 16;

  public SentTransactions {
    sent = List.copyOf(sent);
  }

  /**
   * One send.
   *
   * @param transaction {@link Keyring#lookup} of the caller's transaction id
   * @param caller who asked
   * @param type of the identifier that was used
   */
  public record Sent(String transaction, String caller, IdentifierType type, Instant at) {}

  /** Where one transaction of one caller is remembered. */
  public record Place(Key<SentTransactions> key, String transaction, String caller) {

    /**
     * @param person internal id
     */
    public static Place of(Keyring keyring, CodeBinding binding, String person) {
      return new Place(
          TABLE.key(person),
          keyring.lookup("sent-" + binding.purpose(), binding.transaction()),
          binding.caller());
    }

    /** The send of this transaction by this caller. */
    public Optional<Sent> own(Rows rows) {
      return sent(rows).stream().filter(this::isOwn).findFirst();
    }

    /** Whether the transaction is another caller's. */
    boolean isOthers(Rows rows) {
      return sent(rows).stream().anyMatch(each -> each.transaction().equals(transaction));
    }

    void remember(Rows rows, IdentifierType type, Instant now) {
      var sent = new ArrayList<>(sent(rows));
      sent.removeIf(each -> isOwn(each) || !now.isBefore(each.at().plus(REMEMBERED)));
      sent.add(new Sent(transaction, caller, type, now));
      while (sent.size() > MOST) {
        sent.removeFirst();
      }
      rows.put(key, new SentTransactions(sent), now.plus(REMEMBERED));
    }

    private boolean isOwn(Sent each) {
      return each.transaction().equals(transaction) && each.caller().equals(caller);
    }

    private List<Sent> sent(Rows rows) {
      SentTransactions row = rows.get(key);
      return row == null ? List.of() : row.sent();
    }
  }
}

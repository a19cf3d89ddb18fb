package io.watchword.core.account;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Standing;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Puts an account on file, or new data in the place of those of a login name that is known. Who is
 * known keeps its id and, if the new data name none, its password.
 *
 * @param id the id that the login name leads to, or a new one if it leads nowhere
 * @param key of the login name's row
 */
public record AccountEnrolment(
    String id,
    Key<IdentifierRow> key,
    Account account,
    AuditTrail audit,
    String operator,
    Instant now)
    implements Unit<AccountEnrolment.Outcome> {

  /** What came of it. */
  public sealed interface Outcome {}

  public record Added() implements Outcome {}

  public record Replaced() implements Outcome {}

  /** The account was on file with these very data: neither written nor recorded. */
  public record Unchanged() implements Outcome {}

  /** The login name leads to another id than was expected: worth another try with that one. */
  public record Known(String id) implements Outcome {}

  @Override
  public Collection<Key<?>> keys() {
    return List.of(key, Account.TABLE.key(id), Standing.key(id), audit.head());
  }

  @Override
  public Outcome apply(Rows rows) {
    IdentifierRow known = rows.get(key);
    if (known != null && !known.person().equals(id)) {
      return new Known(known.person());
    }
    Account before = rows.get(Account.TABLE.key(id));
    Account after =
        before == null || account.passwordHash() != null
            ? account
            : new Account(
                account.loginName(),
                account.addresses(),
                account.roles(),
                account.name(),
                account.language(),
                account.person(),
                before.passwordHash());
    if (after.equals(before)) {
      return new Unchanged();
    }
    if (known == null) {
      rows.put(
          key,
          new IdentifierRow(id, IdentifierType.LOGIN_NAME, IdentifierRow.State.ACTIVE, null, null));
    }
    rows.put(Account.TABLE.key(id), after);
    audit.append(
        rows,
        new AuditRecord(
            now,
            AuditRecord.Event.ADMINISTRATION,
            "admin",
            operator,
            id,
            "",
            AuditRecord.ACCEPTED,
            List.of("account=" + (before == null ? "added" : "replaced")),
            ""));
    return before == null ? new Added() : new Replaced();
  }

  @Override
  public String toString() {
    return "AccountEnrolment[" + id + "]";
  }
}

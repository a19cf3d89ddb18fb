package io.watchword.server.accounts;

import io.watchword.core.account.Account;
import io.watchword.core.account.AccountEnrolment;
import io.watchword.core.account.Accounts;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Standing;
import io.watchword.core.keys.Keyring;
import io.watchword.core.mobile.Profiles;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.Revocation;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import io.watchword.server.people.LineRefused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Brings accounts on file, lists them and disables them. Thread-safe. */
public final class AccountRegister {

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{2,24}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{3}");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,200}");
  private static final int SHORTEST_PASSWORD = 8;

  private final Around around;
  private final Accounts accounts;
  private final RecordedChanges changes;

  /** What this leans on. */
  public record Around(
      Store store,
      Keyring keyring,
      Directory directory,
      Sessions sessions,
      SlowHash hash,
      AuditTrail audit,
      Ambient ambient) {}

  public AccountRegister(Around around) {
    this.around = around;
    this.accounts = new Accounts(around.store(), around.directory());
    this.changes = new RecordedChanges(around.store(), around.audit(), around.ambient().clock());
  }

  /** An account as operators see it. */
  public record Listed(String loginName, List<String> roles, boolean disabled) {

    /** Without the name. */
    @Override
    public String toString() {
      return "Listed";
    }
  }

  /**
   * Takes an account on file, or new data of one that is known.
   *
   * @param operator who acts, for the audit
   * @throws LineRefused with the reason
   */
  public AccountEnrolment.Outcome put(String operator, AccountLine line) throws LineRefused {
    Account account = account(line);
    Key<IdentifierRow> key = around.directory().key(Accounts.identifier(account.loginName()));
    IdentifierRow known = around.store().read(key);
    String id = known == null ? around.ambient().newId() : known.person();
    while (true) {
      AccountEnrolment.Outcome outcome =
          around
              .store()
              .commit(
                  new AccountEnrolment(id, key, account, around.audit(), operator, changes.now()));
      if (!(outcome instanceof AccountEnrolment.Known(String other))) {
        return outcome;
      }
      id = other;
    }
  }

  private Account account(AccountLine line) throws LineRefused {
    Map<Channel, String> addresses = new EnumMap<>(Channel.class);
    String email = Checks.fitting(line.email(), Channel::isMailAddress, "email");
    String phone = Checks.fitting(line.phone(), PHONE.asMatchPredicate(), "phone");
    if (email != null) {
      addresses.put(Channel.EMAIL, email);
    }
    if (phone != null) {
      addresses.put(Channel.PHONE, phone);
    }
    String password = Checks.secret(line.password(), SHORTEST_PASSWORD, "password");
    return new Account(
        Checks.loginName(line.loginName()),
        addresses,
        Checks.roles(line.roles()),
        Checks.fitting(line.name(), NAME.asMatchPredicate(), "name"),
        Checks.fitting(line.language(), LANGUAGE.asMatchPredicate(), "language"),
        person(line.uin()),
        password == null ? null : hash(password));
  }

  private @Nullable String person(@Nullable String uin) throws LineRefused {
    if (uin == null) {
      return null;
    }
    return around
        .directory()
        .find(new Identifier(IdentifierType.UIN, uin))
        .orElseThrow(() -> new LineRefused("nobody has this uin"))
        .person();
  }

  private String hash(String password) throws LineRefused {
    try {
      return around.hash().of(password);
    } catch (SlowHash.Busy e) {
      throw new LineRefused("too many passwords at the same time; import the line again");
    }
  }

  /** Whether the account has this password. */
  public boolean hasPassword(String loginName, String password) {
    Optional<Accounts.Found> found = accounts.find(loginName);
    try {
      return found.isPresent()
          && around.hash().matches(found.get().account().passwordHash(), password);
    } catch (SlowHash.Busy e) {
      return false;
    }
  }

  /** All accounts. */
  public List<Listed> list() {
    List<Listed> listed = new ArrayList<>();
    for (Store.Entry<Account> each : changes.all(Account.TABLE)) {
      Standing standing = around.store().read(Standing.key(each.id()));
      listed.add(
          new Listed(
              each.row().loginName(),
              each.row().roles(),
              standing != null && standing.deactivated(changes.now())));
    }
    return listed;
  }

  /**
   * Serves an account no more and ends its sessions, on all nodes within two seconds.
   *
   * @return whether there is such an account
   */
  public boolean disable(String operator, String loginName) {
    return stand(operator, loginName, changes.now());
  }

  /** The id of somebody's account in apps (contract mobile, amendment 2). */
  public String profile(String loginName) {
    return accounts
        .find(loginName)
        .map(found -> Profiles.of(around.keyring(), found.id()))
        .orElseThrow(() -> new IllegalArgumentException("nobody has this login name"));
  }

  /** Serves a disabled account again. Its former sessions stay ended. */
  public boolean enable(String operator, String loginName) {
    return stand(operator, loginName, null);
  }

  private boolean stand(String operator, String loginName, @Nullable Instant deactivatedAt) {
    Optional<Accounts.Found> found = accounts.find(loginName);
    if (found.isEmpty()) {
      return false;
    }
    String id = found.get().id();
    Key<Standing> key = Standing.key(id);
    Key<Revocation> sessions =
        Revocation.ofHolder(around.keyring(), Session.Kind.ACCOUNT, loginName);
    changes.commit(
        Act.onCallers(
            operator, (deactivatedAt == null ? "account.enable=" : "account.disable=") + id),
        List.of(key, sessions, Generation.SESSIONS),
        rows -> {
          Standing before = Optional.ofNullable(rows.get(key)).orElse(Standing.GOOD);
          rows.put(key, new Standing(deactivatedAt, before.locks()));
          if (deactivatedAt != null) {
            around.sessions().endAll(rows, sessions, deactivatedAt);
          }
        });
    around.sessions().refresh();
    return true;
  }
}

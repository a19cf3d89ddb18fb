package io.watchword.core.account;

import io.watchword.core.code.Recipient;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds accounts by their login names. Like the {@link Directory}, it reads committed rows and
 * caches nothing. Thread-safe.
 */
public final class Accounts {

  private static final int PAGE = 1_000;

  private final Store store;
  private final Directory directory;

  public Accounts(Store store, Directory directory) {
    this.store = store;
    this.directory = directory;
  }

  /**
   * An account that was found, in whatever standing.
   *
   * @param key of its login name's row
   */
  public record Found(String id, Key<IdentifierRow> key, Account account) {

    /** As somebody to whom codes are sent. */
    public Recipient recipient() {
      return new Recipient(
          account.person() == null ? id : account.person(),
          id,
          key,
          account.addresses(),
          account.name() == null || account.language() == null
              ? Map.of()
              : Map.of(account.language(), account.name()),
          account.language() == null ? List.of() : List.of(account.language()),
          null);
    }

    @Override
    public String toString() {
      return "Found[" + id + "]";
    }
  }

  /** A login name as something that can be presented. */
  public static Identifier identifier(String loginName) {
    return new Identifier(IdentifierType.LOGIN_NAME, loginName);
  }

  /**
   * The accounts that fit, by their ids. Reads every account there is, so it is for the few calls
   * that administrators make.
   */
  public List<Account> each(Predicate<Account> wanted) {
    List<Account> found = new ArrayList<>();
    String after = "";
    List<Store.Entry<Account>> page;
    do {
      page = store.scan(Account.TABLE, after, PAGE);
      page.stream().map(Store.Entry::row).filter(wanted).forEach(found::add);
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
    return found;
  }

  public Optional<Found> find(String loginName) {
    if (loginName.isEmpty()) {
      return Optional.empty();
    }
    Key<IdentifierRow> key = directory.key(identifier(loginName));
    IdentifierRow row = store.read(key);
    if (row == null) {
      return Optional.empty();
    }
    return Optional.ofNullable(store.read(Account.TABLE.key(row.person())))
        .map(account -> new Found(row.person(), key, account));
  }
}

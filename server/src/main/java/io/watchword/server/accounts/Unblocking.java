package io.watchword.server.accounts;

import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
import io.watchword.core.code.Blocks;
import io.watchword.core.code.KeyCodes;
import io.watchword.core.code.Recipient;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.unit.Key;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.partners.RecordedChanges.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets people try codes again before the time of a freeze is over. Codes that were sent before are
 * worth nothing afterwards. Thread-safe.
 */
public final class Unblocking {

  private final RecordedChanges changes;
  private final Blocks blocks;
  private final Accounts accounts;
  private final Directory directory;
  private final IdentifierFormats formats;

  public Unblocking(
      RecordedChanges changes,
      Blocks blocks,
      Accounts accounts,
      Directory directory,
      IdentifierFormats formats) {
    this.changes = changes;
    this.blocks = blocks;
    this.accounts = accounts;
    this.directory = directory;
    this.formats = formats;
  }

  /**
   * Whoever has an account.
   *
   * @param operator who acts, for the audit
   * @return whether there is such an account
   */
  public boolean account(String operator, String loginName) {
    Optional<Accounts.Found> found = accounts.find(loginName);
    found.ifPresent(
        known -> unblock(operator, "account", Accounts.identifier(loginName), known.recipient()));
    return found.isPresent();
  }

  /**
   * An individual; at the ID authentication door that identifier only, as it was frozen there.
   *
   * @param presented UIN, VID or handle
   * @return whether somebody has it
   */
  public boolean individual(String operator, String presented) {
    Optional<Identifier> identifier =
        formats.typeOf(presented).map(type -> new Identifier(type, presented));
    Optional<Directory.Found> found = identifier.flatMap(directory::find);
    found.ifPresent(
        known -> unblock(operator, "individual", identifier.orElseThrow(), Recipient.of(known)));
    return found.isPresent();
  }

  /** A key for which an application asked for codes. Whether there is one cannot be told. */
  public void key(String operator, String application, String key) {
    List<Key<?>> keys = new ArrayList<>(blocks.ofKey(Application.caller(application), key));
    keys.addAll(blocks.ofKey(KeyCodes.SHARED, key));
    delete(operator, "key.unblock=" + application, keys);
  }

  private void unblock(String operator, String kind, Identifier presented, Recipient found) {
    delete(operator, kind + ".unblock=" + found.subject(), blocks.of(presented, found));
  }

  private void delete(String operator, String what, List<Key<?>> keys) {
    changes.commit(
        Act.onCallers(operator, what), keys, rows -> keys.forEach(key -> rows.delete(key)));
  }
}

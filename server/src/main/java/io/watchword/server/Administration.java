package io.watchword.server;

import io.watchword.core.account.Accounts;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.code.Blocks;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.NewUins;
import io.watchword.core.keys.Keyring;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Store;
import io.watchword.server.accounts.AccountRegister;
import io.watchword.server.accounts.ApplicationRegister;
import io.watchword.server.accounts.Unblocking;
import io.watchword.server.mobile.MobileRegister;
import io.watchword.server.partners.RecordedChanges;
import io.watchword.server.people.Imports;
import io.watchword.server.people.Show;
import io.watchword.server.people.Standings;
import io.watchword.server.people.Vids;
import java.security.SecureRandom;

/** What operators do with whom is on file; every act leaves a record in the audit. */
public final class Administration {

  private final Parts parts;
  private final RecordedChanges changes;

  /** What it is made of. */
  record Parts(
      Store store,
      Keyring keyring,
      Directory directory,
      IdentifierFormats formats,
      boolean fingerTemplates,
      AuditTrail audit,
      Sessions sessions,
      SlowHash slowHash,
      Ambient ambient,
      SecureRandom random) {}

  Administration(Parts parts) {
    this.parts = parts;
    this.changes = new RecordedChanges(parts.store(), parts.audit(), parts.ambient().clock());
  }

  /**
   * Takes people on file from JSON lines.
   *
   * @param fictitious whether people with a fixed code are taken: in the demo only
   */
  public Imports imports(boolean fictitious) {
    return new Imports(
        parts.store(),
        parts.directory(),
        parts.audit(),
        new Imports.Taken(parts.formats(), parts.fingerTemplates(), fictitious),
        parts.random(),
        parts.ambient().clock());
  }

  /** Locks factors of people, and takes people out of service. */
  public Standings standings() {
    return new Standings(parts.directory(), parts.formats(), changes);
  }

  /** Takes VIDs out of force. */
  public Vids vids() {
    return new Vids(parts.store(), parts.directory(), changes);
  }

  /**
   * UINs for new people.
   *
   * @param digits of each
   */
  public NewUins uins(int digits) {
    return new NewUins(parts.directory(), parts.ambient(), digits);
  }

  /** Shows people on file. */
  public Show show() {
    return new Show(
        parts.store(), parts.directory(), parts.formats(), parts.audit(), parts.ambient().clock());
  }

  /** Brings accounts on file. */
  public AccountRegister accounts() {
    return new AccountRegister(
        new AccountRegister.Around(
            parts.store(),
            parts.keyring(),
            parts.directory(),
            parts.sessions(),
            parts.slowHash(),
            parts.audit(),
            parts.ambient()));
  }

  /** Brings applications on file. */
  public ApplicationRegister applications() {
    return new ApplicationRegister(
        parts.store(), changes, parts.sessions(), parts.slowHash(), parts.random());
  }

  /** Brings types of mobile logins and portals on file. */
  public MobileRegister mobile() {
    return new MobileRegister(changes, parts.keyring(), parts.random());
  }

  /** Lets people try codes again. */
  public Unblocking unblocking() {
    return new Unblocking(
        changes,
        new Blocks(parts.store(), parts.keyring()),
        new Accounts(parts.store(), parts.directory()),
        parts.directory(),
        parts.formats());
  }
}

package io.watchword.core.account;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.BudgetWatch;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.individual.Directory;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;

/**
 * The story of an account that is opened because somebody uses its name for the first time. Anybody
 * can cause it, so it is counted for each application.
 */
public final class FirstUse {

  private final Store store;
  private final Directory directory;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final int mostPerHour;
  private final BudgetWatch watch;

  /**
   * @param mostPerHour accounts that one application may open
   */
  public FirstUse(
      Store store,
      Directory directory,
      AuditTrail audit,
      Ambient ambient,
      int mostPerHour,
      BudgetWatch watch) {
    this.store = store;
    this.directory = directory;
    this.audit = audit;
    this.ambient = ambient;
    this.mostPerHour = mostPerHour;
    this.watch = watch;
  }

  /**
   * Opens an account, unless there is one of that login name.
   *
   * @param door name of the wire format
   * @return whether there is one now; else too many were opened
   */
  public boolean open(Account account, String door, String caller) {
    var enrolment =
        new AccountEnrolment(
            ambient.newId(),
            directory.key(Accounts.identifier(account.loginName())),
            account,
            audit,
            caller,
            ambient.now());
    boolean there =
        store.commit(
            new Open(
                enrolment,
                new SendWindows.Limit(
                    SendWindows.TABLE.key("opened/" + caller),
                    "opened",
                    Duration.ofHours(1),
                    mostPerHour)));
    if (!there) {
      watch.refused("opened", door, caller);
    }
    return there;
  }

  private record Open(AccountEnrolment enrolment, SendWindows.Limit limit)
      implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(enrolment.keys());
      keys.add(limit.key());
      return keys;
    }

    @Override
    public Boolean apply(Rows rows) {
      if (rows.get(enrolment.key()) != null) {
        return true;
      }
      if (limit.full(rows, enrolment.now())) {
        return false;
      }
      limit.count(rows, enrolment.now());
      enrolment.apply(rows);
      return true;
    }
  }
}

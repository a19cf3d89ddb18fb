package io.watchword.server.partners;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Commits an operator's act: its rows, the generation of the caches, and its audit record. */
public final class RecordedChanges {

  private static final int PAGE = 1_000;

  private final Store store;
  private final AuditTrail audit;
  private final InstantSource clock;

  public RecordedChanges(Store store, AuditTrail audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param operator who acts
   * @param what in words such as {@code partner.suspend=demo-partner}; no secret
   * @param generation that the caches of these rows watch
   */
  public record Act(String operator, List<String> what, Key<Generation> generation) {

    public static Act onCallers(String operator, String... what) {
      return new Act(operator, List.of(what), Generation.CALLERS);
    }

    public static Act onKeys(String operator, String... what) {
      return new Act(operator, List.of(what), Generation.KEYS);
    }
  }

  /** The server's clock. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * @param change may refuse by throwing; then nothing is changed and nothing recorded
   */
  public void commit(Act act, List<Key<?>> keys, Consumer<Rows> change) {
    AuditRecord record = audit(act);
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            List<Key<?>> all = new ArrayList<>(keys);
            all.add(act.generation());
            all.add(audit.head());
            return all;
          }

          @Override
          public Boolean apply(Rows rows) {
            change.accept(rows);
            Generation.raise(rows, act.generation());
            audit.append(rows, record);
            return true;
          }
        });
  }

  private AuditRecord audit(Act act) {
    return new AuditRecord(
        now(),
        AuditRecord.Event.ADMINISTRATION,
        "admin",
        act.operator(),
        null,
        "",
        AuditRecord.ACCEPTED,
        act.what(),
        "");
  }

  /** All rows of a table, read in pages. */
  public <V> List<Store.Entry<V>> all(Table<V> table) {
    List<Store.Entry<V>> all = new ArrayList<>();
    String after = "";
    List<Store.Entry<V>> page;
    do {
      page = store.scan(table, after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : page.getLast().id();
    } while (page.size() == PAGE);
    return all;
  }
}

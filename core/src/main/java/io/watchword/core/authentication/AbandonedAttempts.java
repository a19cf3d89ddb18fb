package io.watchword.core.authentication;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/** Closes attempts that nobody decided, so that each has one record in the audit. */
public final class AbandonedAttempts {

  /** Longer than the slowest comparison takes. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int AT_ONCE = 500;

  private final Store store;
  private final AuditTrail audit;
  private final InstantSource clock;

  public AbandonedAttempts(Store store, AuditTrail audit, InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.clock = clock;
  }

  /** Closes those that are old enough, the oldest first; to be called again and again. */
  public void close() {
    String end = Attempt.key(clock.instant().minus(PATIENCE), "").id();
    for (Store.Entry<Attempt> each : store.scan(Attempt.TABLE, "", AT_ONCE)) {
      if (each.id().compareTo(end) >= 0) {
        return;
      }
      store.commit(new Close(Attempt.TABLE.key(each.id()), audit, clock.instant()));
    }
  }

  /** Another node, or a decision that took its time, may have been first. */
  private record Close(Key<Attempt> key, AuditTrail audit, Instant now) implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(key, audit.head());
    }

    @Override
    public Boolean apply(Rows rows) {
      Attempt attempt = rows.get(key);
      if (attempt == null) {
        return false;
      }
      rows.delete(key);
      audit.append(rows, attempt.record());
      return true;
    }
  }
}

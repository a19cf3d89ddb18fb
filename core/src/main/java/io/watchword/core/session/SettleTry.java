package io.watchword.core.session;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Second unit of a try: what came of the comparison, and who is still served. */
record SettleTry(Attempt attempt, Result result, AuditTrail audit, Instant now)
    implements Unit<Optional<LogInRefusal>> {

  enum Result {
    RIGHT,
    WRONG,
    NOT_COMPARED
  }

  @Override
  public Collection<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(attempt.keys());
    keys.add(audit.head());
    return keys;
  }

  @Override
  public Optional<LogInRefusal> apply(Rows rows) {
    Optional<LogInRefusal> unserved = attempt.unserved(rows, now);
    AuditRecord record = attempt.record();
    String outcome =
        switch (result) {
          case WRONG -> "Mismatch";
          case NOT_COMPARED -> "Busy";
          case RIGHT -> unserved.map(GiveCode::name).orElse(AuditRecord.ACCEPTED);
        };
    if (result == Result.RIGHT && unserved.isEmpty()) {
      attempt.limits().forEach(limit -> limit.right(rows));
    } else if (result == Result.NOT_COMPARED) {
      attempt.limits().forEach(limit -> limit.takeBack(rows, now));
    }
    audit.append(rows, record.ended(outcome));
    return unserved;
  }
}

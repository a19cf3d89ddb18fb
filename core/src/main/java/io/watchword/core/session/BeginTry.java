package io.watchword.core.session;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** First unit of a try: counts it as a wrong one, or refuses it before anything is compared. */
record BeginTry(Attempt attempt, AuditTrail audit) implements Unit<Optional<LogInRefusal>> {

  @Override
  public Collection<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(attempt.keys());
    keys.add(audit.head());
    return keys;
  }

  @Override
  public Optional<LogInRefusal> apply(Rows rows) {
    Instant now = attempt.record().at();
    Optional<LogInRefusal> stopped = attempt.unserved(rows, now).or(() -> shut(rows, now));
    if (stopped.isPresent()) {
      audit.append(rows, attempt.record().ended(GiveCode.name(stopped.get())));
    } else {
      attempt.limits().forEach(limit -> limit.wrong(rows, now));
    }
    return stopped;
  }

  private Optional<LogInRefusal> shut(Rows rows, Instant now) {
    return attempt.limits().stream().anyMatch(limit -> limit.shut(rows, now))
        ? Optional.of(new LogInRefusal.Shut())
        : Optional.empty();
  }
}

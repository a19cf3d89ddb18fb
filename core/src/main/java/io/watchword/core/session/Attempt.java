package io.watchword.core.session;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's try of a password or secret.
 *
 * @param record of a success
 * @param standing {@code null}: there is nobody who could be in bad standing
 * @param limits that count wrong tries
 */
record Attempt(
    AuditRecord record, StandingRefusal.@Nullable Check standing, List<WrongCodes.Limit> limits) {

  List<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>();
    if (standing != null) {
      keys.addAll(standing.keys());
    }
    limits.forEach(limit -> keys.add(limit.key()));
    return keys;
  }

  Optional<LogInRefusal> unserved(Rows rows, Instant now) {
    if (standing == null) {
      return Optional.empty();
    }
    StandingRefusal why = standing.onFile(rows, now);
    return Optional.ofNullable(why == null ? standing.blocked(rows, now) : why)
        .map(LogInRefusal.NotServed::new);
  }
}

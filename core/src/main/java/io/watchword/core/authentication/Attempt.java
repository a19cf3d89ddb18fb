package io.watchword.core.authentication;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;

/**
 * An authentication that has spent its tries and whose slow factors are being compared. Its
 * decision removes it. One that nobody decides, because the server died, is closed by {@link
 * AbandonedAttempts}: its tries stay spent.
 *
 * @param record the decision's record if it is never decided
 */
public record Attempt(AuditRecord record) {

  /** Keyed by the instant of its begin and a random id, oldest first. */
  public static final Table<Attempt> TABLE = Table.sealed("attempts", Attempt.class);

  /** How the audit calls an attempt that nobody decided. */
  static final String ABANDONED = "Abandoned";

  static Key<Attempt> key(Instant begun, String id) {
    return TABLE.key("%013d-%s".formatted(begun.toEpochMilli(), id));
  }

  static Attempt of(Authenticate.Request request, String person, Instant now) {
    return new Attempt(
        Decide.record(request, person, now, ABANDONED, List.copyOf(request.factors().names())));
  }
}

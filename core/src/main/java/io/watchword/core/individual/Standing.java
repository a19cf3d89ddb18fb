package io.watchword.core.individual;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands against a person. A person without this row is in good standing.
 *
 * @param deactivatedAt since when the person is deactivated or blocked; {@code null}: active
 * @param locks by factor code: {@code otp}, {@code otp-email}, {@code otp-phone}, {@code demo},
 *     {@code pin}, {@code bio-Finger}, {@code bio-Iris}, {@code bio-Face}
 */
public record Standing(@Nullable Instant deactivatedAt, Map<String, Lock> locks) {

  /** Keyed by person id. */
  public static final Table<Standing> TABLE = Table.clear("standings", Standing.class);

  public static final Standing GOOD = new Standing(null, Map.of());

  /**
   * A factor that the person has locked.
   *
   * @param openUntil a temporary unlock: before this instant the lock does not hold; {@code null}:
   *     it holds
   */
  public record Lock(@Nullable Instant openUntil) {}

  public static Key<Standing> key(String person) {
    return TABLE.key(person);
  }

  /** What stands against two who act as one; of two locks of a factor this one's is looked at. */
  Standing and(Standing other) {
    if (equals(GOOD)) {
      return other;
    }
    Map<String, Lock> all = new HashMap<>(other.locks);
    all.putAll(locks);
    boolean first =
        other.deactivatedAt == null
            || (deactivatedAt != null && deactivatedAt.isBefore(other.deactivatedAt));
    return new Standing(first ? deactivatedAt : other.deactivatedAt, all);
  }

  /**
   * Whether any of these people is deactivated.
   *
   * @param rows of a unit that has the keys of their standings
   * @param people ids
   */
  public static boolean anyDeactivated(Rows rows, Collection<String> people, Instant now) {
    return people.stream()
        .map(person -> rows.get(key(person)))
        .anyMatch(standing -> standing != null && standing.deactivated(now));
  }

  public boolean deactivated(Instant now) {
    return deactivatedAt != null && !now.isBefore(deactivatedAt);
  }

  /** Whether the factor is locked now. */
  public boolean locked(String factor, Instant now) {
    Lock lock = locks.get(factor);
    return lock != null && (lock.openUntil() == null || !now.isBefore(lock.openUntil()));
  }
}

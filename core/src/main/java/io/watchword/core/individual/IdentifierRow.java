package io.watchword.core.individual;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose identifier it is, and whether it may still be used. Rows are never deleted or given to
 * somebody else.
 *
 * @param person the person's id
 * @param type UIN, VID or HANDLE
 * @param state what became of it
 * @param expiresAt {@code null}: never
 * @param usesLeft how many authentications may still use it; {@code null}: any number
 */
public record IdentifierRow(
    String person,
    IdentifierType type,
    State state,
    @Nullable Instant expiresAt,
    @Nullable Integer usesLeft) {

  /** Keyed by {@link io.watchword.core.keys.Keyring#lookup} of type and value. */
  public static final Table<IdentifierRow> TABLE = Table.clear("identifiers", IdentifierRow.class);

  /** The states of an identifier; {@code REVOKED} and {@code USED} are final. */
  public enum State {
    ACTIVE,
    REVOKED,
    USED
  }

  public static Key<IdentifierRow> key(String lookup) {
    return TABLE.key(lookup);
  }

  /** As {@link State#USED} or revoked: to callers it does not exist. */
  public boolean gone() {
    return state != State.ACTIVE;
  }

  public boolean expired(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /** The row after it was taken out of force; what is spent stays so. */
  public IdentifierRow revoked() {
    return new IdentifierRow(
        person, type, state == State.USED ? state : State.REVOKED, expiresAt, usesLeft);
  }

  /** The row after one authentication has used it. */
  public IdentifierRow used() {
    if (usesLeft == null) {
      return this;
    }
    int left = usesLeft - 1;
    return new IdentifierRow(
        person, type, left > 0 ? State.ACTIVE : State.USED, expiresAt, Math.max(left, 0));
  }
}

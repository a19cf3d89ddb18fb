package io.watchword.core.individual;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a person is not served, whatever was asked. */
public sealed interface StandingRefusal {

  /** Nobody has this identifier. */
  record Unknown(IdentifierType type) implements StandingRefusal {}

  /** The identifier was revoked or used up. */
  record Gone(IdentifierType type) implements StandingRefusal {}

  /** The person is deactivated or blocked. */
  record Deactivated() implements StandingRefusal {}

  /** The VID has expired. */
  record VidExpired() implements StandingRefusal {}

  /** The VID is in force, but the person is deactivated or blocked. */
  record VidOfDeactivated() implements StandingRefusal {}

  /** The partner or the person is on the block list. */
  record Blocked(HotListed.Subject subject) implements StandingRefusal {}

  /**
   * The rows that decide about a person's standing, for use inside units.
   *
   * @param identifier the identifier as presented
   * @param lookup its row's key
   * @param standings of everybody who must be in good standing: the person, or an account and the
   *     person it belongs to
   * @param partner the block list's row of the caller
   * @param individual the block list's row of the identifier
   */
  record Check(
      Identifier identifier,
      Key<IdentifierRow> lookup,
      List<Key<Standing>> standings,
      Key<HotListed> partner,
      Key<HotListed> individual) {

    public static Check of(
        Identifier identifier,
        Key<IdentifierRow> lookup,
        String person,
        String caller,
        Keyring keyring) {
      return of(identifier, lookup, List.of(person), caller, keyring);
    }

    /**
     * @param people ids of everybody who must be in good standing
     */
    public static Check of(
        Identifier identifier,
        Key<IdentifierRow> lookup,
        List<String> people,
        String caller,
        Keyring keyring) {
      return new Check(
          identifier,
          lookup,
          people.stream().map(Standing::key).toList(),
          HotListed.key(keyring, HotListed.Subject.PARTNER, caller),
          HotListed.key(keyring, HotListed.Subject.INDIVIDUAL, identifier.value()));
    }

    public List<Key<?>> keys() {
      List<Key<?>> keys = new ArrayList<>(standings);
      keys.add(lookup);
      keys.add(partner);
      keys.add(individual);
      return keys;
    }

    /** Contract ida 6.4. */
    public @Nullable StandingRefusal onFile(Rows rows, Instant now) {
      IdentifierRow row = rows.get(lookup);
      if (row == null) {
        return new Unknown(identifier.type());
      }
      if (row.gone()) {
        return new Gone(identifier.type());
      }
      boolean vid = row.type() == IdentifierType.VID;
      if (row.expired(now)) {
        return vid ? new VidExpired() : new Deactivated();
      }
      return inForce(rows, now);
    }

    /** Whether whoever the identifier led to is in force; asks nothing of the identifier. */
    public @Nullable StandingRefusal inForce(Rows rows, Instant now) {
      if (!standing(rows).deactivated(now)) {
        return null;
      }
      return identifier.type() == IdentifierType.VID ? new VidOfDeactivated() : new Deactivated();
    }

    /** Spends one use of an identifier that has a limited number of them. */
    public void use(Rows rows) {
      IdentifierRow row = rows.get(lookup);
      if (row != null && row.usesLeft() != null) {
        rows.put(lookup, row.used());
      }
    }

    /** Contract ida 6.5, the first two filters. */
    public @Nullable StandingRefusal blocked(Rows rows, Instant now) {
      if (holds(rows.get(partner), now)) {
        return new Blocked(HotListed.Subject.PARTNER);
      }
      return holds(rows.get(individual), now) ? new Blocked(HotListed.Subject.INDIVIDUAL) : null;
    }

    public Standing standing(Rows rows) {
      Standing all = Standing.GOOD;
      for (Key<Standing> each : standings) {
        Standing row = rows.get(each);
        all = row == null ? all : all.and(row);
      }
      return all;
    }

    private static boolean holds(@Nullable HotListed entry, Instant now) {
      return entry != null && entry.holds(now);
    }
  }
}

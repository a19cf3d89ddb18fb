package io.watchword.core.session;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;

/**
 * Sessions that ended before their time: one of them, or all that somebody or an application had.
 *
 * @param at sessions that began later are not meant
 */
public record Revocation(Instant at) {

  /** Keyed by what ended. */
  public static final Table<Revocation> TABLE = Table.clear("revocations", Revocation.class);

  /** One session. */
  static Key<Revocation> ofSession(String id) {
    return TABLE.key("session/" + id);
  }

  /** Every session of somebody; the name does not stand in the row in clear. */
  public static Key<Revocation> ofHolder(Keyring keyring, Session.Kind kind, String name) {
    return TABLE.key("holder/" + keyring.lookup("holder-" + kind, name));
  }

  /** Every session for an application. */
  public static Key<Revocation> ofApplication(String application) {
    return TABLE.key("application/" + application);
  }

  static List<Key<Revocation>> of(Keyring keyring, Session session) {
    Key<Revocation> own = ofSession(session.id());
    Key<Revocation> holder = ofHolder(keyring, session.holder().kind(), session.holder().name());
    return session.application().isEmpty()
        ? List.of(own, holder)
        : List.of(own, holder, ofApplication(session.application()));
  }

  boolean covers(Session session) {
    return !session.since().isAfter(at);
  }
}

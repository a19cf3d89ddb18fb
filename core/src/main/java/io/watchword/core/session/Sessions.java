package io.watchword.core.session;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.Noted;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens, renews, judges and ends sessions, for every door. That a session was found to be in force
 * is remembered for at most a second: {@link #refresh} is called that often and forgets everything
 * once any session has ended early, on whichever node. Thread-safe.
 */
public final class Sessions {

  private static final int MOST_REMEMBERED = 50_000;

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Terms terms;
  private final Map<String, Instant> inForce = new ConcurrentHashMap<>();
  private volatile long seen = -1;

  /**
   * @param life of a token
   * @param renewable how long after logging in a session may still be renewed
   * @param longest how long a session may last at whatever door: for so long it is remembered that
   *     all sessions of somebody have ended
   */
  public record Terms(Duration life, Duration renewable, Duration longest) {}

  public Sessions(Store store, Keyring keyring, AuditTrail audit, Ambient ambient, Terms terms) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.terms = terms;
  }

  /** A new session; nothing is stored. */
  Session open(Session.Holder holder, String application, Session.Means means, Instant now) {
    Instant since = now.truncatedTo(ChronoUnit.MILLIS);
    return new Session(
        ambient.newId(), holder, application, means, since, since, since.plus(terms.life()));
  }

  /**
   * The session that somebody shows of another door, for this one. It keeps its id, so that ending
   * it at either door ends it at both, and its beginning, so that what asks for a fresh log-in is
   * not satisfied by an old one.
   *
   * @param door name of the wire format, for the audit
   * @param request the server's id of the request
   */
  public Session exchanged(Session shown, String application, String door, String request) {
    Instant now = ambient.now().truncatedTo(ChronoUnit.MILLIS);
    store.commit(
        new Noted(
            audit,
            new AuditRecord(
                now,
                AuditRecord.Event.SESSION,
                door,
                application,
                null,
                shown.id(),
                "Exchanged",
                List.of("from=" + shown.application()),
                request)));
    return new Session(
        shown.id(),
        shown.holder(),
        application,
        shown.means(),
        shown.since(),
        now,
        now.plus(terms.life()));
  }

  /** The credential by which the session may be renewed: the session itself, for longer. */
  public Session renewal(Session session) {
    return session.renewed(session.issuedAt(), session.since().plus(terms.renewable()));
  }

  /** The session for another while, if it is in force and not too old. */
  public Optional<Session> renew(Session session) {
    Instant now = ambient.now().truncatedTo(ChronoUnit.MILLIS);
    Instant last = session.since().plus(terms.renewable());
    if (!now.isBefore(last) || !inForce(session)) {
      return Optional.empty();
    }
    Instant until = now.plus(terms.life());
    return Optional.of(session.renewed(now, until.isBefore(last) ? until : last));
  }

  /**
   * Whether a session that somebody shows has neither run out nor ended early.
   *
   * @param session what a token says whose signature was verified
   */
  public boolean inForce(Session session) {
    if (!ambient.now().isBefore(session.expiresAt())) {
      return false;
    }
    if (session.since().equals(inForce.get(session.id()))) {
      return true;
    }
    // What was read before a refresh must not be remembered after it.
    long before = seen;
    for (Key<Revocation> key : Revocation.of(keyring, session)) {
      Revocation ended = store.read(key);
      if (ended != null && ended.covers(session)) {
        return false;
      }
    }
    if (seen == before && inForce.size() < MOST_REMEMBERED) {
      inForce.put(session.id(), session.since());
      if (seen != before) {
        inForce.remove(session.id());
      }
    }
    return true;
  }

  /**
   * Ends a session, at once on this node and within a second on the others.
   *
   * @param door name of the wire format, for the audit
   * @param request the server's id of the request
   * @return whether it was in force
   */
  public boolean end(Session session, String door, String request) {
    boolean ended =
        store.commit(
            new End(
                keyring,
                session,
                audit,
                new AuditRecord(
                    ambient.now(),
                    AuditRecord.Event.SESSION,
                    door,
                    session.application(),
                    null,
                    session.id(),
                    "Ended",
                    List.of(),
                    request),
                session.since().plus(terms.longest())));
    forget();
    return ended;
  }

  /**
   * Ends all sessions that somebody or an application has now, inside a unit that has named the key
   * and {@link Generation#SESSIONS}.
   */
  public void endAll(Rows rows, Key<Revocation> whose, Instant now) {
    rows.put(whose, new Revocation(now), now.plus(terms.longest()));
    Generation.raise(rows, Generation.SESSIONS);
  }

  /** Looks whether a session has ended early anywhere. */
  public void refresh() {
    Generation now = store.read(Generation.SESSIONS);
    long number = now == null ? 0 : now.number();
    if (number != seen) {
      seen = number;
      inForce.clear();
    }
  }

  private void forget() {
    seen = -1;
    inForce.clear();
    refresh();
  }

  private record End(
      Keyring keyring, Session session, AuditTrail audit, AuditRecord record, Instant uselessAfter)
      implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(Revocation.of(keyring, session));
      keys.add(Generation.SESSIONS);
      keys.add(audit.head());
      return keys;
    }

    @Override
    public Boolean apply(Rows rows) {
      for (Key<Revocation> key : Revocation.of(keyring, session)) {
        Revocation ended = rows.get(key);
        if (ended != null && ended.covers(session)) {
          return false;
        }
      }
      rows.put(Revocation.ofSession(session.id()), new Revocation(record.at()), uselessAfter);
      Generation.raise(rows, Generation.SESSIONS);
      audit.append(rows, record);
      return true;
    }
  }
}

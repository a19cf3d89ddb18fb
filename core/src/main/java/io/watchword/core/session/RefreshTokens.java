package io.watchword.core.session;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens that rotate (RFC 9700, 4.14.2): each is good once, and whoever brings one that was
 * used before ends the session, because one of the two has stolen it. Only their keyed hashes are
 * stored. Thread-safe.
 */
public final class RefreshTokens {

  private static final int BYTES = 32;
  private static final int LONGEST = 64;

  private final Store store;
  private final Keyring keyring;
  private final Sessions sessions;
  private final Ambient ambient;

  public RefreshTokens(Store store, Keyring keyring, Sessions sessions, Ambient ambient) {
    this.store = store;
    this.keyring = keyring;
    this.sessions = sessions;
    this.ambient = ambient;
  }

  /**
   * A token at rest.
   *
   * @param session that it renews
   * @param usedAt {@code null}: it is good
   */
  public record Kept(Session session, @Nullable Instant usedAt) {

    private static final Table<Kept> TABLE = Table.sealed("refresh_tokens", Kept.class);

    /** The table, for the engine. */
    public static Table<Kept> table() {
      return TABLE;
    }
  }

  /**
   * A session and the token to renew it with.
   *
   * @param token base64url
   */
  public record Renewable(Session session, String token) {

    /** Without the token. */
    @Override
    public String toString() {
      return "Renewable[" + session.id() + "]";
    }
  }

  /** A token for a session that has just begun. */
  public Renewable issue(Session session) {
    String token = token();
    return store.commit(new Put(key(token), new Kept(session, null), uselessAfter(session), token));
  }

  /**
   * Renews a session, once.
   *
   * @param application for which the session was begun
   * @param door name of the wire format, for the audit
   * @param request the server's id of the request
   * @return empty: no token of ours, used before, or its session is over
   */
  public Optional<Renewable> renew(String token, String application, String door, String request) {
    if (token.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    Kept kept = store.read(key(token));
    if (kept == null || !kept.session().application().equals(application)) {
      return Optional.empty();
    }
    if (kept.usedAt() != null) {
      sessions.end(kept.session(), door, request);
      return Optional.empty();
    }
    // What was kept says when the access token ends; the session may be renewed for longer.
    Optional<Session> renewed = sessions.renew(sessions.renewal(kept.session()));
    if (renewed.isEmpty()) {
      return Optional.empty();
    }
    String next = token();
    boolean taken =
        store.commit(
            new Rotate(
                key(token),
                key(next),
                new Kept(renewed.get(), null),
                uselessAfter(renewed.get()),
                ambient.now()));
    if (!taken) {
      sessions.end(kept.session(), door, request);
      return Optional.empty();
    }
    return Optional.of(new Renewable(renewed.get(), next));
  }

  private Instant uselessAfter(Session session) {
    return sessions.renewal(session).expiresAt();
  }

  private String token() {
    byte[] bytes = new byte[BYTES];
    ambient.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private Key<Kept> key(String token) {
    return Kept.TABLE.key(keyring.lookup("refresh-token", token));
  }

  private record Put(Key<Kept> key, Kept kept, Instant uselessAfter, String token)
      implements Unit<Renewable> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(key);
    }

    @Override
    public Renewable apply(Rows rows) {
      rows.put(key, kept, uselessAfter);
      return new Renewable(kept.session(), token);
    }

    /** Without the token. */
    @Override
    public String toString() {
      return "Put";
    }
  }

  private record Rotate(Key<Kept> key, Key<Kept> next, Kept kept, Instant uselessAfter, Instant now)
      implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.of(key, next);
    }

    @Override
    public Boolean apply(Rows rows) {
      Kept before = rows.get(key);
      if (before == null || before.usedAt() != null) {
        return false;
      }
      rows.put(key, new Kept(before.session(), now), uselessAfter);
      rows.put(next, kept, uselessAfter);
      return true;
    }
  }
}

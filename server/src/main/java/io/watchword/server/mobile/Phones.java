package io.watchword.server.mobile;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.account.Accounts;
import io.watchword.core.keys.Keyring;
import io.watchword.core.mobile.Profiles;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.mobile.SignedText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is logged in to the app that calls (contract mobile, amendments 1 and 2). */
final class Phones {

  private static final String BEARER = "Bearer ";

  /** Seconds. */
  private static final int KEYS_AWAY = 10;

  private final Tokens tokens;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Keyring keyring;
  private final ForeignTokens foreign;

  Phones(
      Tokens tokens, Sessions sessions, Accounts accounts, Keyring keyring, ForeignTokens foreign) {
    this.foreign = foreign;
    this.tokens = tokens;
    this.sessions = sessions;
    this.accounts = accounts;
    this.keyring = keyring;
  }

  /**
   * Somebody with an app.
   *
   * @param loggedInAt when they logged in, as far as it is known; else long ago
   * @param account as it was found
   * @param profile its id at this door
   */
  record Person(Instant loggedInAt, Accounts.Found account, String profile) {

    /** Everybody who must be in good standing. */
    List<String> people() {
      String individual = account.account().person();
      return individual == null ? List.of(account.id()) : List.of(account.id(), individual);
    }

    @Override
    public String toString() {
      return "Person[" + account.id() + "]";
    }
  }

  /** Who shows an access token of this door, or of an identity provider that it trusts. */
  Person admit(ServerRequest request, Instant now) throws MobileRefused {
    Optional<String> token =
        request
            .headers()
            .first(HeaderNames.AUTHORIZATION)
            .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(header -> header.substring(BEARER.length()).strip());
    Optional<Person> person = token.flatMap(text -> person(text, now));
    if (token.isPresent() && person.isEmpty()) {
      person = stranger(token.get());
    }
    return person.orElseThrow(() ->
        MobileRefused.phone(
            Status.UNAUTHORIZED_401, "invalid_token", "the access token is not good"));
  }

  private Optional<Person> stranger(String token) throws MobileRefused {
    Optional<ForeignTokens.Shown> read;
    try {
      read = foreign.read(token);
    } catch (ForeignTokens.KeysAway e) {
      throw MobileRefused.phone(
              Status.SERVICE_UNAVAILABLE_503,
              "temporarily_unavailable",
              "the keys of the identity provider cannot be had now")
          .with("retry_after", KEYS_AWAY);
    }
    if (read.isEmpty()) {
      return Optional.empty();
    }
    ForeignTokens.Shown shown = read.get();
    Instant since = shown.loggedInAt();
    var session =
        new Session(
            "foreign-" + SignedText.hash(token),
            new Session.Holder(
                Session.Kind.ACCOUNT, shown.user(), List.of(), null, null, null, null),
            shown.client(),
            Session.Means.SECRET,
            since == null ? shown.issuedAt() : since,
            shown.issuedAt(),
            shown.expiresAt());
    // Whose sessions were ended here is not let in by an older token from elsewhere.
    if (!sessions.inForce(session)) {
      return Optional.empty();
    }
    return accounts
        .find(shown.user())
        .map(found -> new Person(since == null ? Instant.EPOCH : since, found, shown.profile()));
  }

  private Optional<Person> person(String token, Instant now) {
    if (!(tokens.read(token, Tokens.Use.ACCESS, now) instanceof Tokens.Genuine(Session session))
        || session.holder().kind() != Session.Kind.ACCOUNT
        || !sessions.inForce(session)) {
      return Optional.empty();
    }
    return accounts
        .find(session.holder().name())
        .map(found -> new Person(session.since(), found, profile(found.id())));
  }

  /** An account's id at this door. */
  String profile(String account) {
    return Profiles.of(keyring, account);
  }
}

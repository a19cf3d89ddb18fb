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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who is logged in to the app that calls (contract mobile, amendments 1 and 2). */
final class Phones {

  private static final String BEARER = "Bearer ";

  private final Tokens tokens;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Keyring keyring;

  Phones(Tokens tokens, Sessions sessions, Accounts accounts, Keyring keyring) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.accounts = accounts;
    this.keyring = keyring;
  }

  /**
   * Somebody with an app.
   *
   * @param account as it was found
   * @param profile its id at this door
   */
  record Person(Session session, Accounts.Found account, String profile) {

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

  /** Who shows an access token of this door. */
  Person admit(ServerRequest request, Instant now) throws MobileRefused {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> header.substring(BEARER.length()).strip())
        .flatMap(text -> person(text, now))
        .orElseThrow(() ->
            MobileRefused.phone(
                Status.UNAUTHORIZED_401, "invalid_token", "the access token is not good"));
  }

  private Optional<Person> person(String token, Instant now) {
    if (!(tokens.read(token, Tokens.Use.ACCESS, now) instanceof Tokens.Genuine(Session session))
        || session.holder().kind() != Session.Kind.ACCOUNT
        || !sessions.inForce(session)) {
      return Optional.empty();
    }
    return accounts
        .find(session.holder().name())
        .map(found -> new Person(session, found, profile(found.id())));
  }

  /** An account's id at this door. */
  String profile(String account) {
    return Profiles.of(keyring, account);
  }
}

package io.watchword.server.authmanager;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Exchange.Shape;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.kernel.StatusReply;
import io.watchword.wire.kernel.UserReply;
import java.util.Map;
import java.util.Optional;

/** The calls about a token that somebody has (contract kernel A.5 to A.9). */
public final class TokenCalls {

  private static final Names VALIDATE =
      new Names("mosip.authorize.validatetoken", "mosip.authentication.validatetoken");
  private static final Names INVALIDATE =
      new Names("mosip.authorize.invalidatetoken", "mosip.authentication.invalidatetoken");
  private static final String INVALID = "Authentication Failed : Invalid Token :";
  private static final String TOO_LATE = "Refresh Token Expired";

  private final Dialect dialect;
  private final Exchange exchange;
  private final Caller caller;
  private final Tokens tokens;
  private final Sessions sessions;

  public TokenCalls(
      Dialect dialect, Exchange exchange, Caller caller, Tokens tokens, Sessions sessions) {
    this.dialect = dialect;
    this.exchange = exchange;
    this.caller = caller;
    this.tokens = tokens;
    this.sessions = sessions;
  }

  Tokens tokens() {
    return tokens;
  }

  Caller caller() {
    return caller;
  }

  Sessions sessions() {
    return sessions;
  }

  void routing(HttpRules routes) {
    routes
        .post("/authorize/validateToken", exchange.handler(VALIDATE, Shape.NOTHING, this::validate))
        .any("/authorize/validateToken", exchange::otherMethod)
        .get(
            "/authorize/admin/validateToken",
            exchange.handler(VALIDATE, Shape.NOTHING, this::adminValidate))
        .any("/authorize/admin/validateToken", exchange::otherMethod)
        .post(
            "/authorize/invalidateToken",
            exchange.handler(INVALIDATE, Shape.NOTHING, this::invalidate))
        .any("/authorize/invalidateToken", exchange::otherMethod)
        .post(
            "/authorize/refreshToken", exchange.handler(Names.of(""), Shape.NOTHING, this::refresh))
        .any("/authorize/refreshToken", exchange::otherMethod)
        .delete("/logout/user", exchange.handler(Names.of(""), Shape.NOTHING, this::logOut))
        .any("/logout/user", exchange::otherMethod);
  }

  /** Contract kernel A.5. */
  private Object validate(Incoming incoming) throws Refused {
    Caller.Found found = caller.find(incoming.request(), incoming.now());
    return switch (found) {
      case Caller.Nothing() -> throw noCookie();
      case Caller.OtherCookies() -> throw noToken();
      case Caller.Expired() -> throw notValid("KER-ATH-402", "Token expired");
      case Caller.Invalid() -> throw notValid("KER-ATH-401", INVALID);
      case Caller.Token(Session session, String text) -> {
        again(incoming, session, text);
        yield dialect == Dialect.SEED
            ? Map.of("message", "Token had been validated successfully")
            : user(session, String.join(",", session.holder().roles()), Optional.empty());
      }
    };
  }

  /** Contract kernel A.6. */
  private Object adminValidate(Incoming incoming) throws Refused {
    Caller.Found found = caller.find(incoming.request(), incoming.now());
    return switch (found) {
      case Caller.Nothing() -> throw noCookie();
      case Caller.OtherCookies() -> throw noToken();
      case Caller.Expired(), Caller.Invalid() ->
          throw new Refused(Status.UNAUTHORIZED_401, "KER-ATH-401", INVALID);
      case Caller.Token(Session session, String text) -> {
        again(incoming, session, text);
        // The deployed service ends the list with a comma, and clients split there.
        String roles = String.join(",", session.holder().roles()) + ",";
        yield user(session, roles, Optional.of(text));
      }
    };
  }

  static UserReply user(Session session, String roles, Optional<String> token) {
    Session.Holder holder = session.holder();
    String name = holder.displayName();
    return new UserReply(
        holder.name(),
        holder.phone(),
        holder.email(),
        holder.language(),
        null,
        token.isPresent() || name == null ? holder.name() : name,
        roles,
        null,
        token.orElse(null));
  }

  private void again(Incoming incoming, Session session, String text) {
    exchange
        .answers()
        .giveCookie(incoming.response(), Caller.COOKIE, text, incoming.now(), session.expiresAt());
  }

  private Refused notValid(String code, String message) {
    return switch (dialect) {
      case SEED -> new Refused("AUTH_ERR_TOKENNOTVALID", "The passed in Token is not correct");
      case KERNEL -> new Refused(code, message);
    };
  }

  private static Refused noCookie() {
    return new Refused("KER-ATH-006", "Cookies are empty");
  }

  private static Refused noToken() {
    return new Refused("KER-ATH-007", "Token is not present in cookies");
  }

  /** Contract kernel A.8. */
  private Object invalidate(Incoming incoming) throws Refused {
    Caller.Found found = caller.find(incoming.request(), incoming.now());
    return switch (found) {
      case Caller.Nothing(), Caller.OtherCookies() when dialect == Dialect.SEED ->
          throw new Refused("AUTH_ERR_COOKIEEMPTY", "The passed in Cookie is empty");
      case Caller.Nothing() -> throw noCookie();
      case Caller.OtherCookies() -> throw noToken();
      case Caller.Expired(), Caller.Invalid() -> throw notStored();
      case Caller.Token(Session session, String _) -> {
        if (!sessions.end(session, AuthManagerDoor.NAME, incoming.id())) {
          throw notStored();
        }
        yield dialect == Dialect.SEED
            ? Map.of("message", "Token invalidated successfully")
            : StatusReply.success("Token has been invalidated successfully");
      }
    };
  }

  private static Refused notStored() {
    return new Refused(
        "KER-ATH-008", "Token is not present in datastore,Please try with new token");
  }

  /** Contract kernel A.7, the form of release 0.11: the token itself is renewed. */
  private Object refresh(Incoming incoming) throws Refused {
    Caller.Found found = caller.find(incoming.request(), incoming.now());
    return switch (found) {
      case Caller.Nothing(), Caller.OtherCookies(), Caller.Invalid() ->
          throw exchange.unexpected("Token doesn't exist");
      case Caller.Expired() -> throw exchange.unexpected(TOO_LATE);
      case Caller.Token(Session session, String _) -> {
        Session renewed = sessions.renew(session).orElseThrow(() -> exchange.unexpected(TOO_LATE));
        give(incoming, renewed);
        yield user(renewed, String.join(",", renewed.holder().roles()), Optional.empty());
      }
    };
  }

  private void give(Incoming incoming, Session session) {
    exchange
        .answers()
        .giveToken(
            incoming.response(),
            tokens.of(session, Tokens.Use.ACCESS),
            session.issuedAt(),
            session.expiresAt());
  }

  /** Contract kernel A.9. */
  private Object logOut(Incoming incoming) throws Refused {
    if (caller.find(incoming.request(), incoming.now())
        instanceof Caller.Token(Session session, String _)) {
      boolean ended = sessions.end(session, AuthManagerDoor.NAME, incoming.id());
      return ended
          ? new StatusReply("Success", "successfully loggedout")
          : new StatusReply("Failed", "log out failed");
    }
    throw new Refused(Status.UNAUTHORIZED_401, "KER-ATH-401", INVALID);
  }
}

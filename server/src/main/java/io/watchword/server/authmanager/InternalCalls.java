package io.watchword.server.authmanager;

import io.helidon.webserver.http.HttpRules;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.LogInRefusal;
import io.watchword.core.session.Session;
import io.watchword.server.kernel.Answers;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Exchange.Shape;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.kernel.StatusReply;
import io.watchword.wire.kernel.TokenReply;

/**
 * The calls of programs that log somebody in and renew their token (contract kernel A.7, release
 * 1.0.8 on, and A.10). A token to renew with is given by these alone.
 */
final class InternalCalls {

  /** Name of the cookie that carries the token to renew with. */
  static final String REFRESH_COOKIE = "refresh_token";

  private static final String RENEWED = "SUCCESS";
  private static final String RENEWED_TEXT = "Access token refreshed";
  private static final String REFUSED = "Client error occured with message invalid_grant";

  private final LogIns logIns;
  private final Spelling spelling;
  private final Exchange exchange;
  private final TokenCalls tokenCalls;
  private final Tokens tokens;

  InternalCalls(LogIns logIns, Spelling spelling, Exchange exchange, TokenCalls tokenCalls) {
    this.logIns = logIns;
    this.spelling = spelling;
    this.exchange = exchange;
    this.tokenCalls = tokenCalls;
    this.tokens = tokenCalls.tokens();
  }

  void routing(HttpRules routes) {
    post(routes, "/authenticate/internal/useridPwd", Shape.ENVELOPE, this::password);
    post(routes, "/authenticate/internal/userotp", Shape.ENVELOPE, this::code);
    post(routes, "/authorize/refreshToken/{appid}", Shape.BARE, this::refresh);
    post(routes, "/authorize/internal/refreshToken/{appid}", Shape.BARE, this::refreshInBody);
  }

  private void post(HttpRules routes, String path, Shape shape, Exchange.Step step) {
    routes.post(path, exchange.handler(Names.of(""), shape, step)).any(path, exchange::otherMethod);
  }

  private Object password(Incoming incoming) throws Refused {
    client(incoming);
    return switch (logIns.byPassword(incoming)) {
      case LogIn.In(Session session) ->
          given(
              session,
              "success",
              "Username and password combination had been validated successfully");
      case LogIn.Wrong() -> throw spelling.wrongPassword();
      case LogIn.Refused(LogInRefusal why) -> spelling.refusedPassword(why);
    };
  }

  private Object code(Incoming incoming) throws Refused {
    return switch (logIns.byCode(incoming)) {
      case LogIn.In(Session session) -> given(session, "success", "VALIDATION_SUCCESSFUL");
      case LogIn.Wrong() -> spelling.wrongCode();
      case LogIn.Refused(LogInRefusal why) -> spelling.refusedCode(why);
    };
  }

  /** The program that asks has to show its own secret. */
  private void client(Incoming incoming) throws Refused {
    switch (logIns.bySecret(incoming, "clientSecret")) {
      case LogIn.In _ -> {}
      case LogIn.Wrong() -> throw spelling.wrongSecret();
      case LogIn.Refused(LogInRefusal why) -> throw spelling.refusedSecret(why);
    }
  }

  private Object refresh(Incoming incoming) throws Refused {
    Session renewed = renewed(incoming);
    Session renewal = tokenCalls.sessions().renewal(renewed);
    exchange
        .answers()
        .giveToken(
            incoming.response(),
            tokens.of(renewed, Tokens.Use.ACCESS),
            renewed.issuedAt(),
            renewed.expiresAt());
    exchange
        .answers()
        .giveCookie(
            incoming.response(),
            REFRESH_COOKIE,
            tokens.of(renewal, Tokens.Use.REFRESH),
            renewal.issuedAt(),
            renewal.expiresAt());
    return new StatusReply(RENEWED, RENEWED_TEXT);
  }

  private Object refreshInBody(Incoming incoming) throws Refused {
    return given(renewed(incoming), RENEWED, RENEWED_TEXT);
  }

  /** Whatever is wrong, published clients are used to HTTP 500. */
  private Session renewed(Incoming incoming) throws Refused {
    switch (logIns.bySecret(incoming, "clientSecret")) {
      case LogIn.In _ -> {}
      case LogIn.Wrong() -> throw exchange.unexpected(REFUSED);
      case LogIn.Refused(LogInRefusal.Busy why) -> throw spelling.refusedSecret(why);
      case LogIn.Refused _ -> throw exchange.unexpected(REFUSED);
    }
    Caller.Found found =
        tokenCalls
            .caller()
            .find(incoming.request(), REFRESH_COOKIE, Tokens.Use.REFRESH, incoming.now());
    String application =
        logIns
            .applications()
            .find(incoming.part("appid"))
            .orElseThrow(() -> KernelCodes.noApplication(incoming.part("appid")))
            .id();
    if (!(found instanceof Caller.Token(Session session, String _))
        || !(session.application().isEmpty() || session.application().equals(application))) {
      throw exchange.unexpected(REFUSED);
    }
    return tokenCalls.sessions().renew(session).orElseThrow(() -> exchange.unexpected(REFUSED));
  }

  private TokenReply given(Session session, String status, String message) {
    Session renewal = tokenCalls.sessions().renewal(session);
    return new TokenReply(
        tokens.of(session, Tokens.Use.ACCESS),
        message,
        tokens.of(renewal, Tokens.Use.REFRESH),
        Answers.secondsUntil(session.expiresAt(), session.issuedAt()),
        session.holder().name(),
        status,
        Answers.secondsUntil(renewal.expiresAt(), renewal.issuedAt()));
  }
}

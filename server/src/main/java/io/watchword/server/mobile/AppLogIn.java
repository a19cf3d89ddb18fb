package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.account.Account;
import io.watchword.core.account.Accounts;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Channel;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.LogInRefusal;
import io.watchword.core.session.RefreshTokens;
import io.watchword.core.session.Session;
import io.watchword.core.session.Sessions;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.http.Overloaded;
import io.watchword.server.mobile.MobileExchange.Answer;
import io.watchword.server.tokens.Tokens;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * People who log in to an app (contract mobile, amendments 1 and 8): by a code that was sent to
 * them, by a refresh token, by a token of the kernel services, and in the demo by a password.
 */
final class AppLogIn implements HttpService {

  private static final String DOOR = "mobile";
  private static final String BY_CODE = "urn:watchword:grant-type:code";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final int LONGEST_TOKEN = 16 * 1024;
  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

  private final Around around;
  private final MobileExchange exchange;

  /**
   * What this leans on.
   *
   * @param kernel tokens of the kernel services
   * @param kernelSessions that those are tokens of
   * @param apps the public clients
   * @param exchanged applications of the kernel services whose tokens may be exchanged
   * @param passwords whether passwords are taken
   */
  record Around(
      MobileExchange exchange,
      Phones phones,
      Accounts accounts,
      LogIn logIn,
      SendCode.CodeRules rules,
      Tokens tokens,
      Sessions sessions,
      RefreshTokens refresh,
      Tokens kernel,
      Sessions kernelSessions,
      Set<String> apps,
      Set<String> exchanged,
      boolean passwords) {}

  AppLogIn(Around around) {
    this.around = around;
    this.exchange = around.exchange();
  }

  @Override
  public void routing(HttpRules routes) {
    routes.post("/", exchange.handler("token", this::token));
  }

  private Answer token(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Form form = exchange.form(request);
    String app =
        form.get("client_id")
            .filter(around.apps()::contains)
            .orElseThrow(() ->
                MobileRefused.phone(
                    Status.UNAUTHORIZED_401, "invalid_client", "there is no such app"));
    return switch (form.get("grant_type").orElse("")) {
      case BY_CODE -> byCode(request, form, app);
      case "password" -> byPassword(request, form, app);
      case "refresh_token" -> renewed(request, form, app);
      case EXCHANGE -> exchanged(request, form, app);
      case "" -> throw oauth("invalid_request", "grant_type is missing");
      default -> throw oauth("unsupported_grant_type", "this grant is not served");
    };
  }

  private static MobileRefused oauth(String error, String description) {
    return MobileRefused.phone(Status.BAD_REQUEST_400, error, description);
  }

  private static MobileRefused invalidGrant() {
    return oauth("invalid_grant", "what was shown is wrong, used or over");
  }

  private static String required(Form form, String name) throws MobileRefused {
    return form.get(name)
        .filter(value -> value.length() <= LONGEST_TOKEN)
        .orElseThrow(() -> oauth("invalid_request", name + " is missing"));
  }

  private LogIn.Request asked(ServerRequest request, String app) {
    return new LogIn.Request(DOOR, DOOR, app, exchange.origin(request), exchange.id(request));
  }

  private Answer byCode(ServerRequest request, Form form, String app) throws MobileRefused {
    String name = required(form, "username");
    String code = required(form, "code");
    Optional<Accounts.Found> found = around.accounts().find(name);
    LogIn.Outcome outcome =
        found.isEmpty()
            ? around.logIn().unknown(asked(request, app), Accounts.identifier(name))
            : around
                .logIn()
                .byCode(
                    around.rules(),
                    asked(request, app),
                    Accounts.identifier(name),
                    found.get().recipient(),
                    holder(found.get().account()),
                    code);
    return in(outcome);
  }

  private Answer byPassword(ServerRequest request, Form form, String app) throws MobileRefused {
    if (!around.passwords()) {
      throw oauth("unsupported_grant_type", "this grant is not served");
    }
    String name = required(form, "username");
    Optional<Accounts.Found> found = around.accounts().find(name);
    return in(
        around
            .logIn()
            .byPassword(
                asked(request, app),
                name,
                found,
                found
                    .map(known -> holder(known.account()))
                    .orElseGet(() -> Session.Holder.client("", List.of())),
                required(form, "password")));
  }

  private Answer in(LogIn.Outcome outcome) throws MobileRefused {
    return switch (outcome) {
      case LogIn.In(Session session) -> given(around.refresh().issue(session));
      case LogIn.Wrong() -> throw invalidGrant();
      case LogIn.Refused(LogInRefusal.Busy()) ->
          throw new Overloaded("too many passwords at the same time");
      case LogIn.Refused _ -> throw invalidGrant();
    };
  }

  private Answer renewed(ServerRequest request, Form form, String app) throws MobileRefused {
    return given(
        around
            .refresh()
            .renew(required(form, "refresh_token"), app, DOOR, exchange.id(request))
            .orElseThrow(AppLogIn::invalidGrant));
  }

  private Answer exchanged(ServerRequest request, Form form, String app) throws MobileRefused {
    if (around.exchanged().isEmpty()) {
      throw oauth("unsupported_grant_type", "this grant is not served");
    }
    String type = form.get("subject_token_type").orElse(ACCESS_TOKEN);
    String shown = required(form, "subject_token");
    if (!type.equals(ACCESS_TOKEN)) {
      throw oauth("invalid_request", "subject_token_type is not served");
    }
    if (!(around.kernel().read(shown, Tokens.Use.ACCESS, exchange.now())
            instanceof Tokens.Genuine(Session session))
        || session.holder().kind() != Session.Kind.ACCOUNT
        || !around.exchanged().contains(session.application())
        || !around.kernelSessions().inForce(session)) {
      throw invalidGrant();
    }
    return given(
        around
            .refresh()
            .issue(around.sessions().exchanged(session, app, DOOR, exchange.id(request))));
  }

  private Answer given(RefreshTokens.Renewable renewable) throws MobileRefused {
    Session session = renewable.session();
    Accounts.Found account =
        around.accounts().find(session.holder().name()).orElseThrow(AppLogIn::invalidGrant);
    String profile = around.phones().profile(account.id());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "access_token",
        around
            .tokens()
            .of(
                session,
                Tokens.Use.ACCESS,
                Map.of(
                    "profile_id",
                    profile,
                    "auth_time",
                    session.since().getEpochSecond(),
                    "amr",
                    List.of(session.means() == Session.Means.CODE ? "otp" : "pwd"))));
    body.put("token_type", "Bearer");
    body.put("expires_in", Duration.between(exchange.now(), session.expiresAt()).toSeconds());
    body.put("refresh_token", renewable.token());
    body.put("profile_id", profile);
    return Answer.ok(body);
  }

  private static Session.Holder holder(Account account) {
    return new Session.Holder(
        Session.Kind.ACCOUNT,
        account.loginName(),
        account.roles(),
        account.name(),
        account.address(Channel.EMAIL).orElse(null),
        account.address(Channel.PHONE).orElse(null),
        account.language());
  }
}

package io.watchword.server.authmanager;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.FirstUse;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.LogInRefusal;
import io.watchword.core.session.Session;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Exchange.Shape;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.kernel.StatusReply;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The door itself: it reads a request, finds the user where the application has them, calls one
 * story of the core, and answers in the dialect of the deployment. Anybody may call.
 */
public final class AuthManagerDoor implements HttpService {

  static final String NAME = "authmanager";

  private final AuthManagerSettings settings;
  private final Applications applications;
  private final Stories stories;
  private final Users users;
  private final Captcha captcha;
  private final Exchange exchange;
  private final Spelling spelling;
  private final LogIns logIns;
  private final TokenCalls tokenCalls;
  private final InternalCalls internalCalls;
  private final UserCalls userCalls;
  private final Tokens tokens;

  /** What the core offers to this door. */
  public record Stories(
      SendCode send, LogIn logIn, Directory directory, Accounts accounts, FirstUse firstUse) {}

  /** The door, made from what is around it. */
  public AuthManagerDoor(
      AuthManagerSettings settings,
      Applications applications,
      BudgetPolicy budgets,
      Stories stories,
      Exchange exchange,
      TokenCalls tokenCalls) {
    this.settings = settings;
    this.applications = applications;
    this.stories = stories;
    this.captcha = new Captcha(settings.captcha());
    this.users =
        new Users(
            stories.directory(),
            stories.accounts(),
            stories.firstUse(),
            settings.individualRoles(),
            settings.addressRoles());
    this.exchange = exchange;
    this.spelling = new Spelling(settings.dialect());
    this.logIns = new LogIns(settings, applications, budgets, stories, users, spelling);
    this.tokenCalls = tokenCalls;
    this.internalCalls = new InternalCalls(logIns, spelling, exchange, tokenCalls);
    this.userCalls = new UserCalls(settings, applications, stories, exchange, tokenCalls.caller());
    this.tokens = tokenCalls.tokens();
  }

  @Override
  public void routing(HttpRules routes) {
    post(routes, "sendotp", this::sendOtp);
    post(routes, "useridOTP", this::userOtp);
    post(routes, "useridPwd", this::userPassword);
    post(routes, "clientidsecretkey", this::clientSecret);
    tokenCalls.routing(routes);
    internalCalls.routing(routes);
    userCalls.routing(routes);
    routes.any(exchange::otherPath);
  }

  private void post(HttpRules routes, String call, Exchange.Step step) {
    String path = "/authenticate/" + call;
    routes
        .post(
            path, exchange.handler(Names.of("mosip.authentication." + call), Shape.ENVELOPE, step))
        .any(path, exchange::otherMethod);
  }

  /** Contract kernel A.1. */
  private Object sendOtp(Incoming incoming) throws Refused {
    SendForm form = SendForm.of(incoming.members(), settings.dialect(), applications);
    captcha.check(form.application(), incoming.members().filled(Captcha.MEMBER), incoming.origin());
    String caller = LogIns.caller(form.application());
    Optional<Users.User> user =
        users
            .find(Optional.of(form.application()), form.type(), form.userId())
            .or(() -> users.open(form.application(), form.type(), form.userId(), caller));
    if (user.isPresent() || form.userId().isEmpty()) {
      form.checkLate(settings.dialect());
    }
    Identifier identifier =
        user.map(Users.User::identifier)
            .orElseGet(() -> Users.identifier(form.type(), form.userId()));
    var request =
        new SendCode.Request(
            NAME,
            caller,
            identifier,
            "",
            form.channels(),
            true,
            new SendCode.Wording(form.family(), form.variables()),
            incoming.id());
    if (user.isEmpty()) {
      return spelling.refused(stories.send().refuseUnknown(request).why());
    }
    checkFamily(form);
    SendCode.Outcome outcome =
        stories.send().send(logIns.rules(form.application()), request, user.get().recipient());
    return switch (outcome) {
      case SendCode.Sent(Map<Channel, String> addresses) ->
          StatusReply.success(sent(addresses.keySet()));
      case SendCode.Refused(SendRefusal why) -> spelling.refused(why);
    };
  }

  private void checkFamily(SendForm form) throws Refused {
    if (!form.application().families().contains(form.family())) {
      String place =
          form.channels().contains(Channel.PHONE) ? "sms-template" : "email-subject-template";
      throw new Refused(
          "KER-ATH-436",
          " Template is missing for language %swith context %s-%s"
              .formatted(settings.language(), cut(form.family()), place));
    }
  }

  private String sent(Set<Channel> channels) {
    if (settings.dialect() == Dialect.SEED) {
      return "OTP had been sent successfully";
    }
    if (channels.size() > 1) {
      return "OTP message sent across all the channels";
    }
    return channels.contains(Channel.EMAIL) ? "Email Request submitted" : "Sms Request Sent";
  }

  /** Contract kernel A.2. */
  private Object userOtp(Incoming incoming) throws Refused {
    LogIn.Outcome outcome = logIns.byCode(incoming);
    return switch (outcome) {
      case LogIn.In(Session session) -> {
        giveToken(incoming, session);
        yield StatusReply.success(
            settings.dialect() == Dialect.SEED
                ? "OTP validation is successfull"
                : "VALIDATION_SUCCESSFUL");
      }
      case LogIn.Wrong() -> spelling.wrongCode();
      case LogIn.Refused(LogInRefusal why) -> spelling.refusedCode(why);
    };
  }

  /** Contract kernel A.4. */
  private Object userPassword(Incoming incoming) throws Refused {
    return switch (logIns.byPassword(incoming)) {
      case LogIn.In(Session session) -> {
        giveToken(incoming, session);
        yield StatusReply.success(
            "Username and password combination had been validated successfully");
      }
      case LogIn.Wrong() -> throw spelling.wrongPassword();
      case LogIn.Refused(LogInRefusal why) -> spelling.refusedPassword(why);
    };
  }

  /** Contract kernel A.3. */
  private Object clientSecret(Incoming incoming) throws Refused {
    LogIn.Outcome outcome = logIns.bySecret(incoming, "secretKey");
    return switch (outcome) {
      case LogIn.In(Session session) -> {
        giveToken(incoming, session);
        yield new StatusReply(
            settings.dialect() == Dialect.SEED ? "success" : "Success",
            "Clientid and Token combination had been validated successfully");
      }
      case LogIn.Wrong() -> throw spelling.wrongSecret();
      case LogIn.Refused(LogInRefusal why) -> throw spelling.refusedSecret(why);
    };
  }

  private void giveToken(Incoming incoming, Session session) {
    exchange
        .answers()
        .giveToken(
            incoming.response(),
            tokens.of(session, Tokens.Use.ACCESS),
            session.issuedAt(),
            session.expiresAt());
  }

  private static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }
}

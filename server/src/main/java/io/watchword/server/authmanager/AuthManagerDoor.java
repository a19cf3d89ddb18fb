package io.watchword.server.authmanager;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
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
import io.watchword.server.kernel.Members;
import io.watchword.server.kernel.Names;
import io.watchword.server.kernel.Refused;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.kernel.StatusReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door itself: it reads a request, finds the user where the application has them, calls one
 * story of the core, and answers in the dialect of the deployment. Anybody may call.
 */
public final class AuthManagerDoor implements HttpService {

  static final String NAME = "authmanager";

  /** Under which wrong codes of callers who name no application are counted. */
  private static final String NO_APPLICATION = NAME;

  private final AuthManagerSettings settings;
  private final Applications applications;
  private final BudgetPolicy budgets;
  private final Stories stories;
  private final Users users;
  private final Exchange exchange;
  private final Spelling spelling;
  private final TokenCalls tokenCalls;
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
    this.budgets = budgets;
    this.stories = stories;
    this.users =
        new Users(
            stories.directory(),
            stories.accounts(),
            stories.firstUse(),
            settings.individualRoles(),
            settings.addressRoles());
    this.exchange = exchange;
    this.spelling = new Spelling(settings.dialect());
    this.tokenCalls = tokenCalls;
    this.tokens = tokenCalls.tokens();
  }

  @Override
  public void routing(HttpRules routes) {
    post(routes, "sendotp", this::sendOtp);
    post(routes, "useridOTP", this::userOtp);
    post(routes, "useridPwd", this::userPassword);
    post(routes, "clientidsecretkey", this::clientSecret);
    tokenCalls.routing(routes);
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
    String caller = caller(form.application());
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
        stories.send().send(rules(form.application()), request, user.get().recipient());
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
    LogIn.Outcome outcome = byCode(incoming);
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

  private LogIn.Outcome byCode(Incoming incoming) throws Refused {
    Members request = incoming.members();
    String userId = required(request, "userId");
    String code = required(request, "otp");
    boolean needsApplication = settings.dialect() == Dialect.KERNEL;
    Optional<Application> application = application(request, needsApplication);
    Users.Type type =
        switch (request.filled("useridtype")) {
          case "UIN" -> Users.Type.UIN;
          case "USERID" -> Users.Type.USERID;
          default -> Users.Type.ANY;
        };
    var asked =
        new LogIn.Request(
            NAME,
            application.map(AuthManagerDoor::caller).orElse(NO_APPLICATION),
            application.map(Application::id).orElse(""),
            incoming.origin(),
            incoming.id());
    Optional<Users.User> user = users.find(application, type, userId);
    if (user.isEmpty()) {
      return stories.logIn().unknown(asked, Users.identifier(type, userId));
    }
    return stories
        .logIn()
        .byCode(
            rules(application.orElse(null)),
            asked,
            user.get().identifier(),
            user.get().recipient(),
            user.get().holder(),
            code);
  }

  /** Contract kernel A.4. */
  private Object userPassword(Incoming incoming) throws Refused {
    return switch (byPassword(incoming)) {
      case LogIn.In(Session session) -> {
        giveToken(incoming, session);
        yield StatusReply.success(
            "Username and password combination had been validated successfully");
      }
      case LogIn.Wrong() -> throw spelling.wrongPassword();
      case LogIn.Refused(LogInRefusal why) -> spelling.refusedPassword(why);
    };
  }

  private LogIn.Outcome byPassword(Incoming incoming) throws Refused {
    Members request = incoming.members();
    String name = required(request, "userName");
    String password = required(request, "password");
    String appId = required(request, "appId");
    Application application =
        applications.find(appId).orElseThrow(() -> spelling.noApplication(appId));
    Optional<Accounts.Found> found =
        application.places().contains(Application.Place.ACCOUNTS)
            ? stories.accounts().find(name)
            : Optional.empty();
    return stories
        .logIn()
        .byPassword(
            new LogIn.Request(
                NAME, caller(application), application.id(), incoming.origin(), incoming.id()),
            name,
            found,
            found
                .map(known -> Users.holder(known.account()))
                .orElseGet(() -> Session.Holder.client("", List.of())),
            password);
  }

  /** Contract kernel A.3. */
  private Object clientSecret(Incoming incoming) throws Refused {
    Members request = incoming.members();
    String clientId = required(request, "clientId");
    String secret = required(request, "secretKey");
    application(request, false);
    LogIn.Outcome outcome =
        stories
            .logIn()
            .bySecret(
                new LogIn.Request(NAME, clientId, "", incoming.origin(), incoming.id()),
                clientId,
                secret);
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
            incoming.now(),
            session.expiresAt());
  }

  private Optional<Application> application(Members request, boolean needed) throws Refused {
    String name = needed ? required(request, "appId") : request.filled("appId");
    Optional<Application> application = applications.find(name);
    if (application.isEmpty() && !name.isEmpty()) {
      throw KernelCodes.noApplication(name);
    }
    return application;
  }

  private SendCode.CodeRules rules(@Nullable Application application) {
    return Applications.rules(settings.codes(), budgets, application);
  }

  /** No partner's id has a slash, so the two kinds of callers never share a counter. */
  static String caller(Application application) {
    return "app/" + application.id();
  }

  private static String required(Members request, String member) throws Refused {
    String text = request.filled(member);
    if (text.isEmpty() || text.length() > 1024) {
      throw KernelCodes.blank(member);
    }
    return text;
  }

  private static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }
}

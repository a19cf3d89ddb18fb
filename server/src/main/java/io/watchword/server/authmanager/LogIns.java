package io.watchword.server.authmanager;

import io.watchword.core.account.Accounts;
import io.watchword.core.account.Application;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.Session;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Exchange.Incoming;
import io.watchword.server.kernel.Members;
import io.watchword.server.kernel.Refused;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what somebody logs in with and calls the story; how it is answered differs by call. */
record LogIns(
    AuthManagerSettings settings,
    Applications applications,
    BudgetPolicy budgets,
    AuthManagerDoor.Stories stories,
    Users users,
    Spelling spelling) {

  /** Under which wrong codes of callers who name no application are counted. */
  private static final String NO_APPLICATION = AuthManagerDoor.NAME;

  private static final int LONGEST_MEMBER = 1024;

  /** A code that was sent (contract kernel A.2). */
  LogIn.Outcome byCode(Incoming incoming) throws Refused {
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
            AuthManagerDoor.NAME,
            application.map(LogIns::caller).orElse(NO_APPLICATION),
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

  /** A password (contract kernel A.4). */
  LogIn.Outcome byPassword(Incoming incoming) throws Refused {
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
                AuthManagerDoor.NAME,
                caller(application),
                application.id(),
                incoming.origin(),
                incoming.id()),
            name,
            found,
            found
                .map(known -> Users.holder(known.account()))
                .orElseGet(() -> Session.Holder.client("", List.of())),
            password);
  }

  /**
   * The secret of a client (contract kernel A.3).
   *
   * @param secretMember name of the member that holds it
   */
  LogIn.Outcome bySecret(Incoming incoming, String secretMember) throws Refused {
    Members request = incoming.members();
    String clientId = required(request, "clientId");
    String secret = required(request, secretMember);
    application(request, false);
    return stories
        .logIn()
        .bySecret(
            new LogIn.Request(AuthManagerDoor.NAME, clientId, "", incoming.origin(), incoming.id()),
            clientId,
            secret);
  }

  private Optional<Application> application(Members request, boolean needed) throws Refused {
    String name = needed ? required(request, "appId") : request.filled("appId");
    Optional<Application> application = applications.find(name);
    if (application.isEmpty() && !name.isEmpty()) {
      throw KernelCodes.noApplication(name);
    }
    return application;
  }

  SendCode.CodeRules rules(@Nullable Application application) {
    return Applications.rules(settings.codes(), budgets, application);
  }

  static String caller(Application application) {
    return Application.caller(application.id());
  }

  private static String required(Members request, String member) throws Refused {
    String text = request.filled(member);
    if (text.isEmpty() || text.length() > LONGEST_MEMBER) {
      throw KernelCodes.blank(member);
    }
    return text;
  }

  /** Without what is in them. */
  @Override
  public String toString() {
    return "LogIns";
  }
}

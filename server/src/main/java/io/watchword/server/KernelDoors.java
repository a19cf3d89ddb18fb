package io.watchword.server;

import io.helidon.http.Status;
import io.watchword.core.account.Accounts;
import io.watchword.core.account.FirstUse;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.KeyCodes;
import io.watchword.core.code.SendCode;
import io.watchword.core.session.LogIn;
import io.watchword.server.authmanager.AuthManagerDoor;
import io.watchword.server.authmanager.AuthManagerSettings;
import io.watchword.server.authmanager.Captcha;
import io.watchword.server.authmanager.TokenCalls;
import io.watchword.server.http.Mount;
import io.watchword.server.kernel.Answers;
import io.watchword.server.kernel.Applications;
import io.watchword.server.kernel.Caller;
import io.watchword.server.kernel.Exchange;
import io.watchword.server.otpmanager.OtpManagerDoor;
import io.watchword.server.otpmanager.OtpManagerSettings;
import io.watchword.server.settings.KernelDoorSettings;
import io.watchword.server.settings.Settings;
import io.watchword.server.tokens.PublishedKeys;
import io.watchword.server.tokens.TokenTerms;
import io.watchword.server.tokens.Tokens;
import io.watchword.wire.kernel.KernelError;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the objects of the doors meet that speak the formats of the kernel services. */
final class KernelDoors {

  private static final String AUDIENCE = "watchword-kernel";

  private final Platform platform;
  private final Settings settings;
  private final KernelDoorSettings door;
  private final Exchange.Outside outside;
  private final Answers answers;
  private final Applications applications;
  private final Tokens tokens;
  private final Caller caller;

  /**
   * @param own this server's base address
   */
  KernelDoors(Platform platform, String own, Exchange.Outside outside) {
    this.platform = platform;
    this.settings = platform.settings();
    this.door = settings.doors().kernel();
    this.outside = outside;
    this.answers = new Answers(door.dialect(), door.tokens().secureCookie());
    this.applications = new Applications(platform.callers(), door.aliases());
    this.tokens =
        new Tokens(
            platform.keys(), new TokenTerms(own + realm(), AUDIENCE, door.tokens().prefix()));
    this.caller = new Caller(tokens, platform.sessions());
  }

  private String realm() {
    return "/auth/realms/" + door.tokens().realm();
  }

  /** Finds callers by their tokens, for doors that take those of the kernel services. */
  Caller callers() {
    return caller;
  }

  /** Tokens of the kernel services, for doors that take them in exchange. */
  Tokens tokens() {
    return tokens;
  }

  /** All of them, with what resource servers need to judge their tokens. */
  List<Mount> mounts(SendCode send) {
    return List.of(
        new Mount("authmanager", door.authManager(), authManager(send)),
        new Mount("otpmanager", door.otpManager(), otpManager()),
        new Mount("realm", realm(), new PublishedKeys(platform.keys())));
  }

  private AuthManagerDoor authManager(SendCode send) {
    BudgetPolicy budgets = settings.budgets().policy();
    var exchange =
        new Exchange(
            "authmanager",
            answers,
            new Exchange.Vocabulary(
                "KER-ATH-019",
                new KernelError("KER-ATH-019", "request must not be null"),
                Status.OK_200,
                "500"),
            outside,
            door.body().toInt());
    var accounts = new Accounts(platform.store(), platform.directory());
    return new AuthManagerDoor(
        new AuthManagerSettings(
            door.dialect(),
            door.aliases(),
            door.individualRoles(),
            door.addressRoles(),
            door.userRoles(),
            settings.letters().languages().getFirst(),
            settings.kernelLoginCodes(),
            captcha()),
        applications,
        budgets,
        new AuthManagerDoor.Stories(
            send,
            new LogIn(
                platform.store(),
                platform.keyring(),
                platform.audit(),
                platform.ambient(),
                platform.sessions(),
                platform.slowHash(),
                budgets),
            platform.directory(),
            accounts,
            new FirstUse(
                platform.store(),
                platform.directory(),
                platform.audit(),
                platform.ambient(),
                budgets.sendsPerCallerHour(),
                platform.budgetLog())),
        exchange,
        new TokenCalls(door.dialect(), exchange, caller, tokens, platform.sessions()));
  }

  private Captcha.@Nullable Service captcha() {
    KernelDoorSettings.Captcha given = door.captcha();
    return given.verifyUrl().isEmpty() || given.secret() == null
        ? null
        : new Captcha.Service(
            URI.create(given.verifyUrl()), given.secret().reveal(), given.timeout());
  }

  private OtpManagerDoor otpManager() {
    var exchange =
        new Exchange(
            "otpmanager",
            answers,
            new Exchange.Vocabulary(
                "KER-OTV-999",
                new KernelError("KER-OTV-500", "request must not be null"),
                Status.INTERNAL_SERVER_ERROR_500,
                "KER-OTV-500"),
            outside,
            door.body().toInt());
    return new OtpManagerDoor(
        new OtpManagerSettings(door.otpRoles(), door.sharedKeys(), settings.kernelKeyCodes()),
        applications,
        settings.budgets().policy(),
        new KeyCodes(
            platform.store(),
            platform.keyring(),
            platform.audit(),
            platform.ambient(),
            platform.budgetLog()),
        caller,
        exchange);
  }
}

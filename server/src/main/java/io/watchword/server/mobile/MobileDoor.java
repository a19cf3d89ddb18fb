package io.watchword.server.mobile;

import io.helidon.webserver.http.HttpRules;
import io.watchword.core.account.Accounts;
import io.watchword.core.code.SendCode;
import io.watchword.core.mobile.AnswerLogin;
import io.watchword.core.mobile.ClaimLogin;
import io.watchword.core.mobile.DeviceNotices;
import io.watchword.core.mobile.EnrolDevice;
import io.watchword.core.mobile.FinishLogin;
import io.watchword.core.mobile.Ground;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.StartLogin;
import io.watchword.core.session.LogIn;
import io.watchword.core.session.RefreshTokens;
import io.watchword.core.session.Sessions;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Store;
import io.watchword.server.http.Mount;
import io.watchword.server.kernel.Exchange.Outside;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.settings.MobileDoorSettings;
import io.watchword.server.tokens.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the parts of mobile authentication meet, and where their routes begin. */
public final class MobileDoor {

  private static final String PORTAL = "/oauth/api/v4/authenticate";
  private static final String FORMER_PORTAL = "/oauth/api/v3/authenticate";
  private static final String PHONE = "/oauth/mobile-auth/v1";
  private static final String TOKEN = "/oauth/token";
  private static final String DEVICES = "/oauth/api/v4/users";
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration TOTAL = Duration.ofSeconds(5);
  private static final int MOST_TYPES = 1_000;

  private final MobileExchange exchange;
  private final PortalCalls portal;
  private final EnrollmentCalls enrollments;
  private final PhoneCalls phone;
  private final AppLogIn logIn;
  private final DeviceListCalls devices;

  /**
   * What is around it.
   *
   * @param server this server's base address, as apps pin it
   * @param ground of its stories
   * @param rows types and portals
   * @param sessions of people who are logged in to an app
   * @param tokens of those sessions
   * @param kernelSessions of people who are logged in to the kernel services
   * @param kernelTokens of those sessions
   * @param rules of the codes with which people log in
   * @param deviceNotices that people get of each device's key; {@code null}: none
   */
  public record Around(
      MobileDoorSettings settings,
      String server,
      Outside outside,
      Ground ground,
      CachedRows rows,
      ServerKeys keys,
      Accounts accounts,
      LogIn logIn,
      Sessions sessions,
      Tokens tokens,
      Sessions kernelSessions,
      Tokens kernelTokens,
      SendCode.CodeRules rules,
      @Nullable DeviceNotices deviceNotices) {}

  public MobileDoor(Around around) {
    MobileDoorSettings settings = around.settings();
    Ground ground = around.ground();
    this.exchange = new MobileExchange(around.outside(), settings.appOrigins());
    var forPortals = new MobileExchange(around.outside(), Set.of());
    var finish = new FinishLogin(ground);
    Waiters waiters = waiters(around, finish);
    var keys = new MobileKeys(around.keys());
    Phones phones = phones(around);
    var portals = new Portals(around.rows(), ground.keyring());
    var enrol =
        new EnrolDevice(
            ground,
            new EnrolDevice.Limits(
                settings.enrollment().mode(), settings.enrollment().mostDevices()),
            around.deviceNotices());
    this.portal =
        new PortalCalls(
            new PortalCalls.Around(
                forPortals,
                portals,
                around.rows(),
                around.accounts(),
                new StartLogin(ground, settings.startsPerHour()),
                finish,
                waiters,
                enrol,
                () -> types(ground.store()),
                settings.appLink(),
                settings.callbacksInside()));
    this.devices = new DeviceListCalls(forPortals, portals, around.accounts(), enrol);
    this.enrollments =
        new EnrollmentCalls(
            new EnrollmentCalls.Around(
                exchange,
                phones,
                keys,
                enrol,
                around.server(),
                settings.apps(),
                settings.minAppVersion(),
                settings.enrollment().enabled(),
                settings.enrollment().freshLogin()));
    this.phone =
        new PhoneCalls(
            new PhoneCalls.Around(
                exchange,
                phones,
                keys,
                ground.store(),
                around.rows(),
                new ClaimLogin(ground),
                new AnswerLogin(ground),
                waiters,
                around.server(),
                settings.appLink()));
    this.logIn = logIn(around, exchange, phones);
  }

  private static Phones phones(Around around) {
    Ground ground = around.ground();
    return new Phones(
        around.tokens(),
        around.sessions(),
        around.accounts(),
        ground.keyring(),
        new ForeignTokens(
            around.settings().identityProviders(), around.server(), ground.ambient().clock()));
  }

  private static Waiters waiters(Around around, FinishLogin finish) {
    Ground ground = around.ground();
    var callbacks =
        new Callbacks(
            ground.store(),
            around.rows(),
            finish,
            ground.ambient().clock(),
            new SafePost(CONNECT, TOTAL, around.settings().callbacksInside()));
    Thread.ofVirtual().name("mobile-callbacks-resume").start(callbacks::resume);
    return new Waiters(ground.ambient().clock(), callbacks, around.settings().waitingRequests());
  }

  private static AppLogIn logIn(Around around, MobileExchange exchange, Phones phones) {
    Ground ground = around.ground();
    MobileDoorSettings settings = around.settings();
    return new AppLogIn(
        new AppLogIn.Around(
            exchange,
            phones,
            around.accounts(),
            around.logIn(),
            around.rules(),
            around.tokens(),
            around.sessions(),
            new RefreshTokens(
                ground.store(), ground.keyring(), around.sessions(), ground.ambient()),
            around.kernelTokens(),
            around.kernelSessions(),
            settings.apps(),
            settings.exchangeApplications(),
            settings.passwords()));
  }

  /** Its routes. */
  public List<Mount> mounts() {
    return List.of(
        new Mount("mobile", PORTAL, portal),
        new Mount("mobile-v3", FORMER_PORTAL, portal),
        new Mount("mobile-app", PHONE, this::appCalls),
        new Mount("mobile-devices", DEVICES, devices),
        new Mount("mobile-token", TOKEN, this::tokenCalls));
  }

  private static List<String> types(Store store) {
    return store.scan(MobileType.TABLE, "", MOST_TYPES).stream()
        .map(each -> each.row().name())
        .toList();
  }

  private void tokenCalls(HttpRules routes) {
    logIn.routing(routes);
    routes.options("/", exchange::preflight);
  }

  private void appCalls(HttpRules routes) {
    enrollments.routing(routes);
    routes.register("/otp", phone);
    routes.options("/*", exchange::preflight);
  }
}

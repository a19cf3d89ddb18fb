package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.account.Accounts;
import io.watchword.core.mobile.EnrolDevice;
import io.watchword.core.mobile.FinishLogin;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.PortalClient.Scope;
import io.watchword.core.mobile.StartLogin;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.unit.CachedRows;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.mobile.MobileExchange.Answer;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The calls of login pages' back ends (contract mobile 1.2 to 1.5). */
final class PortalCalls implements HttpService {

  private static final Pattern BINDING = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{1,8})*");
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Set<String> FORBIDDEN = Set.of("user_id", "signing_data");
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(2);
  private static final int LONGEST_VALUE = 2_048;

  private final MobileExchange exchange;
  private final Portals portals;
  private final CachedRows rows;
  private final Accounts accounts;
  private final StartLogin start;
  private final FinishLogin finish;
  private final Waiters waiters;
  private final String link;
  private final boolean inside;
  private final EnrolDevice enrol;
  private final Supplier<List<String>> types;

  private final PollPace pace = new PollPace();

  /**
   * What these calls lean on.
   *
   * @param types the names of all types
   * @param link what links into the app begin with; empty: there are none
   * @param inside whether portals may be called back without TLS
   */
  record Around(
      MobileExchange exchange,
      Portals portals,
      CachedRows rows,
      Accounts accounts,
      StartLogin start,
      FinishLogin finish,
      Waiters waiters,
      EnrolDevice enrol,
      Supplier<List<String>> types,
      String link,
      boolean inside) {}

  PortalCalls(Around around) {
    this.exchange = around.exchange();
    this.portals = around.portals();
    this.rows = around.rows();
    this.accounts = around.accounts();
    this.start = around.start();
    this.finish = around.finish();
    this.waiters = around.waiters();
    this.link = around.link();
    this.inside = around.inside();
    this.enrol = around.enrol();
    this.types = around.types();
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .post("/user", exchange.handler("start", this::start))
        .get("/transaction/{id}", exchange.handler("result", this::result))
        .post("/transaction/{id}/redeem", exchange.handler("redeem", this::redeem))
        .post("/transaction/{id}/cancel", exchange.handler("cancel", this::cancel))
        .get("/user/{user}/enabled", exchange.handler("enabled", this::enabled))
        .get("/user/{user}/device/{device}/enabled", exchange.handler("enabled", this::enabled));
  }

  /** Contract mobile 1.8: which types somebody can answer; of somebody unknown, none. */
  private Answer enabled(ServerRequest request) throws MobileRefused {
    portals.admit(request, new Form(Map.of()), Scope.MOBILE_AUTHENTICATION);
    String user = request.path().pathParameters().first("user").orElse("");
    Optional<String> device = request.path().pathParameters().first("device").asOptional();
    boolean able =
        accounts.find(user).map(found -> enrol.of(found.id())).orElse(List.of()).stream()
            .anyMatch(each -> device.isEmpty() || each.device().id().equals(device.get()));
    List<Map<String, String>> enabled =
        able ? types.get().stream().map(PortalCalls::answerable).toList() : List.of();
    return Answer.ok(Map.of("enabled", enabled));
  }

  private static Map<String, String> answerable(String type) {
    Map<String, String> told = new LinkedHashMap<>();
    told.put("type", type);
    told.put("method", "OTP");
    return told;
  }

  private Answer start(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Form form = exchange.form(request);
    PortalClient client = portals.admit(request, form, Scope.MOBILE_AUTHENTICATION);
    MobileType type = type(form);
    return switch (start.start(client, type, asked(request, form))) {
      case StartLogin.Started started -> {
        waiters.changed(started.transaction().id());
        yield started(type, started);
      }
      case StartLogin.NoMessage() ->
          throw MobileRefused.portal(
              Status.NOT_FOUND_404, "1006", "not_found", "there is no message and no default");
      case StartLogin.MessageTooLong() ->
          throw MobileRefused.portal(
              Status.BAD_REQUEST_400, "1005", "invalid_request", "the message is too long");
      case StartLogin.BadParameter(String name) -> throw wrongStart(name);
      case StartLogin.TooMany(Duration retryAfter) ->
          throw MobileRefused.portal(
                  Status.TOO_MANY_REQUESTS_429, "1002", "slow_down", "too many logins were started")
              .as("otp_auth_init_failure")
              .with("retry_after", retryAfter.toSeconds());
    };
  }

  private static MobileRefused wrongStart(String parameter) {
    return MobileRefused.parameter(parameter).as("mobile_auth_init_failure_invalid_req");
  }

  private MobileType type(Form form) throws MobileRefused {
    String name = form.get("type").orElseThrow(() -> MobileRefused.parameter("type"));
    MobileType type = name.length() > LONGEST_VALUE ? null : rows.get(MobileType.TABLE.key(name));
    if (type == null) {
      throw MobileRefused.portal(
          Status.NOT_FOUND_404, "3005", "not_found", "there is no type of this name");
    }
    return type;
  }

  private StartLogin.Request asked(ServerRequest request, Form form) throws MobileRefused {
    for (Map.Entry<String, String> each : form.values().entrySet()) {
      if (FORBIDDEN.contains(each.getKey()) || each.getValue().length() > LONGEST_VALUE) {
        throw wrongStart(each.getKey());
      }
    }
    return new StartLogin.Request(
        form.get("message").orElse(null),
        form.get("secure_message").orElse(null),
        fitting(form, "language_code", LANGUAGE),
        form.get("origin").orElse(null),
        fitting(form, "session_binding", BINDING),
        expected(form),
        oneOf(form, "qr_mode", "static", "rotating").equals("rotating"),
        oneOf(form, "channel", "qr", "link").equals("link")
            ? Transaction.Source.LINK
            : Transaction.Source.QR,
        form.has("confirm")
            ? Confirm.valueOf(
                oneOf(form, "confirm", "tap", "choose", "enter").toUpperCase(Locale.ROOT))
            : null,
        shorter(form),
        Browser.context(form.get("user_agent").orElse(null)),
        form.get("ip_address").filter(Browser::isAddress).orElse(null),
        callback(form),
        oneOf(form, "notify", "", "scanned").equals("scanned"),
        exchange.id(request));
  }

  private static @Nullable String fitting(Form form, String name, Pattern pattern)
      throws MobileRefused {
    Optional<String> value = form.get(name);
    if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
      throw MobileRefused.parameter(name);
    }
    return value.orElse(null);
  }

  private @Nullable String callback(Form form) throws MobileRefused {
    Optional<String> address = form.get("callback_uri");
    if (address.isPresent() && !inside && !PortalLine.isCallable(address.get())) {
      throw wrongStart("callback_uri");
    }
    return address.orElse(null);
  }

  private static String oneOf(Form form, String name, String usual, String... others)
      throws MobileRefused {
    String value = form.get(name).orElse(usual);
    if (!value.equals(usual) && !Set.of(others).contains(value)) {
      throw MobileRefused.parameter(name);
    }
    return value;
  }

  private static @Nullable Duration shorter(Form form) throws MobileRefused {
    String given = form.get("requested_expiry").orElse(null);
    if (given == null) {
      return null;
    }
    if (!given.matches("[0-9]{1,4}") || Integer.parseInt(given) < 30) {
      throw MobileRefused.parameter("requested_expiry");
    }
    return Duration.ofSeconds(Integer.parseInt(given));
  }

  private @Nullable String expected(Form form) throws MobileRefused {
    Optional<String> user = form.get("expected_user_id");
    if (user.isEmpty()) {
      return null;
    }
    return accounts
        .find(user.get())
        .map(Accounts.Found::id)
        .orElseThrow(() ->
            MobileRefused.portal(
                Status.NOT_FOUND_404, "1001", "not_found", "there is no such user"));
  }

  private Answer started(MobileType type, StartLogin.Started started) {
    Transaction transaction = started.transaction();
    Transaction.Times times = transaction.times();
    UUID id = UUID.fromString(transaction.id());
    boolean byLink = transaction.asked().source() == Transaction.Source.LINK;
    Duration life = Duration.between(times.createdAt(), times.expiresAt());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", transaction.id());
    body.put("auth_method", "otp");
    body.put("time_to_live", life.toMillis());
    if (started.rotating()) {
      body.put("otp", ScannedCode.Frame.of(started.secret(), id, 0).text());
    } else {
      var code = new ScannedCode.Fixed(id, started.secret());
      body.put("otp", byLink ? code.shortText() : code.text());
      if (byLink && !link.isEmpty()) {
        body.put("link", link + "#" + code.shortText());
      }
    }
    body.put("expires_in", life.toSeconds());
    body.put(
        "claim_expires_in", Duration.between(times.createdAt(), times.claimUntil()).toSeconds());
    body.put("interval", type.pollInterval().toSeconds());
    if (started.rotating()) {
      Map<String, Object> qr = new LinkedHashMap<>();
      qr.put("mode", "rotating");
      qr.put("key", Base64Url.encode(started.secret()));
      qr.put("step_ms", type.rotation().step().toMillis());
      qr.put("frame_validity_ms", type.rotation().frameValidity().toMillis());
      body.put("qr", qr);
    }
    return Answer.ok(body);
  }

  private static String id(ServerRequest request) throws MobileRefused {
    String id = request.path().pathParameters().first("id").orElse("");
    if (!UUID_TEXT.matcher(id).matches()) {
      throw MobileRefused.noTransaction();
    }
    return id;
  }

  private Answer result(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    PortalClient client = portals.admit(request, new Form(Map.of()), Scope.MOBILE_AUTHENTICATION);
    String id = id(request);
    Optional<Integer> wait = number(request, "wait");
    Optional<Integer> version = number(request, "version");
    Transaction found = finish.look(client.id(), id).orElseThrow(MobileRefused::noTransaction);
    if (wait.orElse(0) > 0 && version.isPresent() && version.get() == found.version()) {
      found = await(client.id(), id, version.get(), wait.orElse(0));
    } else if (!found.state().isFinal()) {
      // Whoever has not seen this version yet gets it at once, but not again and again.
      String asked = version.isPresent() ? id + "/" + found.version() : id;
      pace.keep(asked, interval(found), exchange.now());
    }
    found =
        finish
            .fetch(client.id(), id, exchange.id(request))
            .orElseThrow(MobileRefused::noTransaction);
    return Results.of(found, exchange.now(), interval(found).toSeconds());
  }

  private Transaction await(String client, String id, int version, int seconds)
      throws MobileRefused {
    Duration most = Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT.toSeconds()));
    try (Waiters.Place _ = waiters.place(client).orElseThrow(PortalCalls::tooManyWait)) {
      return waiters
          .await(id, version, most, () -> finish.look(client, id))
          .orElseThrow(MobileRefused::noTransaction);
    }
  }

  private static MobileRefused tooManyWait() {
    return MobileRefused.portal(
            Status.TOO_MANY_REQUESTS_429,
            "1003",
            "slow_down",
            "too many requests of this portal are waiting")
        .as("too_many_waiting")
        .with("retry_after", 2);
  }

  private static Optional<Integer> number(ServerRequest request, String name) throws MobileRefused {
    Optional<String> given = request.query().first(name).asOptional();
    if (given.isPresent() && !given.get().matches("[0-9]{1,6}")) {
      throw MobileRefused.parameter(name);
    }
    return given.map(Integer::valueOf);
  }

  private Duration interval(Transaction found) {
    MobileType type = rows.get(MobileType.TABLE.key(found.asked().type()));
    return type == null ? USUAL_INTERVAL : type.pollInterval();
  }

  private Answer redeem(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Form form = exchange.form(request);
    PortalClient client = portals.admit(request, form, Scope.MOBILE_AUTHENTICATION);
    String id = id(request);
    String secret =
        form.get("session_secret")
            .filter(text -> BINDING.matcher(text).matches())
            .orElseThrow(() -> MobileRefused.parameter("session_secret"));
    FinishLogin.Outcome outcome =
        finish.redeem(
            client.id(),
            id,
            SignedText.hash(bytes(secret)),
            form.get("return_code").orElse(null),
            exchange.id(request));
    waiters.changed(id);
    return switch (outcome) {
      case FinishLogin.Redeemed(Transaction transaction) -> Results.full(transaction);
      case FinishLogin.NotFound() -> throw MobileRefused.noTransaction();
      case FinishLogin.Pending() ->
          throw refusedRedeem(
              Status.BAD_REQUEST_400, "authorization_pending", "nobody has accepted yet");
      case FinishLogin.Denied() ->
          throw refusedRedeem(
              Status.BAD_REQUEST_400, "access_denied", "the login was not accepted");
      case FinishLogin.AlreadyRedeemed() ->
          throw refusedRedeem(Status.CONFLICT_409, "already_redeemed", "it was redeemed before");
      case FinishLogin.Expired() ->
          throw refusedRedeem(Status.GONE_410, "expired_token", "its time is over");
      case FinishLogin.OtherBrowser() ->
          throw refusedRedeem(
              Status.FORBIDDEN_403, "binding_mismatch", "another browser has started it");
    };
  }

  private static byte[] bytes(String secret) throws MobileRefused {
    try {
      return Base64Url.decode(secret);
    } catch (IllegalArgumentException e) {
      throw MobileRefused.parameter("session_secret");
    }
  }

  private static MobileRefused refusedRedeem(Status status, String error, String description) {
    return MobileRefused.portal(status, "3004", error, description);
  }

  private Answer cancel(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Form form = exchange.form(request);
    PortalClient client = portals.admit(request, form, Scope.MOBILE_AUTHENTICATION);
    String id = id(request);
    Transaction found =
        finish
            .cancel(client.id(), id, exchange.id(request))
            .orElseThrow(MobileRefused::noTransaction);
    waiters.changed(id);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", id);
    body.put("status", Results.status(found.state()));
    return Answer.ok(body);
  }
}

package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Mobile authentication through the running server (contract mobile 3.13). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobileLoginTest {

  private static final String USER = "M392380";
  private static final String ORIGIN = "https://shop.example.com";

  private Path folder;
  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));
  private DemoServer demo;
  private Portal portal;
  private Phone phone;
  private int made;

  @BeforeAll
  void start(@TempDir Path data) {
    folder = data;
    demo =
        DemoServer.in(
            folder,
            Map.of(
                "doors.mobile.enrollment.most-devices",
                "0",
                "doors.mobile.callbacks-inside",
                "true",
                "doors.mobile.app-origins",
                "https://app.example"),
            clock);
    setUp();
  }

  private void setUp() {
    var register = demo.server().platform().administration().mobile();
    MobileType usual = MobileType.standard("qr-code", Map.of("en", "Log in to Example Shop"));
    register.put("test", type(usual, MobileType.Confirm.TAP));
    register.put("test", type(named(usual, "choose"), MobileType.Confirm.CHOOSE));
    register.put("test", type(named(usual, "enter"), MobileType.Confirm.ENTER));
    register.put("test", MobileType.standard("callback", Map.of()));
    portal = portal("shop");
    demo.server().platform().refresh();
  }

  /** Far enough from the test before, so that no limit of a minute or an hour is about both. */
  @BeforeEach
  void enroll() {
    clock.move(Duration.ofHours(2));
    phone = loggedIn("device-" + made++);
    assertThat(phone.enroll().status()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    demo.close();
  }

  private Portal portal(String id) {
    String secret =
        demo.server()
            .platform()
            .administration()
            .mobile()
            .put(
                "test",
                new MobileRegister.Portal(
                    id,
                    "Example Shop",
                    id.equals("shop")
                        ? Set.of(PortalClient.Scope.values())
                        : Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                    List.of(ORIGIN),
                    List.of(),
                    false,
                    "https://shop.example.com/back?from=app",
                    true))
            .orElseThrow();
    return new Portal(demo, id, secret);
  }

  private static MobileType named(MobileType type, String name) {
    return MobileType.standard(name, type.defaultMessages());
  }

  private static MobileType type(MobileType from, MobileType.Confirm confirm) {
    return new MobileType(
        from.name(),
        from.expiresIn(),
        from.defaultMessages(),
        from.claimWithin(),
        from.decideWithin(),
        from.redeemWithin(),
        from.rotation(),
        new MobileType.Confirmation(confirm, 3, 2),
        false,
        false,
        false,
        from.onMismatch(),
        from.maxWrongCodes(),
        from.maxBadAnswers(),
        from.pollInterval());
  }

  private Phone loggedIn(String device) {
    var other = new Phone(demo, demo.url(), device);
    assertThat(
            other
                .tokens(
                    Map.of(
                        "grant_type",
                        "password",
                        "username",
                        USER,
                        "password",
                        demo.password(USER)))
                .status())
        .isEqualTo(200);
    return other;
  }

  private static String id(Reply started) {
    return started.text("transaction_id");
  }

  @Test
  @DisplayName("accept: the portal learns who it is, and the page was told each step")
  void accepted() {
    Reply start = portal.started("qr-code", "origin", ORIGIN, "message", "Log in?\nSpend: 10 €");
    assertThat(start.text("auth_method")).isEqualTo("otp");
    assertThat(start.json().get("time_to_live").longValue()).isEqualTo(300_000);
    assertThat(start.text("otp")).hasSize(120);
    assertThat(start.headers().get("cache-control")).containsExactly("no-store");

    Reply pending = portal.result(id(start));
    assertThat(pending.status()).isEqualTo(202);
    assertThat(pending.text("status")).isEqualTo("pending");
    assertThat(pending.json().get("version").longValue()).isZero();

    Reply question = phone.claim(start.text("otp"));
    assertThat(question.status()).as("%s", question.json()).isEqualTo(200);
    assertThat(question.text("message")).isEqualTo("Log in?\nSpend: 10 €");
    assertThat(question.text("origin")).isEqualTo(ORIGIN);
    assertThat(question.text("portal_name")).isEqualTo("Example Shop");
    verifyServer(question);
    assertThat(portal.result(id(start), "?wait=0&version=1").text("status")).isEqualTo("scanned");

    Reply answered = phone.answer(question, "accept");
    assertThat(answered.status()).as("%s", answered.json()).isEqualTo(200);
    assertThat(answered.text("status")).isEqualTo("accepted");

    for (int i = 0; i < 2; i++) {
      Reply result = portal.result(id(start), "?wait=0&version=0");
      assertThat(result.status()).isEqualTo(200);
      assertThat(result.json().get("is_authenticated").booleanValue()).isTrue();
      assertThat(result.text("user_id")).isEqualTo(USER);
      byte[] signed = Base64Url.decode(result.text("signed_data"));
      assertThat(new String(signed, StandardCharsets.US_ASCII))
          .startsWith("MAUTH-ANSWER-V1\nserver:" + demo.url() + "\n")
          .contains("decision:accept\n");
    }
    clock.move(Duration.ofMinutes(30));
    assertThat(portal.result(id(start)).text("user_id")).isEqualTo(USER);
  }

  private void verifyServer(Reply question) {
    Reply config = Phone.send(demo, HttpRequest.newBuilder().GET(), "/oauth/mobile-auth/v1/config");
    JsonNode jwk = config.json().get("jwks").get("keys").get(0);
    DeviceKey key =
        DeviceKey.of(jwk.get("x").stringValue(), jwk.get("y").stringValue()).orElseThrow();
    assertThat(jwk.get("kid").stringValue()).isEqualTo(question.text("server_key_id"));
    List<String> numbers = new ArrayList<>();
    question.json().path("numbers").forEach(each -> numbers.add(each.stringValue()));
    var signed =
        new SignedText.Challenge(
            demo.url(),
            question.text("transaction_id"),
            phone.device,
            phone.key().id(),
            phone.profile,
            Base64Url.encode(new byte[16]),
            question.text("challenge"),
            question.text("type"),
            question.json().has("origin") ? question.text("origin") : null,
            SignedText.hash(question.text("message")),
            question.text("confirm"),
            numbers,
            question.json().get("expires").longValue());
    assertThat(key.verifies(signed, Base64Url.decode(question.text("server_signature")))).isTrue();
  }

  @Test
  @DisplayName("deny: the portal learns that, and nobody's name")
  void denied() {
    Reply start = portal.started("qr-code");
    Reply question = phone.claim(start.text("otp"));
    assertThat(phone.answer(question, "deny", null, "not_me").text("status")).isEqualTo("denied");
    Reply result = portal.result(id(start));
    assertThat(result.json().get("is_authenticated").booleanValue()).isFalse();
    assertThat(result.json().path("not_authenticated_reason").path("reason").stringValue())
        .isEqualTo("not_accepted");
    assertThat(result.json().toString()).doesNotContain(USER);
    assertThat(phone.answer(question, "deny", null, "not_me").status()).isEqualTo(200);
    assertThat(phone.answer(question, "accept").refusal()).isEqualTo("409 already_decided");
  }

  @Test
  @DisplayName("a login that is bound to a browser is given to that browser only, and once")
  void bound() {
    byte[] secret = new byte[32];
    secret[0] = 1;
    Reply start = portal.started("qr-code", "session_binding", SignedText.hash(secret));
    assertThat(phone.answer(phone.claim(start.text("otp")), "accept").status()).isEqualTo(200);
    Reply result = portal.result(id(start));
    assertThat(result.text("status")).isEqualTo("approved");
    assertThat(result.json().has("user_id")).isFalse();
    assertThat(result.json().has("is_authenticated")).isFalse();

    var wrong = Map.of("session_secret", Base64Url.encode(new byte[32]));
    var right = Map.of("session_secret", Base64Url.encode(secret));
    assertThat(portal.post(id(start), "redeem", wrong).refusal()).isEqualTo("403 binding_mismatch");
    Reply redeemed = portal.post(id(start), "redeem", right);
    assertThat(redeemed.text("user_id")).isEqualTo(USER);
    assertThat(portal.post(id(start), "redeem", right).refusal()).isEqualTo("409 already_redeemed");
    assertThat(portal.result(id(start)).json().has("user_id")).isFalse();
  }

  @Test
  @DisplayName("three wrong browsers end it")
  void wrongBrowsers() {
    byte[] secret = new byte[32];
    secret[0] = 1;
    Reply start = portal.started("qr-code", "session_binding", SignedText.hash(secret));
    phone.answer(phone.claim(start.text("otp")), "accept");
    var wrong = Map.of("session_secret", Base64Url.encode(new byte[32]));
    for (int i = 0; i < 3; i++) {
      assertThat(portal.post(id(start), "redeem", wrong).refusal())
          .isEqualTo("403 binding_mismatch");
    }
    var right = Map.of("session_secret", Base64Url.encode(secret));
    assertThat(portal.post(id(start), "redeem", right).refusal()).isEqualTo("400 access_denied");
    assertThat(portal.result(id(start)).text("status")).isEqualTo("failed");
  }

  @Test
  @DisplayName("of many devices and many answers at once one wins, and the result stays")
  void races() throws Exception {
    Phone other = loggedIn("22222222");
    assertThat(other.enroll().status()).isEqualTo(201);
    for (int round = 0; round < 4; round++) {
      Reply start = portal.started("qr-code");
      String otp = start.text("otp");
      List<Reply> claims = together(() -> phone.claim(otp), () -> other.claim(otp));
      assertThat(claims.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 409);
      Reply question =
          claims.stream().filter(each -> each.status() == 200).findFirst().orElseThrow();
      Phone winner = claims.getFirst().status() == 200 ? phone : other;
      List<Reply> answers =
          together(() -> winner.answer(question, "accept"), () -> winner.answer(question, "deny"));
      assertThat(answers.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 409);
      String first = portal.result(id(start)).json().get("is_authenticated").toString();
      assertThat(portal.result(id(start)).json().get("is_authenticated").toString())
          .isEqualTo(first);
      clock.move(Duration.ofMinutes(1));
      phone.tokens(Map.of("grant_type", "refresh_token", "refresh_token", phone.refresh));
      other.tokens(Map.of("grant_type", "refresh_token", "refresh_token", other.refresh));
    }
  }

  private static List<Reply> together(Callable<Reply> one, Callable<Reply> two) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> each : threads.invokeAll(List.of(one, two))) {
        replies.add(each.get());
      }
      return replies;
    }
  }

  @Test
  @DisplayName("a claim repeated by the same device gets the same challenge, by another none")
  void repeated() {
    Reply start = portal.started("qr-code");
    Reply first = phone.claim(start.text("otp"));
    Reply again = phone.claim(start.text("otp"));
    assertThat(again.text("challenge")).isEqualTo(first.text("challenge"));
    Phone other = loggedIn("33333333");
    other.enroll();
    assertThat(other.claim(start.text("otp")).refusal()).isEqualTo("409 already_claimed");
    assertThat(phone.answer(first, "accept").status()).isEqualTo(200);
    assertThat(phone.answer(first, "accept").text("status")).isEqualTo("accepted");
  }

  @Test
  @DisplayName("expired, foreign and altered codes look alike to who has not the right one")
  void codes() {
    Reply start = portal.started("qr-code");
    var code = (ScannedCode.Fixed) ScannedCode.read(start.text("otp")).orElseThrow();
    byte[] altered = code.otp().clone();
    altered[3] ^= 1;
    String wrong = new ScannedCode.Fixed(code.transaction(), altered).text();
    String foreign = new ScannedCode.Fixed(UUID.randomUUID(), code.otp()).text();
    Reply one = phone.claim(wrong);
    Reply two = phone.claim(foreign);
    assertThat(one.refusal()).isEqualTo("404 not_found");
    assertThat(two.json()).isEqualTo(one.json());
    for (int i = 0; i < 4; i++) {
      assertThat(phone.claim(wrong).refusal()).isEqualTo("404 not_found");
    }
    assertThat(
            portal
                .result(id(start))
                .json()
                .path("not_authenticated_reason")
                .path("reason")
                .stringValue())
        .isEqualTo("too_many_attempts");
    assertThat(phone.claim(start.text("otp")).refusal()).isEqualTo("404 not_found");

    Reply late = portal.started("qr-code");
    clock.move(Duration.ofSeconds(285));
    assertThat(phone.claim(late.text("otp")).refusal()).isEqualTo("410 expired_token");
    assertThat(portal.result(id(late)).text("status")).isEqualTo("expired");
  }

  @Test
  @DisplayName(
      "frames of a rotating code are taken in their time only, whatever the portal's clock")
  void frames() {
    Reply start = portal.started("qr-code", "qr_mode", "rotating");
    byte[] key = Base64Url.decode(start.json().get("qr").get("key").stringValue());
    UUID transaction = UUID.fromString(id(start));
    clock.move(Duration.ofSeconds(20));
    assertThat(phone.claim(start.text("otp")).refusal()).isEqualTo("410 frame_expired");
    assertThat(phone.claim(ScannedCode.Frame.of(key, transaction, 22).text()).refusal())
        .isEqualTo("410 frame_expired");
    byte[] other = key.clone();
    other[0] ^= 1;
    assertThat(phone.claim(ScannedCode.Frame.of(other, transaction, 20).text()).refusal())
        .isEqualTo("404 not_found");
    assertThat(phone.claim(ScannedCode.Frame.of(key, transaction, 20).text()).status())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a code of a page that came by a link is refused, and a link's code by camera")
  void channels() {
    assertThat(phone.claim(portal.started("qr-code").text("otp"), "link").refusal())
        .isEqualTo("403 wrong_channel");
    assertThat(portal.start(Map.of("type", "qr-code", "channel", "link")).text("description"))
        .as("its result would be given to whoever sent the link")
        .contains("session_binding");
    byte[] secret = new byte[32];
    secret[0] = 1;
    Reply link =
        portal.started("qr-code", "channel", "link", "session_binding", SignedText.hash(secret));
    assertThat(phone.claim(link.text("otp")).refusal()).isEqualTo("403 wrong_channel");
    Reply answered = phone.answer(phone.claim(link.text("otp"), "link"), "accept");
    assertThat(answered.text("code")).hasSize(43);
    assertThat(portal.result(id(link)).json().has("user_id")).isFalse();
    Map<String, String> own = Map.of("session_secret", Base64Url.encode(secret));
    assertThat(portal.post(id(link), "redeem", own).refusal()).isEqualTo("403 binding_mismatch");
    Map<String, String> brought = new HashMap<>(own);
    brought.put("return_code", answered.text("code"));
    assertThat(portal.post(id(link), "redeem", brought).text("user_id")).isEqualTo(USER);
    assertThat(answered.text("return_uri"))
        .isEqualTo("https://shop.example.com/back?from=app&code=" + answered.text("code"));
  }

  @Test
  @DisplayName("signatures of another field, key, use or form are refused; the third ends it")
  void signatures() {
    Reply start = portal.started("qr-code", "origin", ORIGIN);
    Reply question = phone.claim(start.text("otp"));
    var right = phone.signed(question, "accept", null, null);
    List<SignedText> wrong =
        List.of(
            phone.signed(question, "deny", null, null),
            new SignedText.Answer(
                right.server(),
                right.transaction(),
                right.device(),
                right.key(),
                right.profile(),
                right.challenge(),
                right.type(),
                "https://other.example",
                right.message(),
                right.decision(),
                null,
                null,
                right.expires()));
    for (SignedText each : wrong) {
      assertThat(phone.answer(question, "accept", null, null, phone.sign(each)).refusal())
          .isEqualTo("400 invalid_answer");
    }
    assertThat(phone.answer(question, "accept", null, null, new byte[64]).refusal())
        .isEqualTo("400 invalid_answer");
    assertThat(
            portal
                .result(id(start))
                .json()
                .path("not_authenticated_reason")
                .path("reason")
                .stringValue())
        .isEqualTo("invalid_answer");
    assertThat(phone.answer(question, "accept").refusal()).isEqualTo("409 already_decided");
  }

  @Test
  @DisplayName("choose: a wrong number ends it; enter: the second does; the page learns the number")
  void numbers() {
    Reply start = portal.started("choose");
    assertThat(portal.result(id(start)).json().has("display_number")).isFalse();
    Reply question = phone.claim(start.text("otp"));
    String shown = portal.result(id(start), "?wait=1&version=0").text("display_number");
    assertThat(question.json().get("numbers").toString()).contains("\"" + shown + "\"");
    String wrong = shown.equals("10") ? "11" : "10";
    assertThat(phone.answer(question, "accept", wrong, null).refusal())
        .isEqualTo("403 wrong_number");
    assertThat(
            portal
                .result(id(start))
                .json()
                .path("not_authenticated_reason")
                .path("reason")
                .stringValue())
        .isEqualTo("wrong_number");

    Reply entered = portal.started("enter");
    question = phone.claim(entered.text("otp"));
    assertThat(question.json().has("numbers")).isFalse();
    shown = portal.result(id(entered), "?wait=1&version=0").text("display_number");
    assertThat(question.json().toString()).doesNotContain("\"" + shown + "\"");
    wrong = shown.equals("10") ? "11" : "10";
    Reply again = phone.answer(question, "accept", wrong, null);
    assertThat(again.refusal()).isEqualTo("403 try_again");
    assertThat(again.json().get("attempts_left").intValue()).isEqualTo(1);
    assertThat(phone.answer(question, "accept", shown, null).status()).isEqualTo(200);
  }

  @Test
  @DisplayName("a device whose key was taken away between scan and answer accepts nothing")
  void revoked() {
    Reply start = portal.started("qr-code");
    Reply question = phone.claim(start.text("otp"));
    Phone.send(
        demo,
        HttpRequest.newBuilder().header("Authorization", "Bearer " + phone.token).DELETE(),
        "/oauth/mobile-auth/v1/enrollments/current?key_id=" + phone.key().id());
    assertThat(phone.answer(question, "accept").refusal()).isEqualTo("403 revoked");
    assertThat(portal.result(id(start), "?wait=0&version=0").text("status")).isEqualTo("scanned");
  }

  @Test
  @DisplayName("what a portal may not send is refused by its code, and strangers are")
  void parameters() {
    assertThat(portal.start(Map.of("type", "qr-code", "user_id", "jane")).text("error_code"))
        .isEqualTo("1003");
    assertThat(portal.start(Map.of()).text("error_code")).isEqualTo("1003");
    assertThat(portal.start(Map.of("type", "none")).text("error_code")).isEqualTo("3005");
    assertThat(
            portal.start(Map.of("type", "qr-code", "message", "x".repeat(156))).text("error_code"))
        .isEqualTo("1005");
    assertThat(portal.start(Map.of("type", "qr-code", "message", "a\u202Eb")).text("error_code"))
        .isEqualTo("1003");
    assertThat(portal.start(Map.of("type", "callback", "message", "x")).text("error_code"))
        .isEqualTo("1003");
    assertThat(
            portal
                .start(
                    Map.of(
                        "type", "callback", "message", "x", "callback_uri", "https://evil.example"))
                .text("error_code"))
        .isEqualTo("1003");
    assertThat(
            portal
                .start(Map.of("type", "qr-code", "origin", "https://evil.example"))
                .text("error_code"))
        .isEqualTo("1003");
    assertThat(portal.start(Map.of("type", "callback")).text("error_code")).isEqualTo("1006");
    Reply stranger = new Portal(demo, "shop", "wrong").start(Map.of("type", "qr-code"));
    assertThat(stranger.refusal()).isEqualTo("401 invalid_client");
    assertThat(stranger.headers().get("www-authenticate").getFirst()).startsWith("Basic");
  }

  @Test
  @DisplayName("another portal's transaction is unknown, and who polls too fast is slowed down")
  void polling() {
    Reply start = portal.started("qr-code");
    Portal other = portal("other");
    demo.server().platform().refresh();
    assertThat(other.result(id(start)).text("error_code")).isEqualTo("3004");
    assertThat(portal.result(id(start)).status()).isEqualTo(202);
    Reply fast = portal.result(id(start));
    assertThat(fast.refusal()).isEqualTo("429 slow_down");
    assertThat(fast.json().get("interval").longValue()).isEqualTo(7);
    clock.move(Duration.ofSeconds(8));
    assertThat(portal.result(id(start)).status()).isEqualTo(202);
  }

  @Test
  @DisplayName("a long poll ends when the phone has scanned, not before")
  void longPoll() throws Exception {
    Reply start = portal.started("qr-code");
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Reply> waiting = threads.submit(() -> portal.result(id(start), "?wait=30&version=0"));
      Thread.sleep(300);
      assertThat(waiting.isDone()).isFalse();
      phone.claim(start.text("otp"));
      assertThat(waiting.get().text("status")).isEqualTo("scanned");
    }
  }

  @Test
  @DisplayName("cancelled by the page: the phone's answer comes to nothing")
  void cancelled() {
    Reply start = portal.started("qr-code");
    Reply question = phone.claim(start.text("otp"));
    assertThat(portal.post(id(start), "cancel", Map.of()).text("status")).isEqualTo("cancelled");
    assertThat(phone.answer(question, "accept").refusal()).isEqualTo("410 cancelled");
  }

  @Test
  @DisplayName(
      "log-ins to the app: codes, refresh tokens that rotate, tokens of the kernel services")
  void appLogIns() {
    var other = new Phone(demo, demo.url(), "44444444");
    assertThat(
            other
                .tokens(Map.of("grant_type", "password", "username", USER, "password", "wrong"))
                .refusal())
        .isEqualTo("400 invalid_grant");
    assertThat(other.tokens(Map.of("grant_type", "magic")).refusal())
        .isEqualTo("400 unsupported_grant_type");
    assertThat(other.tokens(Map.of("client_id", "unknown", "grant_type", "password")).refusal())
        .isEqualTo("401 invalid_client");
    try (var kernel = new KernelClient(demo)) {
      kernel.sendOtp("admin", "USERID", USER, "email");
      String code = kernel.code("m392380@demo.example");
      var grant = "urn:watchword:grant-type:code";
      assertThat(
              other
                  .tokens(
                      Map.of(
                          "grant_type", grant, "username", USER, "code", KernelClient.wrong(code)))
                  .refusal())
          .isEqualTo("400 invalid_grant");
      assertThat(other.tokens(Map.of("grant_type", grant, "username", USER, "code", code)).status())
          .isEqualTo(200);
      assertThat(other.profile).isEqualTo(phone.profile);

      kernel.sendOtp("admin", "USERID", USER, "email");
      String token =
          kernel.userOtp(USER, kernel.code("m392380@demo.example"), "admin").cookie().orElseThrow();
      var exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
      String kept = other.token;
      other.token = token;
      assertThat(other.offer().refusal()).isEqualTo("401 invalid_token");
      other.token = kept;
      clock.move(Duration.ofMinutes(6));
      assertThat(other.tokens(Map.of("grant_type", exchange, "subject_token", token)).status())
          .isEqualTo(200);
      assertThat(other.offer().refusal())
          .as("an old log-in does not become a fresh one")
          .isEqualTo("401 login_required");
      assertThat(
              kernel
                  .send(
                      KernelClient.call("GET", "/v1/authmanager/authorize/admin/validateToken")
                          .token(other.token))
                  .status())
          .isEqualTo(401);
    }
    String first = other.refresh;
    assertThat(other.tokens(Map.of("grant_type", "refresh_token", "refresh_token", first)).status())
        .isEqualTo(200);
    assertThat(other.offer().refusal()).as("the token is good").isEqualTo("401 login_required");
    String stolen = other.token;
    assertThat(
            other.tokens(Map.of("grant_type", "refresh_token", "refresh_token", first)).refusal())
        .isEqualTo("400 invalid_grant");
    other.token = stolen;
    assertThat(other.offer().refusal()).as("reuse ends the session").isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("a portal is called back when a login has ended, with a signature and nothing more")
  void callback() throws Exception {
    try (SmsGateway backEnd = SmsGateway.start()) {
      String uri = backEnd.at("/told").toString();
      String secret =
          demo.server()
              .platform()
              .administration()
              .mobile()
              .put(
                  "test",
                  new MobileRegister.Portal(
                      "caller",
                      "Example Shop",
                      Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                      List.of(),
                      List.of(new PortalClient.Callback(uri, "user", "word", "signing")),
                      false,
                      null,
                      true))
              .orElseThrow();
      demo.server().platform().refresh();
      var caller = new Portal(demo, "caller", secret);
      Reply start =
          caller.start(Map.of("type", "callback", "message", "Log in", "callback_uri", uri));
      assertThat(start.status()).as("%s", start.json()).isEqualTo(200);
      Reply question = phone.claim(start.text("otp"));
      assertThat(backEnd.requests()).isEmpty();
      backEnd.behave(SmsGateway.Answer.json(500, "{}"));
      phone.answer(question, "accept");
      until(() -> backEnd.requests().size() == 1);
      backEnd.behave(SmsGateway.Answer.json(204, ""));
      until(() -> backEnd.requests().size() == 2);
      SmsGateway.Request told = backEnd.requests().getLast();
      assertThat(told.body())
          .isEqualTo(
              "{\"callback_uri\":\"%s\",\"transaction_id\":\"%s\"}".formatted(uri, id(start)));
      assertThat(told.headers()).containsEntry("Authorization", "Basic dXNlcjp3b3Jk");
      String signature = told.headers().get("Mauth-Signature");
      String time = signature.substring(2, signature.indexOf(','));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("signing".getBytes(UTF_8), "HmacSHA256"));
      assertThat(signature)
          .endsWith(
              "v1="
                  + HexFormat.of()
                      .formatHex(mac.doFinal((time + "." + told.body()).getBytes(UTF_8))));
      Thread.sleep(1_500);
      assertThat(backEnd.requests()).as("told once it was taken").hasSize(2);
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  @DisplayName("scripts of an app's origin may call and read, those of others may not")
  void otherOrigins() {
    for (String path : List.of("/oauth/token", "/oauth/mobile-auth/v1/otp/claims")) {
      Reply known =
          Phone.send(
              demo,
              HttpRequest.newBuilder()
                  .header("Origin", "https://app.example")
                  .method("OPTIONS", HttpRequest.BodyPublishers.noBody()),
              path);
      assertThat(known.status()).isEqualTo(204);
      assertThat(known.headers().get("access-control-allow-origin"))
          .containsExactly("https://app.example");
      assertThat(known.headers().get("access-control-allow-headers").getFirst())
          .contains("Authorization");
      Reply other =
          Phone.send(
              demo,
              HttpRequest.newBuilder().header("Origin", "https://evil.example").GET(),
              "/oauth/mobile-auth/v1/config");
      assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
    }
  }

  @Test
  @DisplayName("a portal lists, disables and deletes devices if it may, and asks who can answer")
  void devices() {
    Reply list = portal.call("GET", "users/M392380/devices");
    assertThat(list.json().get("devices").toString()).contains("\"" + phone.device + "\"");
    assertThat(portal.call("GET", "users/nobody/devices").status()).isEqualTo(404);
    assertThat(portal.call("GET", "authenticate/user/M392380/enabled").json().toString())
        .contains("{\"type\":\"qr-code\"");
    assertThat(portal.call("GET", "authenticate/user/nobody/enabled").json().toString())
        .isEqualTo("{\"enabled\":[]}");
    Portal other = portal("other");
    demo.server().platform().refresh();
    assertThat(other.call("GET", "users/M392380/devices").refusal())
        .isEqualTo("403 insufficient_scope");
    String path = "users/M392380/devices/" + phone.device;
    assertThat(portal.call("POST", path + "/disableMobileAuthentication").status()).isEqualTo(204);
    assertThat(portal.call("POST", path + "/disableMobileAuthentication").status()).isEqualTo(204);
    assertThat(portal.call("DELETE", path).status()).isEqualTo(404);
    assertThat(phone.claim(portal.started("qr-code").text("otp")).refusal())
        .isEqualTo("403 revoked");
    assertThat(phone.enroll().status()).isEqualTo(201);
    assertThat(portal.call("DELETE", "users/M392380/devices").status()).isEqualTo(204);
    assertThat(portal.call("GET", "users/M392380/devices").status()).isEqualTo(404);
  }

  @Test
  @DisplayName("a repeated confirmation, another key, an old log-in")
  void enrolling() {
    Phone again = loggedIn("70000001");
    Reply offer = again.offer();
    assertThat(again.confirm(offer).status()).isEqualTo(201);
    assertThat(again.confirm(offer).status()).isEqualTo(201);
    Phone same = loggedIn("70000001");
    assertThat(same.confirm(offer).refusal()).isEqualTo("409 already_decided");
    clock.move(Duration.ofMinutes(6));
    again.tokens(Map.of("grant_type", "refresh_token", "refresh_token", again.refresh));
    assertThat(again.offer().refusal()).isEqualTo("401 login_required");
  }
}

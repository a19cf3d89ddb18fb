package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import io.watchword.server.Administration;
import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.accounts.AccountLine;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.server.upkeep.Upkeep;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What somebody could try at the mobile door with things that are nearly right. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobileMisuseTest {

  private static final String USER = "M392380";
  private static final String PASSWORD = "correct horse battery";

  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));
  private Path folder;
  private DemoServer demo;
  private Portal portal;
  private int made;

  @BeforeAll
  void start(@TempDir Path data) {
    folder = data;
    demo = DemoServer.in(folder, Map.of("doors.mobile.enrollment.most-devices", "0"), clock);
    var register = demo.server().platform().administration().mobile();
    MobileType usual = MobileType.standard("near", Map.of("en", "Log in"));
    register.put("test", far(usual, "near", MobileType.OnMismatch.REJECT));
    register.put("test", far(usual, "number", MobileType.OnMismatch.REQUIRE_NUMBER));
    String secret =
        register
            .put(
                "test",
                new MobileRegister.Portal(
                    "shop",
                    "Example Shop",
                    Set.of(PortalClient.Scope.values()),
                    List.of(),
                    List.of(),
                    false,
                    null,
                    true))
            .orElseThrow();
    demo.server().platform().refresh();
    portal = new Portal(demo, "shop", secret);
  }

  private static MobileType far(MobileType from, String name, MobileType.OnMismatch onMismatch) {
    return new MobileType(
        name,
        from.expiresIn(),
        from.defaultMessages(),
        from.claimWithin(),
        from.decideWithin(),
        from.redeemWithin(),
        from.rotation(),
        from.confirmation(),
        false,
        false,
        false,
        onMismatch,
        from.maxWrongCodes(),
        from.maxBadAnswers(),
        from.pollInterval());
  }

  @BeforeEach
  void later() {
    clock.move(Duration.ofHours(2));
  }

  @AfterAll
  void stop() {
    demo.close();
  }

  private Phone loggedIn() {
    var phone = new Phone(demo, demo.url(), "misuse-" + made++);
    Map<String, String> fields =
        Map.of("grant_type", "password", "username", USER, "password", demo.password(USER));
    assertThat(phone.tokens(fields).status()).isEqualTo(200);
    return phone;
  }

  private Phone enrolled() {
    Phone phone = loggedIn();
    assertThat(phone.enroll().status()).isEqualTo(201);
    return phone;
  }

  private List<String> outcomes() {
    return demo.server().platform().store().scan(AuditRow.TABLE, "", 10_000).stream()
        .map(Store.Entry::row)
        .filter(row -> row.body() != null && row.body().door().equals("mobile"))
        .map(row -> row.body().outcome())
        .toList();
  }

  private static Map<String, String> renewing(String token) {
    return Map.of("grant_type", "refresh_token", "refresh_token", token);
  }

  @Test
  @DisplayName("an app that slept renews, and reuse ends the session after any time")
  void refreshTokens() {
    Phone phone = loggedIn();
    String first = phone.refresh;
    clock.move(Duration.ofHours(11));
    assertThat(phone.tokens(renewing(first)).status()).as("after it slept").isEqualTo(200);
    Phone thief = loggedIn();
    String second = phone.refresh;
    clock.move(Duration.ofMinutes(9));
    assertThat(thief.tokens(renewing(second)).status()).as("stolen").isEqualTo(200);
    clock.move(Duration.ofMinutes(11));
    assertThat(phone.tokens(renewing(second)).refusal()).isEqualTo("400 invalid_grant");
    assertThat(thief.tokens(renewing(thief.refresh)).refusal())
        .as("the thief is out, too")
        .isEqualTo("400 invalid_grant");
    clock.move(Duration.ofDays(31));
    Phone old = loggedIn();
    clock.move(Duration.ofDays(30));
    assertThat(old.tokens(renewing(old.refresh)).refusal()).isEqualTo("400 invalid_grant");
  }

  @Test
  @DisplayName("a disabled account enrolls nothing, also with a token from before")
  void disabledAccount() {
    Phone before = loggedIn();
    Reply offer = before.offer();
    assertThat(offer.status()).isEqualTo(201);
    var accounts = demo.server().platform().administration().accounts();
    assertThat(accounts.disable("test", USER)).isTrue();
    try {
      assertThat(before.confirm(offer).status()).isIn(401, 403);
    } finally {
      assertThat(accounts.enable("test", USER)).isTrue();
    }
    demo.server().platform().refresh();
    assertThat(before.offer().refusal())
        .as("sessions that were ended stay so")
        .isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("an offer is void once the account's devices were taken away")
  void offersOfBefore() {
    Phone attacker = loggedIn();
    Reply offer = attacker.offer();
    clock.move(Duration.ofSeconds(5));
    enrolled();
    assertThat(portal.call("DELETE", "users/M392380/devices").status()).isEqualTo(204);
    assertThat(attacker.confirm(offer).refusal()).isEqualTo("404 not_found");
  }

  @Test
  @DisplayName("a distance that is not known counts as far where far is not taken")
  void distances() {
    assertThat(portal.start(Map.of("type", "near")).text("description")).contains("ip_address");
    assertThat(portal.start(Map.of("type", "near", "ip_address", "home")).text("description"))
        .contains("ip_address");
    Phone phone = enrolled();
    Reply otherFamily = portal.started("near", "ip_address", "2001:db8::7");
    assertThat(phone.claim(otherFamily.text("otp")).refusal()).isEqualTo("403 proximity_rejected");
    Reply same = portal.started("near", "ip_address", "127.0.0.1");
    assertThat(phone.claim(same.text("otp")).status()).isEqualTo(200);
    Reply untold = portal.started("number");
    assertThat(phone.claim(untold.text("otp")).text("confirm")).isEqualTo("enter");
    Reply near = portal.started("number", "ip_address", "127.0.0.1");
    assertThat(phone.claim(near.text("otp")).text("confirm")).isEqualTo("tap");
  }

  @Test
  @DisplayName("a phone that is taken away between answer and result logs nobody in")
  void takenAwayInBetween() {
    Phone phone = enrolled();
    Reply start = portal.started("number", "ip_address", "127.0.0.1");
    assertThat(phone.answer(phone.claim(start.text("otp")), "accept").status()).isEqualTo(200);
    assertThat(portal.call("DELETE", "users/M392380/devices/" + phone.device).status())
        .isEqualTo(204);
    Reply result = portal.result(start.text("transaction_id"));
    assertThat(result.text("status")).isEqualTo("failed");
    assertThat(result.json().has("user_id")).isFalse();
  }

  @Test
  @DisplayName("a person who is deactivated between answer and result is not logged in")
  void deactivatedInBetween() throws Exception {
    Administration administration = demo.server().platform().administration();
    String uin = demo.people("plain").getFirst().get("uin").stringValue();
    administration
        .accounts()
        .put("test", new AccountLine("AB12", null, null, List.of(), null, null, uin, PASSWORD));
    demo.server().platform().refresh();
    var phone = new Phone(demo, demo.url(), "of-a-person");
    var login = Map.of("grant_type", "password", "username", "AB12", "password", PASSWORD);
    assertThat(phone.tokens(login).status()).isEqualTo(200);
    assertThat(phone.enroll().status()).isEqualTo(201);
    Reply free = portal.started("number", "ip_address", "127.0.0.1");
    byte[] secret = new byte[32];
    Reply bound =
        portal.started(
            "number", "ip_address", "127.0.0.1", "session_binding", SignedText.hash(secret));
    for (Reply each : List.of(free, bound)) {
      assertThat(phone.answer(phone.claim(each.text("otp")), "accept").status()).isEqualTo(200);
    }
    assertThat(administration.standings().deactivate("test", uin)).isTrue();
    try {
      assertThat(portal.result(free.text("transaction_id")).text("status")).isEqualTo("failed");
      var browser = Map.of("session_secret", Base64Url.encode(secret));
      assertThat(portal.post(bound.text("transaction_id"), "redeem", browser).refusal())
          .isEqualTo("400 access_denied");
      assertThat(portal.result(bound.text("transaction_id")).text("status")).isEqualTo("failed");
    } finally {
      assertThat(administration.standings().activate("test", uin)).isTrue();
      demo.server().platform().refresh();
    }
  }

  @Test
  @DisplayName(
      "only tokens of the applications that are named may be exchanged, and it is recorded")
  void exchange() throws Exception {
    try (KernelClient kernel = new KernelClient(demo)) {
      String grant = "urn:ietf:params:oauth:grant-type:token-exchange";
      Phone phone = new Phone(demo, demo.url(), "exchange");
      kernel.sendOtp("regproc", "USERID", USER, "email");
      String other =
          kernel
              .userOtp(USER, kernel.code("m392380@demo.example"), "regproc")
              .cookie()
              .orElseThrow();
      assertThat(phone.tokens(Map.of("grant_type", grant, "subject_token", other)).refusal())
          .isEqualTo("400 invalid_grant");
      clock.move(Duration.ofMinutes(2));
      kernel.sendOtp("admin", "USERID", USER, "email");
      String token =
          kernel.userOtp(USER, kernel.code("m392380@demo.example"), "admin").cookie().orElseThrow();
      assertThat(phone.tokens(Map.of("grant_type", grant, "subject_token", token)).status())
          .isEqualTo(200);
      assertThat(outcomes()).contains("Exchanged");
      assertThat(
              kernel
                  .send(
                      KernelClient.call("POST", "/v1/authmanager/authorize/invalidateToken")
                          .token(token))
                  .status())
          .isEqualTo(200);
      assertThat(phone.offer().refusal())
          .as("whoever logs out there is out here")
          .isEqualTo("401 invalid_token");
    }
  }

  @Test
  @DisplayName("offers and answers have a limit")
  void limits() {
    Phone phone = enrolled();
    for (int i = 0; i < 9; i++) {
      assertThat(phone.offer().status()).isEqualTo(201);
    }
    assertThat(phone.offer().refusal()).isEqualTo("429 rate_limited");
    Reply question = phone.claim(portal.started("number", "ip_address", "127.0.0.1").text("otp"));
    assertThat(phone.answer(question, "deny").status()).isEqualTo(200);
    for (int i = 0; i < 19; i++) {
      assertThat(phone.answer(question, "accept").refusal()).isEqualTo("409 already_decided");
    }
    int before = outcomes().size();
    assertThat(phone.answer(question, "accept").refusal()).isEqualTo("429 rate_limited");
    assertThat(outcomes()).as("and no record each").hasSize(before);
  }

  @Test
  @DisplayName("nobody waits for results of long ago, and their rows are swept")
  void forgotten() {
    Phone phone = enrolled();
    phone.offer();
    Reply start = portal.started("number", "ip_address", "127.0.0.1");
    assertThat(phone.answer(phone.claim(start.text("otp")), "accept").status()).isEqualTo(200);
    assertThat(portal.result(start.text("transaction_id")).text("user_id")).isEqualTo(USER);
    clock.move(Duration.ofHours(2));
    assertThat(portal.result(start.text("transaction_id")).status())
        .as("forgotten before it is swept")
        .isEqualTo(404);
    Store store = demo.server().platform().store();
    for (Table<?> table : List.of(Transaction.table(), Enrollment.Offer.table())) {
      assertThat(Upkeep.SWEPT).contains(table);
      store.sweep(table, clock.instant(), 500);
      assertThat(store.scan(table, "", 500)).isEmpty();
    }
  }
}

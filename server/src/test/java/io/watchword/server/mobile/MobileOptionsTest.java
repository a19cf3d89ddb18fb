package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.testkit.sms.SmsGateway;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What portals and operators may ask for besides (contract mobile 1.2, 1.6 and 3.1). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MobileOptionsTest {

  private DemoServer demo;
  private SmsGateway backEnd;
  private Portal portal;
  private String uri = "";
  private String password = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    demo =
        DemoServer.in(
            folder,
            Map.of(
                "doors.mobile.callbacks-inside",
                "true",
                "doors.mobile.min-app-version",
                "3.1",
                "doors.mobile.enrollment.most-devices",
                "0"),
            Clock.systemUTC());
    backEnd = SmsGateway.start();
    backEnd.behave(SmsGateway.Answer.json(204, ""));
    uri = backEnd.at("/told").toString();
    var register = demo.server().platform().administration().mobile();
    register.put(
        "test",
        MobileType.standard(
            "told", Map.of("en", "Log in", "fr", "Connexion", "fr-CA", "Ouvrir une session")));
    String secret =
        register
            .put(
                "test",
                new MobileRegister.Portal(
                    "told-portal",
                    "Example Shop",
                    Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                    List.of(),
                    List.of(new PortalClient.Callback(uri, null, null, null)),
                    false,
                    null,
                    true))
            .orElseThrow();
    demo.server().platform().refresh();
    portal = new Portal(demo, "told-portal", secret);
    password = demo.password("M392380");
  }

  @AfterAll
  void stop() {
    demo.close();
    backEnd.close();
  }

  private Phone loggedIn(String device) {
    var phone = new Phone(demo, demo.url(), device);
    phone.tokens(Map.of("grant_type", "password", "username", "M392380", "password", password));
    return phone;
  }

  private static Reply enroll(DemoServer demo, Phone phone, @Nullable String version) {
    Map<String, Object> device =
        new LinkedHashMap<>(Map.of("id", phone.device, "name", "A phone", "platform", "android"));
    if (version != null) {
      device.put("app_version", version);
    }
    HttpRequest.Builder request =
        phone.json(Map.of("profile_id", phone.profile, "app_id", Phone.APP, "device", device));
    Reply offer = Phone.send(demo, request, "/oauth/mobile-auth/v1/enrollments");
    return offer.status() == 201 ? phone.confirm(offer) : offer;
  }

  private Reply started(String... more) {
    Map<String, String> fields = new HashMap<>(Map.of("type", "told", "callback_uri", uri));
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i], more[i + 1]);
    }
    return portal.start(fields);
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static String told(Reply started, String more) {
    return "\"transaction_id\":\"" + started.text("transaction_id") + "\"" + more + "}";
  }

  @Test
  @DisplayName(
      "an app that is too old, or does not tell, enrolls no device; /config tells which may")
  void oldApps() {
    Phone phone = loggedIn("old");
    for (String version : new String[] {null, "", "3", "3.0.9", "3.0.99-beta", "new", "2.10"}) {
      assertThat(enroll(demo, phone, version).refusal())
          .as("%s", version)
          .isEqualTo("426 app_outdated");
    }
    for (String version : List.of("3.1", "3.1.0", "3.10", "4", "3.1.0-beta+7")) {
      assertThat(enroll(demo, loggedIn("new-" + version), version).status())
          .as(version)
          .isEqualTo(201);
    }
    assertThat(
            Phone.send(demo, HttpRequest.newBuilder().GET(), "/oauth/mobile-auth/v1/config")
                .text("min_app_version"))
        .isEqualTo("3.1");
  }

  @Test
  @DisplayName("a default message in the language, else without its region, else in English")
  void languages() {
    Phone phone = loggedIn("languages");
    assertThat(enroll(demo, phone, "4").status()).isEqualTo(201);
    Map<String, String> expected =
        Map.of(
            "fr-CA", "Ouvrir une session",
            "fr-BE", "Connexion",
            "fr", "Connexion",
            "frr", "Log in",
            "nl-BE", "Log in",
            "", "Log in");
    expected.forEach((language, message) -> {
      Reply started = language.isEmpty() ? started() : started("language_code", language);
      assertThat(phone.claim(started.text("otp")).text("message")).as(language).isEqualTo(message);
    });
    assertThat(started("language_code", "FR").text("error_code")).isEqualTo("1003");
  }

  @Test
  @DisplayName("notify=scanned: told of the scan and of the end, once each; else of the end only")
  void scanned() throws Exception {
    assertThat(started("notify", "all").text("error_code")).isEqualTo("1003");
    assertThat(
            portal
                .start(Map.of("type", "qr-code", "notify", "scanned", "message", "Log in"))
                .text("error_code"))
        .isEqualTo("1003");
    Phone phone = loggedIn("scanned");
    assertThat(enroll(demo, phone, "4").status()).isEqualTo(201);
    Reply plain = started();
    Reply wanted = started("notify", "scanned");
    int before = backEnd.requests().size();
    Reply plainQuestion = phone.claim(plain.text("otp"));
    Reply question = phone.claim(wanted.text("otp"));
    until(() -> backEnd.requests().size() == before + 1);
    assertThat(phone.claim(wanted.text("otp")).status()).as("scanned again").isEqualTo(200);
    assertThat(backEnd.requests().getLast().body())
        .endsWith(told(wanted, ",\"event\":\"scanned\""));
    assertThat(phone.answer(question, "accept").status()).isEqualTo(200);
    until(() -> backEnd.requests().size() == before + 2);
    assertThat(backEnd.requests().getLast().body()).endsWith(told(wanted, ""));
    assertThat(phone.answer(plainQuestion, "deny").status()).isEqualTo(200);
    until(() -> backEnd.requests().size() == before + 3);
    assertThat(backEnd.requests().getLast().body()).endsWith(told(plain, ""));
    Thread.sleep(1_200);
    assertThat(backEnd.requests()).as("once each").hasSize(before + 3);
  }
}

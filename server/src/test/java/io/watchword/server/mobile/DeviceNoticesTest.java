package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.delivery.Errands;
import io.watchword.core.unit.Store;
import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.testkit.time.HandClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Notices of devices that get a key (contract mobile 2.2), through the whole server. */
class DeviceNoticesTest {

  private static final String USER = "M392380";
  private static final String MAIL = "m392380@demo.example";
  private static final String NUMBER = "9000000200";

  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));
  @TempDir private Path folder;
  private DemoServer demo;

  @AfterEach
  void stop() {
    demo.close();
  }

  private void start(String... settings) {
    var all = new HashMap<String, String>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put("doors.mobile.enrollment." + settings[i], settings[i + 1]);
    }
    demo = DemoServer.in(folder, all, clock);
  }

  private Phone loggedIn(String device) {
    JsonNode account =
        demo.people("account").stream()
            .filter(user -> user.get("userId").stringValue().equals(USER))
            .findFirst()
            .orElseThrow();
    var phone = new Phone(demo, demo.url(), device);
    String password = account.get("password").stringValue();
    assertThat(
            phone
                .tokens(Map.of("grant_type", "password", "username", USER, "password", password))
                .status())
        .isEqualTo(200);
    return phone;
  }

  private static Reply offer(DemoServer demo, Phone phone, String name) {
    Map<String, Object> device = Map.of("id", phone.device, "name", name, "platform", "android");
    return Phone.send(
        demo,
        phone.json(Map.of("profile_id", phone.profile, "app_id", Phone.APP, "device", device)),
        "/oauth/mobile-auth/v1/enrollments");
  }

  /** The letters to an address, oldest first, once no errand is left to do. */
  private List<JsonNode> letters(String address) throws InterruptedException {
    Store store = demo.server().platform().store();
    for (int i = 0; i < 200 && !Errands.waiting(store, 10).isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(Errands.waiting(store, 10)).isEmpty();
    List<JsonNode> letters = new ArrayList<>();
    demo.letters(address).forEach(letters::add);
    return letters.reversed();
  }

  private List<String> enrolments() {
    return demo.server().platform().store().scan(AuditRow.TABLE, "", 10_000).stream()
        .map(Store.Entry::row)
        .filter(row -> row.body() != null && row.body().outcome().startsWith("key_enrollment"))
        .map(row -> row.body().outcome())
        .toList();
  }

  @Test
  @DisplayName("a confirmation that is refused tells nobody")
  void refused() throws Exception {
    start("mode", "single");
    Phone first = loggedIn("first");
    Reply offer = first.offer();
    Phone forger = loggedIn("first");
    Reply forged = forger.offer();
    var elsewhere = new Phone(demo, "https://elsewhere.example", "first");
    elsewhere.token = first.token;
    elsewhere.profile = first.profile;
    assertThat(elsewhere.confirm(offer).refusal()).isEqualTo("400 invalid_enrollment");
    assertThat(letters(MAIL)).isEmpty();
    assertThat(first.confirm(offer).status()).isEqualTo(201);
    assertThat(letters(MAIL)).hasSize(1);
    assertThat(forger.confirm(forged).refusal()).isEqualTo("409 already_enrolled");
    assertThat(forger.confirm(offer).refusal()).isEqualTo("409 already_decided");
    assertThat(loggedIn("second").enroll().refusal()).isEqualTo("409 device_limit");
    assertThat(letters(MAIL)).hasSize(1);
    assertThat(letters(NUMBER)).hasSize(1);
  }

  @Test
  @DisplayName("with the setting off, a device gets its key and nobody a letter")
  void off() throws Exception {
    start("notices", "false");
    assertThat(loggedIn("quiet").enroll().status()).isEqualTo(201);
    assertThat(letters(MAIL)).isEmpty();
    assertThat(letters(NUMBER)).isEmpty();
    assertThat(enrolments()).containsExactly("key_enrollment_success");
  }

  @Test
  @DisplayName("\"The user gets a notice\": to each address of the account, once for each key")
  void told() throws Exception {
    start();
    Phone phone = loggedIn("told");
    Reply offer = phone.offer();
    assertThat(phone.confirm(offer).status()).isEqualTo(201);
    assertThat(phone.confirm(offer).status()).as("again, as after a lost answer").isEqualTo(201);
    List<JsonNode> mails = letters(MAIL);
    assertThat(mails).hasSize(1);
    assertThat(mails.getFirst().get("subject").stringValue())
        .isEqualTo("A device can now confirm your logins");
    assertThat(mails.getFirst().get("text").stringValue())
        .startsWith("Margaret Okafor\n\nOn 27-11-2026 at 10:00:00 a device was given a key")
        .contains("\nDevice: A phone\nApp: demo-app\n")
        .doesNotContain("127.0.0.1");
    assertThat(letters(NUMBER)).hasSize(1);
    assertThat(letters(NUMBER).getFirst().get("text").stringValue())
        .contains("app demo-app, 27-11-2026 10:00:00")
        .endsWith("\nDevice: A phone");
    assertThat(enrolments()).containsOnly("key_enrollment_success");
  }

  @Test
  @DisplayName("another key for a known device is told, too, and has its own name in the audit")
  void replaced() throws Exception {
    start();
    assertThat(loggedIn("same").enroll().status()).isEqualTo(201);
    Phone other = loggedIn("same");
    assertThat(other.enroll().status()).isEqualTo(201);
    assertThat(letters(MAIL)).hasSize(2);
    assertThat(other.enroll().status()).as("the same key in another offer").isEqualTo(201);
    assertThat(enrolments())
        .containsExactly(
            "key_enrollment_success", "key_enrollment_success_replaced", "key_enrollment_success");
  }

  @Test
  @DisplayName("the name of a device cannot bend the letter")
  void bentName() throws Exception {
    start();
    Phone phone = loggedIn("bent");
    assertThat(offer(demo, phone, "two\nlines").refusal()).isEqualTo("422 malformed");
    assertThat(offer(demo, phone, "x".repeat(101)).refusal()).isEqualTo("422 malformed");
    String longest = "\u202Eall is well\u2067 https://evil.example/ $app " + "w".repeat(57);
    assertThat(longest).hasSizeBetween(95, 100);
    assertThat(phone.confirm(offer(demo, phone, longest)).status()).isEqualTo(201);
    List<JsonNode> mails = letters(MAIL);
    assertThat(mails).hasSize(1);
    assertThat(mails.getFirst().get("text").stringValue())
        .contains("\nDevice: all is well https evil example app wwwww\nApp: demo-app\n")
        .endsWith("so that we take the key away.");
    assertThat(letters(NUMBER).getFirst().get("text").stringValue())
        .endsWith("\nDevice: all is well https evil example app wwwww");
  }
}

package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditVerification;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import io.watchword.testkit.postgres.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole server on PostgreSQL. */
class SharedDatabaseTest {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

  @TempDir Path data;

  private static Map<String, String> settings(String url) {
    return Map.of(
        "store.postgres.url", url,
        "store.postgres.user", LocalPostgres.USER,
        "store.postgres.password", LocalPostgres.PASSWORD);
  }

  @Test
  void settingsThatAreNotWholeStopTheStartAndShowNoPassword() throws Exception {
    assertThat(problems(Map.of("store.postgres.user", "watchword")))
        .singleElement()
        .asString()
        .startsWith("store.postgres.url: \"\" is no address");
    assertThat(problems(Map.of("store.postgres.url", "jdbc:postgresql://db/watchword")))
        .singleElement()
        .asString()
        .startsWith("store.postgres.user: \"\" is no user's name");
    assertThat(
            problems(
                Map.of(
                    "store.postgres.url", "db.example:5432", "store.postgres.user", "watchword")))
        .singleElement()
        .asString()
        .contains("is no address such as jdbc:postgresql://db.example:5432/watchword");
    assertThat(
            problems(
                Map.of(
                    "store.postgres.url",
                    "jdbc:postgresql://db/watchword?user=a&PassWord=s3cret",
                    "store.postgres.user",
                    "watchword")))
        .singleElement()
        .asString()
        .contains("store.postgres.password is for it")
        .doesNotContain("s3cret");
    Settings whole =
        new SettingsReader()
            .set(
                "store.postgres.url", "jdbc:postgresql://db.example:5432/watchword?sslmode=require")
            .set("store.postgres.user", "watchword")
            .set("store.postgres.password", "s3cret")
            .read()
            .settings();
    assertThat(whole.store().postgres()).isPresent();
    assertThat(whole.toString()).doesNotContain("s3cret");
  }

  private static List<String> problems(Map<String, String> changes) {
    var reader = new SettingsReader();
    changes.forEach(reader::set);
    try {
      reader.read();
      return List.of();
    } catch (SettingsException e) {
      return e.problems();
    }
  }

  @Test
  void aDatabaseThatIsNotThereStopsTheStartWithASentence() {
    var nobody = settings("jdbc:postgresql://127.0.0.1:1/watchword");
    assertThatThrownBy(() -> DemoServer.in(data, nobody, Clock.systemUTC()))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/watchword");
  }

  @Test
  void aCodeIsAskedForAndGivenBackAndEverythingIsThereAfterARestart() throws Exception {
    LocalPostgres postgres = LocalPostgres.shared();
    String url = postgres.newDatabase();
    try {
      String uin;
      String code;
      try (DemoServer demo = DemoServer.in(data, settings(url), Clock.systemUTC());
          RelyingParty party = RelyingParty.of(demo)) {
        JsonNode person = demo.people("plain").getFirst();
        uin = person.get("uin").stringValue();
        String address = person.get("email").stringValue();
        code = code(demo, party, uin, address, "shared0001");
        assertThat(party.send(party.auth("auth", uin, "shared0001").code(wrong(code))).codes())
            .containsExactly("IDA-OTA-004");
        RelyingParty.Reply kyc = party.send(party.auth("kyc", uin, "shared0001").code(code));
        assertThat(kyc.codes()).isEmpty();
        assertThat(party.identity(kyc).has("name_eng")).isTrue();
        assertThat(party.send(party.auth("auth", uin, "shared0001").code(code)).codes())
            .containsExactly("IDA-OTA-012");
        code = code(demo, party, uin, address, "shared0002");
        assertThat(data.resolve("watchword.db")).doesNotExist();
      }
      // The demo's address is another one now; its partner's files tell it.
      try (DemoServer demo = DemoServer.in(data, settings(url), Clock.systemUTC());
          RelyingParty party = RelyingParty.of(demo)) {
        assertThat(party.send(party.auth("auth", uin, "shared0002").code(code)).codes()).isEmpty();
        AuditVerification.Report report =
            demo.server().platform().verification().verify(List.of(), _ -> {});
        assertThat(report.faults()).isEmpty();
        assertThat(report.chains()).isGreaterThanOrEqualTo(3);
      }
    } finally {
      postgres.drop(url);
    }
  }

  @Test
  void twoServersShareADatabaseButNotAFolder() throws Exception {
    LocalPostgres postgres = LocalPostgres.shared();
    String url = postgres.newDatabase();
    Path one = Files.createDirectory(data.resolve("one"));
    Path two = Files.createDirectory(data.resolve("two"));
    try (DemoServer first = DemoServer.in(one, settings(url), Clock.systemUTC())) {
      assertThatThrownBy(() -> DemoServer.in(one, settings(url), Clock.systemUTC()))
          .hasMessageContaining("is in use by another Watchword");
      Files.copy(one.resolve("master.key"), two.resolve("master.key"));
      try (DemoServer second = DemoServer.in(two, settings(url), Clock.systemUTC());
          RelyingParty here = RelyingParty.of(first)) {
        JsonNode person = first.people("plain").getFirst();
        String uin = person.get("uin").stringValue();
        String code = code(first, here, uin, person.get("email").stringValue(), "twonodes01");
        RelyingParty.Draft given = here.auth("auth", uin, "twonodes01").code(code);
        given.outer().remove("domainUri"); // each node has its own address
        assertThat(here.send(second.url() + "/idauthentication/v1", here.finish(given)).codes())
            .isEmpty();
        assertThat(here.send(here.auth("auth", uin, "twonodes01").code(code)).codes())
            .containsExactly("IDA-OTA-012");
      }
    } finally {
      postgres.drop(url);
    }
  }

  private static String code(
      DemoServer demo, RelyingParty party, String uin, String address, String transaction) {
    assertThat(party.send(party.otp(uin, transaction, "email")).codes()).isEmpty();
    Matcher code = CODE.matcher(demo.letters(address).get(0).get("text").stringValue());
    assertThat(code.find()).isTrue();
    return code.group();
  }

  private static String wrong(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }
}

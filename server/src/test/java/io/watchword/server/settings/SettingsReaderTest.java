package io.watchword.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.server.settings.values.Network;
import io.watchword.server.settings.values.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

  @TempDir Path folder;

  @Test
  void anUnknownKeyStopsTheStartAndTheRightOneIsSuggested() {
    assertThat(problems(new SettingsReader().set("server.prot", "8081")))
        .containsExactly(
            "server.prot: there is no such setting; did you mean server.port? (--set)");
  }

  @Test
  void aKeyInTheWrongGroupIsFoundByItsLastWord() {
    assertThat(problems(new SettingsReader().set("codes.tries", "3")))
        .containsExactly(
            "codes.tries: there is no such setting; did you mean doors.ida.codes.tries? (--set)");
  }

  @Test
  void allProblemsAreToldAtOnceWithWhereTheyAre() throws Exception {
    Path file =
        write(
            """
            server:
              port: 70000
              limits:
                idle: 30
            codes:
              digits: six
            languages:
              mandatory: [english]
            doors:
              ida:
                auth-token: yes please
                auth-tokn: true
            """);
    var reader =
        new SettingsReader()
            .file(file)
            .environment(Map.of("WATCHWORD_SERVER_HOTS", "0.0.0.0", "HOME", "/nowhere"))
            .set("budgets.sends-per-hour", "-1");
    assertThat(problems(reader))
        .containsExactlyInAnyOrder(
            "server.port: \"70000\" is more than 65535 (in my.yaml)",
            "server.limits.idle: \"30\" is not a duration such as 500ms, 30s, 5m, 24h or 7d"
                + " (in my.yaml)",
            "codes.digits: \"six\" is not a whole number (in my.yaml)",
            "languages.mandatory[0]: \"english\" is not an ISO 639-3 code such as eng (in my.yaml)",
            "doors.ida.auth-token: \"yes please\" is neither true nor false (in my.yaml)",
            "doors.ida.auth-tokn: there is no such setting; did you mean doors.ida.auth-token?"
                + " (in my.yaml)",
            "WATCHWORD_SERVER_HOTS: no setting has this variable; did you mean"
                + " WATCHWORD_SERVER_HOST? (in the environment)",
            "budgets.sends-per-hour: \"-1\" is less than 1 (--set)");
  }

  @Test
  void aTimeZoneIsCheckedWhenTheServerStarts() throws Exception {
    assertThat(problems(new SettingsReader().set("letters.time-zone", "Mars/Olympus")))
        .containsExactly(
            "letters.time-zone: \"Mars/Olympus\" is not a time zone such as UTC, Africa/Casablanca"
                + " or +05:30 (--set)");
    assertThat(
            new SettingsReader()
                .set("letters.time-zone", "Asia/Kolkata")
                .read()
                .settings()
                .letters()
                .timeZone())
        .isEqualTo(ZoneId.of("Asia/Kolkata"));
  }

  @Test
  void aFileThatIsNotYamlIsAProblemAndItsTextIsNotShown() throws Exception {
    Path file = write("keys:\n  master-key: \"s3cret\n");
    assertThat(problems(new SettingsReader().file(file)))
        .singleElement()
        .asString()
        .contains("is not valid YAML in line")
        .doesNotContain("s3cret");
  }

  @Test
  void aKeyThatStandsTwiceInAFileIsRefused() throws Exception {
    Path file = write("server:\n  port: 1\nserver:\n  host: localhost\n");
    assertThat(problems(new SettingsReader().file(file)))
        .singleElement()
        .asString()
        .contains("is not valid YAML");
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    Path file = folder.resolve("none.yaml");
    assertThat(problems(new SettingsReader().file(file)))
        .containsExactly(file + ": cannot be read");
  }

  @Test
  void aSecretIsReadFromAFileAndNeverShown() throws Exception {
    Path secret = Files.writeString(folder.resolve("salt"), "pepper\n");
    SettingsReader.Result result =
        new SettingsReader()
            .set("keys.uin-salt-file", secret.toString())
            .set("keys.partner-salt", "garlic")
            .read();
    assertThat(result.settings().keys().uinSalt()).extracting(Secret::reveal).isEqualTo("pepper");
    assertThat(result.settings().toString() + result.effective())
        .contains(Secret.HIDDEN)
        .doesNotContain("pepper")
        .doesNotContain("garlic");
  }

  @Test
  void aSecretGivenTwiceIsRefused() throws Exception {
    Path secret = Files.writeString(folder.resolve("salt"), "pepper");
    assertThat(
            problems(
                new SettingsReader()
                    .set("keys.uin-salt-file", secret.toString())
                    .set("keys.uin-salt", "garlic")))
        .containsExactly("keys.uin-salt: is given twice, as a value and as a file");
  }

  @Test
  void anEmptyOrMissingSecretFileIsRefused() throws Exception {
    Path empty = Files.writeString(folder.resolve("empty"), "\n");
    assertThat(problems(new SettingsReader().set("keys.uin-salt-file", empty.toString())))
        .containsExactly("keys.uin-salt-file: the file " + empty + " is empty");
    assertThat(problems(new SettingsReader().set("keys.uin-salt-file", "/no/such")))
        .containsExactly("keys.uin-salt-file: the file /no/such cannot be read (--set)");
  }

  @Test
  void whatIsNearerToTheOperatorWins() throws Exception {
    Path file = write("server:\n  port: 1001\n  host: 127.0.0.2\ncodes:\n  lifetime: 60s\n");
    Settings settings =
        new SettingsReader()
            .profile("demo")
            .file(file)
            .environment(Map.of("WATCHWORD_SERVER_HOST", "127.0.0.3"))
            .set("server.port", "1003")
            .read()
            .settings();
    assertThat(settings.server().port()).isEqualTo(1003);
    assertThat(settings.server().host()).isEqualTo("127.0.0.3");
    assertThat(settings.codes().lifetime()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.budgets().sendsPerPersonHour()).isEqualTo(10_000);
  }

  @Test
  void aListReplacesTheListBeforeItWhateverTheirLengths() throws Exception {
    Path file =
        write(
            """
            languages: {mandatory: [fra], optional: []}
            letters: {languages: [fra]}
            """);
    Settings settings =
        new SettingsReader()
            .file(file)
            .environment(Map.of("WATCHWORD_DOORS_IDA_ENVIRONMENTS", "Staging, Production"))
            .read()
            .settings();
    assertThat(settings.languages().all()).containsExactly("fra");
    assertThat(settings.doors().ida().environments()).containsExactly("Staging", "Production");
  }

  @Test
  void aMapGainsEntriesAndKeepsTheOthers() throws Exception {
    Path file = write("attributes:\n  mapping:\n    nickname: [alias]\n    dob: []\n");
    var mapping = new SettingsReader().file(file).read().settings().attributes().mapping();
    assertThat(mapping).containsEntry("nickname", List.of("alias")).containsEntry("dob", List.of());
    assertThat(mapping).containsEntry("name", List.of("fullName"));
  }

  @Test
  void languagesThatContradictEachOtherAreRefused() {
    assertThat(problems(new SettingsReader().set("letters.languages", "deu")))
        .containsExactly("letters.languages: deu is not one of the languages");
    assertThat(problems(new SettingsReader().set("languages.optional", "eng")))
        .containsExactly("languages: eng is both mandatory and optional");
  }

  @Test
  void providersAreReadWithTheirDefaultsAndTheirSecretsStayHidden() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "hunter2\n");
    Path file =
        write(
            """
            couriers:
              mail:
                - name: office
                  host: mail.example
                  from: id@example.org
                  login: {user: id, password-file: %s}
              sms:
                - name: gateway
                  url: https://sms.example/send
                  headers: {Authorization: Bearer sesame}
                  body: '{"to":"$to","text":"$text"}'
              smpp:
                - name: smsc
                  host: smpp.example
                  from: IDOFFICE
                  login: {user: id, password-file: %s}
                  tlvs: {"0x1400": "110012345"}
                  validity: 10m
              order: [smsc]
              phones: {country: IN, countries: [IN, NP], format: e164}
            """
                .formatted(password, password));
    SettingsReader.Result result = new SettingsReader().file(file).read();
    var mail = result.settings().couriers().mail().getFirst();
    assertThat(mail.port()).isEqualTo(587);
    assertThat(mail.security()).hasToString("STARTTLS");
    assertThat(mail.login().orElseThrow().password()).isEqualTo("hunter2");
    var sms = result.settings().couriers().sms().getFirst();
    assertThat(sms.answer().statuses()).containsExactlyInAnyOrder(200, 201, 202);
    assertThat(sms.headers()).containsEntry("Authorization", "Bearer sesame");
    var smpp = result.settings().couriers().smpp().getFirst();
    assertThat(smpp.port()).isEqualTo(2775);
    assertThat(smpp.security()).hasToString("TLS");
    assertThat(smpp.bind()).hasToString("TRANSCEIVER");
    assertThat(smpp.login().password()).isEqualTo("hunter2");
    assertThat(smpp.tlvs()).containsExactly(Map.entry("0x1400", "110012345"));
    assertThat(smpp.validity()).contains(Duration.ofMinutes(10));
    assertThat(result.settings().couriers().order()).containsExactly("smsc");
    assertThat(result.settings().couriers().phones().countries())
        .containsExactlyInAnyOrder("IN", "NP");
    assertThat(result.settings().couriers().resendUnsure()).isTrue();
    assertThat(result.effective().toString()).doesNotContain("hunter2").doesNotContain("sesame");
  }

  @Test
  void aProviderThatLacksWhatItNeedsIsRefusedByName() throws Exception {
    Path file = write("couriers:\n  mail:\n    - {name: office, from: id@example.org, prot: 25}\n");
    assertThat(problems(new SettingsReader().file(file)))
        .containsExactlyInAnyOrder(
            "couriers.mail[0].host: has no value",
            "couriers.mail[0].prot: there is no such setting; did you mean couriers.mail[0].port?"
                + " (in my.yaml)");
  }

  @Test
  void singleValuesCanMakeUpAnItemOfAList() throws Exception {
    var reader =
        new SettingsReader()
            .file(write("couriers:\n  mail:\n    - {name: old, host: old.example, from: a@b}\n"))
            .set("couriers.mail[0].name", "office")
            .set("couriers.mail[0].host", "mail.example")
            .set("couriers.mail[0].from", "id@mail.example");
    var mail = reader.read().settings().couriers().mail();
    assertThat(mail).hasSize(1);
    assertThat(mail.getFirst().name()).isEqualTo("office");
    assertThat(mail.getFirst().host()).isEqualTo("mail.example");
  }

  @Test
  void aNetworkIsALiteralAddressAndNoNameIsAsked() {
    assertThatThrownBy(() -> Network.parse("proxy.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Network.parse("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(folder.resolve("my.yaml"), yaml);
  }

  private static List<String> problems(SettingsReader reader) {
    return catchThrowableOfType(SettingsException.class, reader::read).problems();
  }
}

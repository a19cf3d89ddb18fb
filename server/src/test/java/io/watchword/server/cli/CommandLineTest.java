package io.watchword.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.Platform;
import io.watchword.server.admin.AdminListener;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CommandLineTest {

  private static final String POLICY =
      """
      {"authTokenType": "policy",
       "allowedKycAttributes": [{"attributeName": "fullName"}],
       "allowedAuthTypes": [{"authType": "otp-request", "mandatory": false},
                            {"authType": "otp", "mandatory": false}]}
      """;

  @TempDir Path folder;
  private Path data = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeMasterKey() {
    data = folder.resolve("data");
    MasterKey.fromFileOrNew(data.resolve("master.key"), new SecureRandom());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private int onData(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(data.toString());
    return run(all.toArray(String[]::new));
  }

  private Settings settings() {
    try {
      return new SettingsReader().set("store.folder", data.toString()).read().settings();
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
  }

  private Platform open() {
    Settings settings = settings();
    return new Platform(settings, Masters.of(settings), Clock.systemUTC());
  }

  private interface Step {
    void take() throws Exception;
  }

  /** The same commands without a server, and through one. */
  private void bothWays(Step step) throws Exception {
    step.take();
    data = folder.resolve("other");
    makeMasterKeyIn(data);
    try (var platform = open();
        var _ = new AdminListener(data, new AdminCommands(platform), new SecureRandom())) {
      step.take();
    }
  }

  private static void makeMasterKeyIn(Path data) {
    MasterKey.fromFileOrNew(data.resolve("master.key"), new SecureRandom());
  }

  @Test
  void aWrongWordIsWrongUsage() {
    assertThat(run("srve")).isEqualTo(2);
    assertThat(err.toString()).contains("srve");
    assertThat(run("partner", "onboard", "bank")).isEqualTo(2);
    assertThat(err.toString()).contains("--name");
  }

  @Test
  void everyCommandHelps() {
    for (String command :
        List.of(
            "demo",
            "serve",
            "individual",
            "individual import",
            "individual show",
            "partner",
            "partner onboard",
            "partner list",
            "partner suspend",
            "partner resume",
            "partner licence",
            "policy",
            "policy put",
            "policy show",
            "keys",
            "keys list",
            "audit",
            "audit verify")) {
      assertThat(run((command + " --help").split(" "))).as(command).isZero();
      assertThat(out.toString()).contains("Usage: watchword " + command);
    }
  }

  @Test
  void aFolderThatIsNotThereIsSaidSo() {
    data = folder.resolve("none");
    assertThat(onData("keys", "list")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no data folder");
    assertThat(data).doesNotExist();
  }

  @Test
  void aFolderInOtherHandsIsRefusedInOneSentence() {
    try (var _ = open()) { // without a listener
      assertThat(onData("keys", "list")).isEqualTo(1);
      assertThat(err.toString().lines()).singleElement().asString().contains("is in use");
    }
  }

  @Test
  void aBadSettingStopsACommandToo() {
    assertThat(run("keys", "list", "--data", data.toString(), "--config", "/no/such")).isEqualTo(1);
    assertThat(err.toString()).contains("1 problem in the settings");
  }

  @Test
  void policiesAndPartnersArePutOnFileAndShown() throws Exception {
    Path policy = Files.writeString(folder.resolve("policy.json"), POLICY);
    Path wrong = Files.writeString(folder.resolve("wrong.json"), "{\"x\": 1}");
    bothWays(() -> {
      assertThat(onData("policy", "put", "basic", wrong.toString())).isEqualTo(1);
      assertThat(err.toString()).startsWith("watchword: ");
      assertThat(onData("policy", "show", "basic")).isEqualTo(1);
      assertThat(onData("policy", "put", "basic", policy.toString())).isZero();
      assertThat(onData("policy", "show")).isZero();
      assertThat(out.toString()).contains("basic  active");
      assertThat(onData("policy", "show", "basic")).isZero();
      assertThat(out.toString()).contains("\"otp-request\"");
      Path files = data.resolve("files");
      assertThat(
              onData(
                  "partner",
                  "onboard",
                  "bank",
                  "--name",
                  "A Bank",
                  "--policy",
                  "basic",
                  "--generate",
                  "A Bank",
                  "--out",
                  files.toString()))
          .isZero();
      assertThat(out.toString()).containsPattern("API key, shown this once: [0-9a-f]{48}");
      assertThat(files.resolve("bank.pem")).content().startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(files.resolve("ida_partner.pem")).exists();
      assertThat(files.resolve("bank.key")).content().startsWith("-----BEGIN PRIVATE KEY-----");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(files.resolve("bank.key"))))
          .isEqualTo("rw-------");
      assertThat(onData("partner", "licence", "misp")).isZero();
      assertThat(onData("partner", "suspend", "bank")).isZero();
      assertThat(onData("partner", "list")).isZero();
      assertThat(out.toString()).containsPattern("bank +inactive").containsPattern("misp +active");
      assertThat(onData("partner", "suspend", "nobody")).isEqualTo(1);
      assertThat(err.toString()).contains("there is no partner 'nobody'");
    });
  }

  @Test
  void peopleAreImportedAndShownAndWrongLinesAreTold() throws Exception {
    Path people =
        Files.writeString(
            folder.resolve("people.jsonl"),
            """
            {"uin": "2047631038", "attributes": {"fullName": {"eng": "A B"}, "phone": "123456789"}}
            not a person
            """);
    bothWays(() -> {
      assertThat(onData("individual", "import", people.toString())).isEqualTo(1);
      assertThat(err.toString()).contains("line 2: ");
      assertThat(out.toString()).contains("1 people added, 0 replaced, 1 lines refused");
      assertThat(onData("individual", "show", "3974189657")).isEqualTo(1);
      assertThat(onData("individual", "show", "2047631038")).isZero();
      assertThat(out.toString()).contains("A B").doesNotContain("123456789");
      assertThat(onData("individual", "show", "2047631038", "--full")).isZero();
      assertThat(out.toString()).contains("123456789");
      assertThat(onData("individual", "import", "/no/such")).isEqualTo(1);
      assertThat(err.toString()).contains("cannot be read");
    });
  }

  @Test
  void theAuditIsVerifiedAndKeysAreListedWithoutSecrets() throws Exception {
    bothWays(() -> {
      assertThat(onData("audit", "verify")).isZero();
      assertThat(out.toString()).contains("every chain is whole");
      assertThat(onData("keys", "list")).isZero();
      assertThat(out.toString()).contains("ida-partner").contains("lookup");
    });
  }

  @Test
  void aChainThatWasCutOffIsFound() throws Exception {
    try (var platform = open()) {
      platform.heads().write(platform.store());
    }
    Files.writeString(
        data.resolve("audit-heads.log"), "start-made-up 999 " + "A".repeat(43) + "\n");
    assertThat(onData("audit", "verify")).isEqualTo(1);
    assertThat(err.toString()).contains("start-made-up");
    assertThat(out.toString()).contains("1 faults");
  }

  @Test
  void aMasterKeyIsMadeOnlyWhereNothingIsWrappedByAnother() throws Exception {
    Path fresh = Files.createDirectory(folder.resolve("fresh"));
    assertThat(run("keys", "list", "--data", fresh.toString())).isZero();
    Path key = fresh.resolve(Masters.FILE);
    assertThat(Files.getPosixFilePermissions(key)).hasSize(2);
    Files.delete(key);
    assertThat(run("keys", "list", "--data", fresh.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no master key file");
    assertThat(key).doesNotExist();
  }

  @Test
  void whatIsRightForADemoOnlyIsNotServed() throws Exception {
    Files.writeString(data.resolve("credentials.json"), "{}");
    assertThat(
            run(
                "serve",
                "--data",
                data.toString(),
                "--set",
                "server.host=0.0.0.0",
                "--set",
                "couriers.outbox=true"))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("server.trusted-proxies")
        .contains("holds the keys and people of a demo")
        .contains("couriers.outbox");
  }

  @Test
  void aNameOnFileCannotSteerTheTerminal() {
    var text = new StringWriter();
    new Terminal(new PrintWriter(text), new PrintWriter(text), folder).out("a\u001b[2Jb\rc");
    assertThat(text.toString()).startsWith("a?[2Jb?c");
  }

  @Test
  void settingsAreCheckedShownAndExplainedWithoutAServer() throws Exception {
    Path mine = Files.writeString(folder.resolve("my.yaml"), "codes:\n  lifetime: 5m\n");
    assertThat(run("settings", "check", "--config", mine.toString())).isZero();
    assertThat(out.toString()).startsWith("the settings are fit: ");

    Files.writeString(mine, "codes:\n  lifetme: 5m\n  digits: 99\nkeys:\n  master-key: c2VjcmV0\n");
    assertThat(run("settings", "check", "--config", mine.toString())).isEqualTo(1);
    assertThat(err.toString())
        .contains("codes.lifetme", "did you mean codes.lifetime?", "codes.digits")
        .doesNotContain("c2VjcmV0");

    Files.writeString(
        mine, "codes:\n  lifetime: 5m\nkeys:\n  master-key: " + "11".repeat(32) + "\n");
    assertThat(run("settings", "show", "--changed", "--config", mine.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .anyMatch(line -> line.equals("codes.lifetime: 5m"))
        .anyMatch(line -> line.startsWith("keys.master-key: "));
    assertThat(out.toString()).doesNotContain("1111");

    assertThat(run("settings", "explain", "codes.lifetime", "--config", mine.toString())).isZero();
    assertThat(out.toString()).contains("codes.lifetime: 5m  (as it comes: 180s)");
    assertThat(run("settings", "explain", "budgets")).isZero();
    assertThat(out.toString()).contains("budgets.wrong-per-person: 30", "Codes to one person");
    assertThat(run("settings", "explain", "codes.lifetme")).isEqualTo(1);
    assertThat(err.toString()).contains("did you mean codes.lifetime?");
  }

  @Test
  void whatStandsAgainstAPersonIsSaidAndTakenBack() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("people.jsonl"),
            """
            {"uin": "2047631038", "vids": [{"vid": "4370296312658178", "type": "perpetual"}]}
            """);
    assertThat(onData("individual", "import", file.toString())).isZero();
    assertThat(onData("individual", "lock", "2047631038", "otp")).isZero();
    assertThat(onData("individual", "deactivate", "4370296312658178")).isZero();
    assertThat(onData("individual", "show", "2047631038")).isZero();
    assertThat(out.toString()).contains("locked: otp", "state: deactivated since");
    assertThat(onData("individual", "unlock", "2047631038", "otp")).isZero();
    assertThat(onData("individual", "activate", "2047631038")).isZero();
    assertThat(onData("individual", "show", "2047631038")).isZero();
    assertThat(out.toString()).contains("state: active").doesNotContain("locked");
    assertThat(onData("individual", "lock", "2047631038", "toe")).isEqualTo(2);
    assertThat(err.toString()).contains("toe is no factor", "bio-Finger");
    assertThat(onData("individual", "lock", "3974189657", "otp")).isEqualTo(1);

    assertThat(onData("individual", "revoke-vid", "4370296312658178")).isZero();
    assertThat(onData("individual", "show", "4370296312658178")).isZero();
    assertThat(out.toString()).contains("revoked");
    assertThat(onData("individual", "revoke-vid", "2047631038")).isEqualTo(1);
    assertThat(onData("individual", "generate-uins", "3", "--digits", "10")).isZero();
    assertThat(out.toString().lines())
        .hasSize(3)
        .doesNotHaveDuplicates()
        .allMatch(uin -> uin.matches("[2-9][0-9]{9}"));
  }

  @Test
  void theNextVersionOfAKeyIsMadeAndTheRootsIsNot() {
    assertThat(onData("keys", "rotate", "ida-sign")).isZero();
    assertThat(out.toString()).contains("ida-sign has version 2, current from ");
    assertThat(onData("keys", "rotate", "token", "--in", "PT24H")).isZero();
    String from =
        out.toString().strip().replaceFirst("(?s).*token has version 2, current from ", "");
    assertThat(Instant.parse(from)).isAfter(Instant.now().plus(Duration.ofHours(23)));
    assertThat(onData("keys", "rotate", "data", "--in", "PT24H")).isEqualTo(2);
    assertThat(onData("keys", "rotate", "code")).isZero();
    assertThat(onData("keys", "list")).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("ida-sign"))).hasSize(2);
    assertThat(onData("keys", "rotate", "root-ca")).isEqualTo(1);
    assertThat(err.toString()).contains("the root does not rotate");
    assertThat(onData("keys", "rotate", "pseudonym")).isEqualTo(1);
    assertThat(onData("keys", "rotate", "nothing")).isEqualTo(2);
  }
}

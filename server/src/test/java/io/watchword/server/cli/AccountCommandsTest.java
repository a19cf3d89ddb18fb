package io.watchword.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.keys.MasterKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code account} and {@code application} on a folder without a server. */
class AccountCommandsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void makeMasterKey() {
    MasterKey.fromFileOrNew(folder.resolve("data/master.key"), new SecureRandom());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data");
    all.add(folder.resolve("data").toString());
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String lines(String... lines) throws IOException {
    return Files.writeString(folder.resolve("lines.jsonl"), String.join("\n", lines)).toString();
  }

  @Test
  void wrongLinesAreToldWithoutTheirContentAndTheOthersTaken() throws Exception {
    String file =
        lines(
            "{\"loginName\": \"no blanks here\"}",
            "{\"loginName\": \"M1\", \"secret-member\": \"hidden-value\"}",
            "{\"loginName\": \"M1\", \"email\": \"hidden-value\"}",
            "{\"loginName\": \"M1\", \"password\": \"short\"}",
            "{\"loginName\": \"M1\", \"uin\": \"2047631038\"}",
            "{\"loginName\": \"M1\", \"roles\": [\"a role\"]}",
            "nonsense",
            "{\"loginName\": \"M1\", \"roles\": [\"AUTH\"], \"password\": \"long enough\"}");
    assertThat(run("account", "import", file)).isEqualTo(1);
    assertThat(out.toString()).contains("1 accounts added, 0 replaced, 7 lines refused");
    assertThat(err.toString())
        .contains("line 1: loginName", "line 3: email", "line 5: nobody has this uin")
        .doesNotContain("hidden-value");
    assertThat(run("account", "import", file)).isEqualTo(1);
    assertThat(out.toString()).contains("0 accounts added, 1 replaced");
  }

  @Test
  void anAccountIsListedDisabledAndServedAgain() throws Exception {
    assertThat(run("account", "disable", "M1")).isEqualTo(1);
    assertThat(err.toString()).contains("nobody has this login name");
    run("account", "import", lines("{\"loginName\": \"M1\", \"roles\": [\"AUTH\"]}"));
    assertThat(run("account", "disable", "M1")).isZero();
    run("account", "list");
    assertThat(out.toString()).containsPattern("M1 +disabled +AUTH");
    assertThat(run("account", "disable", "M1", "--undo")).isZero();
    run("account", "list");
    assertThat(out.toString()).containsPattern("M1 +active +AUTH");
  }

  @Test
  void aNewClientsSecretIsShownOnceAndNeverAgain() throws Exception {
    String file =
        lines(
            "{\"id\": \"desk\", \"users\": [\"NOWHERE\"]}",
            "{\"id\": \"desk\", \"codes\": {\"digits\": 3}}",
            "{\"id\": \"desk\", \"clients\": [{\"id\": \"C1\", \"secret\": \"short\"}]}",
            "{\"id\": \"desk\", \"users\": [\"ACCOUNTS\"], \"channels\": [\"EMAIL\"],"
                + " \"codes\": {\"digits\": 8, \"tries\": 5},"
                + " \"clients\": [{\"id\": \"C1\", \"roles\": [\"AUTH\"]}]}");
    assertThat(run("application", "import", file)).isEqualTo(1);
    assertThat(out.toString())
        .containsPattern("secret of client C1, shown this once: [A-Za-z0-9_-]{32}")
        .contains("1 applications imported, 3 lines refused");
    assertThat(err.toString())
        .contains("line 1: ", "line 2: codes: a code has 4 to 10 digits", "line 3: clients/secret");
    run("application", "import", file);
    assertThat(out.toString()).doesNotContain("shown this once");
    assertThat(
            run(
                "application",
                "import",
                lines("{\"id\": \"other\", \"clients\": [{\"id\": \"C1\"}]}")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("client C1 belongs to another application");
    assertThat(run("application", "disable", "desk")).isZero();
    run("application", "list");
    assertThat(out.toString()).containsPattern("desk +disabled +accounts +email \\(one\\)");
    assertThat(run("application", "disable", "nowhere")).isEqualTo(1);
  }
}

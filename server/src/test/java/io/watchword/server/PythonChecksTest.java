package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A relying party in another language, sending exactly the bytes of the published client. */
class PythonChecksTest {

  private static final String PYTHON = "/usr/bin/python3";

  @TempDir static Path data;
  private static DemoServer demo;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && run(List.of(PYTHON, "-c", "import cryptography, requests"), 60).status() == 0,
        "left out: needs Debian's python3, python3-cryptography and python3-requests");
    demo = DemoServer.in(data);
  }

  @AfterAll
  static void stop() {
    if (demo != null) {
      demo.close();
    }
  }

  @Test
  void thePublishedClientsStepsWork() throws Exception {
    Finished checks = contract(demo, "check_ida.py");
    assertThat(checks.status()).as(checks.output()).isZero();
  }

  @Test
  void theContractsHoldEverySentenceThatAConversationQuotes() throws Exception {
    Finished quotes = contract(demo, "converse.py", "--quotes");
    assertThat(quotes.status()).as(quotes.output()).isZero();
  }

  @Test
  void everyGoldenConversationIsHeldWordForWord() throws Exception {
    Finished conversations = contract(demo, "converse.py");
    assertThat(conversations.status()).as(conversations.output()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed", "kernel"})
  void theKernelServicesHoldTheirConversationsInBothDialects(String dialect, @TempDir Path folder)
      throws Exception {
    Map<String, String> quick =
        Map.of(
            "doors.kernel.dialect", dialect,
            "codes.lifetime", "30s",
            "doors.kernel.codes.freeze", "6s",
            "doors.kernel.codes.flood-requests", "40",
            "doors.kernel.tokens.life", "1m",
            "doors.kernel.otp-roles", "AUTH,REGISTRATION_OFFICER");
    try (DemoServer other = DemoServer.in(folder, quick, Clock.systemUTC())) {
      Finished conversations = contract(other, "converse.py", "--only", "kernel/*", "--quick");
      assertThat(conversations.status()).as(conversations.output()).isZero();
      assertThat(conversations.output()).contains("B.2-once", "A.5-expired");
    }
  }

  private static Finished contract(DemoServer server, String program, String... options)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PYTHON);
    command.add(DemoServer.projectFolder().resolve("contracts").resolve(program).toString());
    command.addAll(List.of("--data", server.data().toString(), "--base", server.url()));
    command.addAll(List.of(options));
    return run(command, 300);
  }

  private record Finished(int status, String output) {}

  private static Finished run(List<String> command, int seconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("python-", ".log");
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output);
    Files.delete(output);
    return new Finished(process.exitValue(), text);
  }
}

package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    Finished checks = contract("check_ida.py");
    assertThat(checks.status()).as(checks.output()).isZero();
  }

  @Test
  void everyGoldenConversationIsHeldWordForWord() throws Exception {
    Finished conversations = contract("converse.py");
    assertThat(conversations.status()).as(conversations.output()).isZero();
  }

  private static Finished contract(String program) throws Exception {
    return run(
        List.of(
            PYTHON,
            DemoServer.projectFolder().resolve("contracts").resolve(program).toString(),
            "--data",
            data.toString(),
            "--base",
            demo.url()),
        300);
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

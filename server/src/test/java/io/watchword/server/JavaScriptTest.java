package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchword.server.mobile.MobileTypeLine;
import io.watchword.wire.ida.Json;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in JavaScript, run by Node and, with the demo's pages, in a real browser. */
class JavaScriptTest {

  private static final Path BROWSER = DemoServer.projectFolder().resolve("server/src/test/browser");

  @Test
  @DisplayName("the tests of the JavaScript clients pass")
  void clients() throws Exception {
    String node = needed("node");
    Finished tests =
        run(
            DemoServer.projectFolder().resolve("clients/js"),
            300,
            Stream.concat(
                    Stream.of(node, "--test"),
                    files(DemoServer.projectFolder().resolve("clients/js/test")))
                .toArray(String[]::new));
    assertThat(tests.status()).as(tests.output()).isZero();
    assertThat(tests.output()).containsPattern("# pass [1-9][0-9]{2}");
  }

  private static Stream<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all
          .map(Path::toString)
          .filter(name -> name.endsWith(".test.js"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  @DisplayName("in a browser a person logs in to the shop by what another page sees of its screen")
  void pages(@TempDir Path data, @TempDir Path pictures) throws Exception {
    String node = needed("node");
    String chromium = needed("chromium");
    if (!Files.isDirectory(BROWSER.resolve("node_modules/playwright-core"))) {
      Finished installed = run(BROWSER, 120, needed("npm"), "ci", "--no-audit", "--no-fund");
      assumeTrue(installed.status() == 0, "left out: npm could not fetch playwright-core");
    }
    String kept = System.getenv("PICTURES_DIR");
    Path folder = kept == null ? pictures : Files.createDirectories(Path.of(kept));
    try (DemoServer demo = DemoServer.in(data)) {
      demo.server()
          .platform()
          .administration()
          .mobile()
          .put(
              "test",
              Json.mapper()
                  .readValue(
                      "{\"name\":\"qr-short\",\"expires_in\":30,\"callback_required\":false,"
                          + "\"default_messages\":{\"en\":\"Short\"}}",
                      MobileTypeLine.class)
                  .type());
      demo.server().platform().refresh();
      Finished logIns =
          run(BROWSER, 240, node, "log-in.mjs", demo.url(), chromium, folder.toString());
      assertThat(logIns.status()).as(logIns.output()).isZero();
      assertThat(logIns.output()).contains("ok accepted", "ok expired", "ok byCamera");
    }
  }

  private static String needed(String program) {
    Optional<Path> found =
        Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "left out: needs " + program);
    return found.orElseThrow().toString();
  }

  private record Finished(int status, String output) {}

  private static Finished run(Path folder, int seconds, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("node-", ".log");
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output);
    Files.delete(output);
    return new Finished(process.exitValue(), text);
  }
}

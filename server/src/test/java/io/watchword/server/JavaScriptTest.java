package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchword.server.mobile.MobileTypeLine;
import io.watchword.server.people.LineRefused;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written in JavaScript, run by Node and, with the demo's pages, in a real browser. */
class JavaScriptTest {

  private static final Path BROWSER = DemoServer.projectFolder().resolve("server/src/test/browser");

  @Test
  @DisplayName("the tests of the JavaScript clients pass")
  void clients() throws Exception {
    String node = Script.needed("node");
    Script.Finished tests =
        Script.run(
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
    String node = Script.needed("node");
    String chromium = Script.needed("chromium");
    if (!Files.isDirectory(BROWSER.resolve("node_modules/playwright-core"))) {
      Script.Finished installed =
          Script.run(BROWSER, 120, Script.needed("npm"), "ci", "--no-audit", "--no-fund");
      assumeTrue(installed.status() == 0, "left out: npm could not fetch playwright-core");
    }
    String kept = System.getenv("PICTURES_DIR");
    Path folder = kept == null ? pictures : Files.createDirectories(Path.of(kept));
    try (var server = new RestartedServer(data)) {
      Script.Finished logIns =
          Script.run(
              BROWSER,
              300,
              server::obey,
              node,
              "log-in.mjs",
              server.url(),
              chromium,
              folder.toString());
      assertThat(logIns.status()).as(logIns.output()).isZero();
      assertThat(logIns.output())
          .contains("ok accepted", "ok expired", "ok byCamera", "ok restarted");
    }
  }

  /** The demo, which stops and comes back on the same address and folder when a script says so. */
  private static final class RestartedServer implements AutoCloseable {

    private final Path data;
    private final int port;
    private @Nullable DemoServer demo;

    RestartedServer(Path data) throws IOException {
      this.data = data;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        this.port = socket.getLocalPort();
      }
      DemoServer first = start();
      MobileTypeLine type =
          Json.mapper()
              .readValue(
                  "{\"name\":\"qr-short\",\"expires_in\":30,\"callback_required\":false,"
                      + "\"default_messages\":{\"en\":\"Short\"}}",
                  MobileTypeLine.class);
      try {
        first.server().platform().administration().mobile().put("test", type.type());
      } catch (LineRefused e) {
        throw new IllegalStateException(e);
      }
      first.server().platform().refresh();
    }

    private DemoServer start() {
      DemoServer started =
          DemoServer.in(data, Map.of("server.port", Integer.toString(port)), Clock.systemUTC());
      demo = started;
      return started;
    }

    String url() {
      return "http://127.0.0.1:" + port;
    }

    /**
     * Does what a line of the script asks for.
     *
     * @return whether it asked for anything
     */
    boolean obey(String line) {
      switch (line) {
        case "server stop" -> close();
        case "server start" -> start();
        default -> {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      if (demo != null) {
        demo.close();
        demo = null;
      }
    }
  }
}

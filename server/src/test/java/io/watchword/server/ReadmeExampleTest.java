package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java example of the README, taken out of it, compiled and run against a demo. */
class ReadmeExampleTest {

  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: java-client -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void theReadmesExampleGetsTheNameOfJames(@TempDir Path folder) throws Exception {
    Matcher example =
        EXAMPLE.matcher(Files.readString(DemoServer.projectFolder().resolve("README.md")));
    assertThat(example.find()).as("the README has its example").isTrue();
    Path source = folder.resolve("Example.java");
    Files.writeString(source, example.group(1));
    try (DemoServer demo = DemoServer.in(folder.resolve("demo-data"))) {
      assertThat(demo.data().resolve("partner/config.toml")).exists();
      Path output = folder.resolve("output");
      Process java =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      source.toString()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(output)).contains("James Rodrigious");
      assertThat(java.exitValue()).isZero();
    }
  }
}

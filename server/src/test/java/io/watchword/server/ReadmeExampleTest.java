package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The Java examples of the pages, taken out of them, compiled and run against a demo. */
class ReadmeExampleTest {

  private static final String README_URL = "http://127.0.0.1:8080";

  @Test
  void theReadmesExampleGetsTheNameOfJames(@TempDir Path folder) throws Exception {
    try (DemoServer demo = DemoServer.in(folder.resolve("demo-data"))) {
      assertThat(demo.data().resolve("partner/config.toml")).exists();
      assertThat(run(example("java-client"), folder, Map.of())).contains("James Rodrigious");
    }
  }

  @Test
  void theReadmesExampleOfKernelServicesProvesACode(@TempDir Path folder) throws Exception {
    try (DemoServer demo = DemoServer.in(folder.resolve("demo-data"))) {
      JsonNode credentials =
          Json.readObject(Files.readAllBytes(demo.data().resolve("credentials.json")))
              .orElseThrow();
      String secret = credentials.at("/kernelClient/secretKey").stringValue();
      String source = example("kernel-client");
      assertThat(source).contains(README_URL);
      int before = demo.letters("m392380@demo.example").size();
      assertThat(
              run(source.replace(README_URL, demo.url()), folder, Map.of("CLIENT_SECRET", secret)))
          .isEqualTo("the code is right\n");
      assertThat(demo.letters("m392380@demo.example").size()).isEqualTo(before + 1);
    }
  }

  @Test
  void theExampleOfTheClientsOwnPageLogsSomebodyInByPhone(@TempDir Path folder) throws Exception {
    String source = example("clients/java/README.md", "mobile-login");
    assertThat(source).contains(README_URL);
    try (DemoServer demo = DemoServer.in(folder.resolve("demo-data"))) {
      JsonNode known =
          Json.readObject(Files.readAllBytes(demo.data().resolve("credentials.json")))
              .orElseThrow();
      String password = "";
      for (JsonNode user : known.get("demoUsers")) {
        if (user.path("userId").stringValue("").equals("M392380")) {
          password = user.get("password").stringValue();
        }
      }
      Map<String, String> secrets =
          Map.of(
              "PORTAL_SECRET",
              known.get("portal").get("clientSecret").stringValue(),
              "PASSWORD",
              password);
      assertThat(run(source.replace(README_URL, demo.url()), folder, secrets))
          .isEqualTo("Log in to the demo shop?\nlogged in: M392380\n");
    }
  }

  private static String example(String name) throws IOException {
    return example("README.md", name);
  }

  private static String example(String file, String name) throws IOException {
    Matcher example =
        Pattern.compile("<!-- example: " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(DemoServer.projectFolder().resolve(file)));
    assertThat(example.find()).as("the README has its example").isTrue();
    return example.group(1);
  }

  private static String run(String program, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path source = folder.resolve("Example.java");
    Files.writeString(source, program);
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    source.toString()))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process java = builder.start();
    assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(output);
    assertThat(java.exitValue()).as(text).isZero();
    return text;
  }
}

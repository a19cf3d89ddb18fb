package io.watchword.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.http.ServerSettings.Log;
import io.watchword.wire.ida.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class LoggingTest {

  private final PrintStream former = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(former);
    MDC.clear();
    Logging.configure(new Log(Log.Shape.TEXT, Log.Level.WARN));
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void nobodyForgesALineOfTheLog() {
    for (Log.Shape shape : Log.Shape.values()) {
      written.reset();
      Logging.configure(new Log(shape, Log.Level.INFO));
      LoggerFactory.getLogger("io.watchword.test").info("partner {}", "x\r\nERROR forged");
      assertThat(lines()).as(shape.name()).hasSize(1);
    }
  }

  @Test
  void librariesAreNotAskedForMoreThanInfoWhateverTheSettingsSay() {
    Logging.configure(new Log(Log.Shape.TEXT, Log.Level.TRACE));
    LoggerFactory.getLogger("io.helidon.webserver.http1.Http1Connection").trace("a whole message");
    LoggerFactory.getLogger("org.eclipse.angus.mail").debug("a whole letter");
    LoggerFactory.getLogger("com.example.library").debug("whatever");
    System.getLogger("io.helidon.common").log(System.Logger.Level.DEBUG, "a whole header");
    assertThat(lines()).isEmpty();
    LoggerFactory.getLogger("io.watchword.test").trace("ours");
    assertThat(lines()).singleElement().asString().contains("ours");
  }

  @Test
  void aLineOfJsonTellsTheRequestAndItsTrace() {
    Logging.configure(new Log(Log.Shape.JSON, Log.Level.INFO));
    MDC.put("request", "0123456789abcdef");
    MDC.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    LoggerFactory.getLogger("io.watchword.test").warn("the store is {}", "busy");
    JsonNode line = Json.mapper().readTree(lines().getFirst());
    assertThat(line.get("formattedMessage").stringValue()).isEqualTo("the store is busy");
    assertThat(line.get("level").stringValue()).isEqualTo("WARN");
    assertThat(line.get("mdc").get("request").stringValue()).isEqualTo("0123456789abcdef");
    assertThat(line.get("mdc").get("traceparent").stringValue()).startsWith("00-4bf9");
  }
}

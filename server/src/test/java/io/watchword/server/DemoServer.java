package io.watchword.server;

import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The demo, started inside a test on a free port of the loopback. For tests of this module only.
 */
public final class DemoServer implements AutoCloseable {

  private final Path data;
  private final Server server;

  private DemoServer(Path data, Server server) {
    this.data = data;
    this.server = server;
  }

  /** With the demo's settings. */
  public static DemoServer in(Path data) {
    return in(data, Map.of(), Clock.systemUTC());
  }

  /** With other settings and another clock. */
  public static DemoServer in(Path data, Map<String, String> settings, InstantSource clock) {
    SettingsReader reader = reader(data);
    settings.forEach(reader::set);
    return start(data, reader, clock);
  }

  /** With a file of settings, as an operator writes it. */
  public static DemoServer in(Path data, Path file) {
    return start(data, reader(data).file(file), Clock.systemUTC());
  }

  private static SettingsReader reader(Path data) {
    return new SettingsReader()
        .profile("demo")
        .set("store.folder", data.toString())
        .set("server.port", Integer.toString(freePort()));
  }

  private static DemoServer start(Path data, SettingsReader reader, InstantSource clock) {
    try {
      return new DemoServer(
          data,
          new Server(
              reader.read().settings(),
              MasterKey.fromFileOrNew(data.resolve("master.key"), new SecureRandom()),
              clock,
              Optional.of(new Server.Demo(projectFolder().resolve("config/demo/people.jsonl")))));
    } catch (SettingsException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The folder in which the project lies. */
  public static Path projectFolder() {
    return Path.of("").toAbsolutePath().getParent();
  }

  public String url() {
    return server.url();
  }

  public Path data() {
    return data;
  }

  /** What the demo wrote down for those who try it. */
  public JsonNode credentials() {
    try {
      return Json.mapper().readTree(Files.readAllBytes(data.resolve("credentials.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The password of one of the demo's accounts. */
  public String password(String userId) {
    return credentials()
        .get("demoUsers")
        .valueStream()
        .filter(user -> user.path("userId").stringValue("").equals(userId))
        .map(user -> user.get("password").stringValue())
        .findFirst()
        .orElseThrow();
  }

  /** The people of a kind, as {@code GET /demo/people} tells them. */
  public List<JsonNode> people(String kind) {
    var people = new ArrayList<JsonNode>();
    get("/demo/people")
        .forEach(person -> {
          if (person.get("kind").stringValue().equals(kind)) {
            people.add(person);
          }
        });
    return people;
  }

  /** The letters to an address, newest first, as {@code GET /demo/outbox} tells them. */
  public JsonNode letters(String address) {
    return get("/demo/outbox?to=" + URLEncoder.encode(address, StandardCharsets.UTF_8));
  }

  /** The recent requests, newest first, as {@code GET /demo/requests} tells them. */
  public JsonNode requests() {
    return get("/demo/requests");
  }

  private JsonNode get(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return Json.mapper()
          .readTree(
              client
                  .send(
                      HttpRequest.newBuilder(URI.create(url() + path)).build(),
                      HttpResponse.BodyHandlers.ofByteArray())
                  .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Server server() {
    return server;
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

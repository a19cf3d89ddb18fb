package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.testkit.postgres.LocalPostgres;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two servers on one database behind one address: the portal meets one, the phone the other. */
class MobileTwoNodesTest {

  private static final String SERVER = "https://login.example.com";
  private static final String USER = "M392380";

  @TempDir Path one;
  @TempDir Path two;

  private record Node(DemoServer demo, String address) implements AutoCloseable {

    static Node start(Path folder, String database) throws IOException {
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      Map<String, String> settings = new HashMap<>();
      settings.put("store.postgres.url", database);
      settings.put("store.postgres.user", LocalPostgres.USER);
      settings.put("store.postgres.password", LocalPostgres.PASSWORD);
      settings.put("server.public-url", SERVER);
      settings.put("server.port", Integer.toString(port));
      return new Node(
          DemoServer.in(folder, settings, Clock.systemUTC()), "http://127.0.0.1:" + port);
    }

    Portal portal(JsonNode known) {
      return new Portal(
          () -> address,
          known.get("clientId").stringValue(),
          known.get("clientSecret").stringValue());
    }

    @Override
    public void close() {
      demo.close();
    }
  }

  private Phone phone(Node node, JsonNode credentials, String device) {
    var phone = new Phone(node::address, SERVER, device);
    String password =
        credentials
            .get("demoUsers")
            .valueStream()
            .filter(user -> user.path("userId").asString("").equals(USER))
            .map(user -> user.get("password").stringValue())
            .findFirst()
            .orElseThrow();
    phone.tokens(Map.of("grant_type", "password", "username", USER, "password", password));
    assertThat(phone.enroll().status()).isEqualTo(201);
    return phone;
  }

  @Test
  @DisplayName("what one node does the other knows: claims race, long polls end within 500 ms")
  void together() throws Exception {
    LocalPostgres postgres = LocalPostgres.shared();
    String database = postgres.newDatabase();
    try (Node first = Node.start(one, database)) {
      for (String file : List.of("master.key", "credentials.json")) {
        Files.copy(one.resolve(file), two.resolve(file));
      }
      JsonNode credentials =
          Json.mapper().readTree(Files.readAllBytes(one.resolve("credentials.json")));
      try (Node second = Node.start(two, database)) {
        Portal portal = first.portal(credentials.get("portal"));
        Phone here = phone(first, credentials, "here");
        Phone there = phone(second, credentials, "there");
        for (int round = 0; round < 3; round++) {
          round(portal, here, there, round);
        }
      }
    } finally {
      postgres.drop(database);
    }
  }

  private static void round(Portal portal, Phone here, Phone there, int round) throws Exception {
    byte[] secret = new byte[32];
    secret[0] = (byte) round;
    Reply start =
        portal.start(Map.of("type", "qr-code", "session_binding", SignedText.hash(secret)));
    assertThat(start.status()).as("%s", start.json()).isEqualTo(200);
    String id = start.text("transaction_id");
    List<Reply> claims =
        atOnce(() -> here.claim(start.text("otp")), () -> there.claim(start.text("otp")));
    assertThat(claims.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 409);
    Phone winner = claims.getFirst().status() == 200 ? here : there;
    Reply question = claims.stream().filter(each -> each.status() == 200).findFirst().orElseThrow();

    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<Reply> waiting = threads.submit(() -> portal.result(id, "?wait=20&version=1"));
      Thread.sleep(400);
      assertThat(waiting.isDone()).isFalse();
      assertThat(winner.answer(question, "accept").status()).isEqualTo(200);
      long answered = System.nanoTime();
      assertThat(waiting.get().text("status")).isEqualTo("approved");
      assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofMillis(500));
    }
    var redeem = Map.of("session_secret", Base64Url.encode(secret));
    List<Reply> results =
        atOnce(() -> portal.post(id, "redeem", redeem), () -> portal.post(id, "redeem", redeem));
    assertThat(results.stream().map(Reply::status)).containsExactlyInAnyOrder(200, 409);
  }

  private static List<Reply> atOnce(Callable<Reply> one, Callable<Reply> two) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Reply>> both = threads.invokeAll(List.of(one, two));
      return List.of(both.getFirst().get(), both.getLast().get());
    }
  }
}

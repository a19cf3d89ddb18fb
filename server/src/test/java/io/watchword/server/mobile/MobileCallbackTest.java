package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.server.DemoServer;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract mobile 3.13, check 12: callbacks that do not arrive, through the door. */
class MobileCallbackTest {

  private static final String USER = "M392380";

  @TempDir Path data;
  private HttpServer backEnd;
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicInteger elsewhere = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    backEnd = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    backEnd.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    backEnd.createContext(
        "/elsewhere",
        exchange -> {
          elsewhere.incrementAndGet();
          answer(exchange, 204);
        });
    backEnd.createContext(
        "/redirects",
        exchange -> {
          told.incrementAndGet();
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          answer(exchange, 302);
        });
    backEnd.createContext("/hangs", _ -> told.incrementAndGet());
    backEnd.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @AfterEach
  void stop() {
    backEnd.stop(0);
  }

  @Test
  @DisplayName("a redirect is not followed: tried again, given up, and the login ends by asking")
  void redirect() throws Exception {
    assertThat(failed("/redirects", true)).isEqualTo(1);
    assertThat(told.get()).as("tried again").isEqualTo(2);
    assertThat(elsewhere.get()).as("never followed").isZero();
  }

  @Test
  @DisplayName("a back end that does not answer holds nothing up")
  void timeout() throws Exception {
    assertThat(failed("/hangs", true)).isEqualTo(1);
    assertThat(told.get()).isPositive();
  }

  @Test
  @DisplayName("a private address is never called")
  void privateAddress() throws Exception {
    assertThat(failed("/elsewhere", false)).isEqualTo(1);
    assertThat(elsewhere.get()).isZero();
  }

  @Test
  @DisplayName("a login that was open when the server stopped is told after it has started again")
  void restart() throws Exception {
    String uri = "http://127.0.0.1:" + backEnd.getAddress().getPort() + "/elsewhere";
    String secret;
    String code;
    try (DemoServer demo = demo(true)) {
      secret = register(demo, uri);
      var portal = new Portal(demo, "caller", secret);
      // Scanned it may be for half of that.
      Reply start =
          portal.start(Map.of("type", "quick", "callback_uri", uri, "requested_expiry", "30"));
      assertThat(start.status()).as("%s", start.json()).isEqualTo(200);
      code = start.text("transaction_id");
    }
    assertThat(elsewhere.get()).isZero();
    try (DemoServer demo = demo(true)) {
      var portal = new Portal(demo, "caller", secret);
      for (int i = 0; i < 400 && elsewhere.get() == 0; i++) {
        Thread.sleep(100);
      }
      assertThat(elsewhere.get()).isEqualTo(1);
      assertThat(portal.result(code).text("status")).isEqualTo("expired");
    }
  }

  private DemoServer demo(boolean inside) {
    return DemoServer.in(
        data, Map.of("doors.mobile.callbacks-inside", Boolean.toString(inside)), Clock.systemUTC());
  }

  private static String register(DemoServer demo, String uri) {
    var register = demo.server().platform().administration().mobile();
    register.put("test", quick());
    String secret =
        register
            .put(
                "test",
                new MobileRegister.Portal(
                    "caller",
                    "Example Shop",
                    Set.of(PortalClient.Scope.MOBILE_AUTHENTICATION),
                    List.of(),
                    List.of(new PortalClient.Callback(uri, null, null, null)),
                    false,
                    null,
                    true))
            .orElseThrow();
    demo.server().platform().refresh();
    return secret;
  }

  /** Logs somebody in and gives the number of records that the portal could not be told. */
  private long failed(String path, boolean inside) throws Exception {
    String uri =
        (inside ? "http" : "https") + "://127.0.0.1:" + backEnd.getAddress().getPort() + path;
    try (DemoServer demo = demo(inside)) {
      String secret = register(demo, uri);
      var portal = new Portal(demo, "caller", secret);
      var phone = new Phone(demo, demo.url(), "a-phone");
      phone.tokens(
          Map.of("grant_type", "password", "username", USER, "password", demo.password(USER)));
      assertThat(phone.enroll().status()).isEqualTo(201);

      Reply start = portal.start(Map.of("type", "quick", "callback_uri", uri));
      assertThat(start.status()).as("%s", start.json()).isEqualTo(200);
      Reply question = phone.claim(start.text("otp"));
      assertThat(phone.answer(question, "accept").status()).isEqualTo(200);
      Reply result = portal.result(start.text("transaction_id"));
      assertThat(result.status()).isEqualTo(200);
      assertThat(result.json().path("is_authenticated").asBoolean(false)).isTrue();

      for (int i = 0; i < 300 && recorded(demo) == 0; i++) {
        Thread.sleep(100);
      }
      return recorded(demo);
    }
  }

  private static MobileType quick() {
    MobileType usual = MobileType.standard("quick", Map.of("en", "Log in?"));
    return new MobileType(
        usual.name(),
        usual.expiresIn(),
        usual.defaultMessages(),
        null,
        usual.decideWithin(),
        Duration.ofSeconds(4),
        usual.rotation(),
        usual.confirmation(),
        false,
        false,
        true,
        usual.onMismatch(),
        usual.maxWrongCodes(),
        usual.maxBadAnswers(),
        usual.pollInterval());
  }

  private static long recorded(DemoServer demo) {
    return demo.server().platform().store().scan(AuditRow.TABLE, "", 10_000).stream()
        .filter(entry ->
            entry.row().body() != null && entry.row().body().outcome().equals("callback_failed"))
        .count();
  }
}

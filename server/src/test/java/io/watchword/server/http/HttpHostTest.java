package io.watchword.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpHostTest {

  private static final int LIMIT = 64 * 1024;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final AtomicBoolean storeWorks = new AtomicBoolean(true);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(2);
  private final List<HttpHost> hosts = new ArrayList<>();

  @AfterEach
  void stop() {
    gate.countDown();
    hosts.forEach(HttpHost::close);
    http.close();
  }

  /** Echoes the size of bodies, as a door would answer its own envelope. */
  private final class Echo implements HttpService {
    @Override
    public void routing(HttpRules rules) {
      rules
          .post("/echo", this::echo)
          .post("/wait", this::waitForGate)
          .get("/large", (_, response) -> response.send(new byte[8 << 20]))
          .get("/id", (request, response) -> response.send(RequestId.of(request)))
          .get(
              "/fail",
              (_, _) -> {
                throw new IllegalStateException("secret of the inside");
              });
    }

    private void echo(ServerRequest request, ServerResponse response) {
      try {
        byte[] body = Bodies.read(request, LIMIT);
        response.send("read " + body.length);
      } catch (BodyTooLarge e) {
        response.status(Status.REQUEST_ENTITY_TOO_LARGE_413).send("{\"own\":\"envelope\"}");
      } catch (BodyUnreadable e) {
        response.send("{\"own\":\"unreadable\"}");
      }
    }

    private void waitForGate(ServerRequest request, ServerResponse response) throws Exception {
      byte[] body = Bodies.read(request, LIMIT);
      entered.countDown();
      gate.await();
      response.send("read " + body.length);
    }
  }

  private HttpHost start(Map<String, String> settings) {
    var health = new Health(List.of(new Health.Check("store", storeWorks::get)));
    HttpHost host =
        Hosts.start(settings, List.of(new Mount("echo", "/door", new Echo())), LIMIT, health);
    hosts.add(host);
    return host;
  }

  private HttpHost start() {
    return start(Map.of());
  }

  private HttpResponse<String> get(HttpHost host, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.url() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(HttpHost host, String path, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(host.url() + path))
            .timeout(Duration.ofSeconds(20))
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private void assertServes(HttpHost host) throws Exception {
    assertThat(post(host, "/door/echo", new byte[100]).body()).isEqualTo("read 100");
  }

  /** Requests are counted after their answers were sent. */
  private void awaitMetric(HttpHost host, String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern);
    String metrics = "";
    for (int i = 0; i < 100 && !wanted.matcher(metrics).find(); i++) {
      Thread.sleep(100);
      metrics = get(host, "/metrics").body();
    }
    assertThat(metrics).containsPattern(wanted);
  }

  private static String head(String more) {
    return "POST /door/echo HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
  }

  @Test
  void aBodyOverTheLimitIsAnsweredByTheDoorItself() throws Exception {
    HttpHost host = start();
    for (int size : new int[] {LIMIT + 1, 1 << 20, 12 << 20}) {
      HttpResponse<String> response = post(host, "/door/echo", new byte[size]);
      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(response.body()).isEqualTo("{\"own\":\"envelope\"}");
    }
    assertThat(post(host, "/door/echo", new byte[LIMIT]).body()).isEqualTo("read " + LIMIT);
  }

  @Test
  void aBodyThatIsAnnouncedAsEndlessIsAnsweredWithoutReadingIt() throws Exception {
    HttpHost host = start();
    try (var client = new RawClient(host.port())) {
      client.send(head("Content-Length: 900000000000\r\n")).send("x".repeat(1000));
      assertThat(client.readAll())
          .startsWith("HTTP/1.1 413")
          .containsIgnoringCase("connection: close")
          .contains("{\"own\":\"envelope\"}")
          .doesNotContain("SocketTimeout");
    }
    assertServes(host);
  }

  @Test
  void aSingleChunkOfTwoGigabytesDoesNotFillTheMemory() throws Exception {
    HttpHost host = start();
    try (var client = new RawClient(host.port())) {
      client.send(head("Transfer-Encoding: chunked\r\n")).send("7fffffff\r\n");
      String block = "x".repeat(64 * 1024);
      String answer = "";
      try {
        for (int i = 0; i < 1_000; i++) {
          client.send(block);
        }
      } catch (java.io.IOException e) {
        answer = "cut";
      }
      answer += client.readAll();
      assertThat(answer).containsAnyOf("413", "cut");
    }
    assertServes(host);
    awaitMetric(host, "http_server_body_memory_bytes 0.0");
  }

  @Test
  void chunksUpToTheLimitAreReadWhole() throws Exception {
    HttpHost host = start();
    try (var client = new RawClient(host.port())) {
      client.send(head("Transfer-Encoding: chunked\r\n"));
      for (int i = 0; i < 16; i++) {
        client.send("1000\r\n" + "x".repeat(4096) + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.readStatus()).startsWith("HTTP/1.1 200");
    }
    try (var client = new RawClient(host.port())) {
      client.send(head("Transfer-Encoding: chunked\r\n"));
      for (int i = 0; i < 17; i++) {
        client.send("1000\r\n" + "x".repeat(4096) + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.readStatus()).startsWith("HTTP/1.1 413");
    }
  }

  @Test
  void headersAreLimitedButThoseOfTheSignatureFit() throws Exception {
    HttpHost host = start();
    assertThat(get(host, "/door/id", "Signature", "x".repeat(16 * 1024)).statusCode())
        .isEqualTo(200);
    try (var client = new RawClient(host.port())) {
      client.send("GET /door/id HTTP/1.1\r\nHost: localhost\r\n");
      String answer = "";
      try {
        for (int i = 0; i < 4_000; i++) {
          client.send("X-Flood-" + i + ": " + "y".repeat(100) + "\r\n");
        }
      } catch (java.io.IOException e) {
        answer = "cut";
      }
      assertThat(answer + client.readAll()).containsAnyOf("HTTP/1.1 4", "cut", "SocketException");
    }
    assertServes(host);
  }

  @Test
  void aTricklingHeadIsCutOffAndOthersGoOn() throws Exception {
    HttpHost host = start(Map.of("server.limits.head-time", "1s"));
    try (var client = new RawClient(host.port())) {
      client.send("POST /door/echo HTTP/1.1\r\n");
      long start = System.nanoTime();
      boolean cut = false;
      while (!cut && System.nanoTime() - start < 10_000_000_000L) {
        try {
          client.send("X");
        } catch (java.io.IOException e) {
          cut = true;
          break;
        }
        assertServes(host);
        cut = client.closedWithin(100);
      }
      assertThat(cut).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
    awaitMetric(host, "http_server_connections_cut_off_total [1-9]");
  }

  @Test
  void aConnectionThatSaysNothingIsCutOff() throws Exception {
    HttpHost host = start(Map.of("server.limits.head-time", "500ms"));
    try (var client = new RawClient(host.port())) {
      assertThat(client.closedWithin(5_000)).isTrue();
    }
  }

  @Test
  void aTricklingBodyIsCutOffAndOthersGoOn() throws Exception {
    HttpHost host = start(Map.of("server.limits.body-time", "1s"));
    try (var client = new RawClient(host.port())) {
      client.send(head("Content-Length: 1000\r\n"));
      long start = System.nanoTime();
      boolean cut = false;
      while (!cut && System.nanoTime() - start < 10_000_000_000L) {
        try {
          client.send("x");
        } catch (java.io.IOException e) {
          cut = true;
          break;
        }
        assertServes(host);
        cut = client.closedWithin(100);
      }
      assertThat(cut).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void aClientThatDoesNotTakeItsAnswersIsCutOff() throws Exception {
    HttpHost host =
        start(Map.of("server.limits.body-time", "500ms", "server.limits.answer-time", "500ms"));
    try (var client = new RawClient(host.port())) {
      client.shrinkReceiveBuffer();
      client.send("GET /door/large HTTP/1.1\r\nHost: localhost\r\n\r\n");
      awaitMetric(host, "http_server_connections_cut_off_total [1-9]");
    }
    assertServes(host);
  }

  @Test
  void aKeptConnectionServesMoreThanOneRequestAndIsClosedWhenItIdles() throws Exception {
    HttpHost host = start(Map.of("server.limits.idle", "1s"));
    try (var client = new RawClient(host.port())) {
      String request = head("Content-Length: 3\r\n") + "abc";
      client.send(request + request + request);
      Thread.sleep(300);
      client.send(request);
      assertThat(client.readAll().split("read 3", -1)).hasSize(5);
    }
  }

  @Test
  void garbageIsRefusedAndTheConnectionClosed() throws Exception {
    HttpHost host = start();
    for (String garbage :
        List.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
            "GET\r\n\r\n",
            "POST /door/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
            "POST /door/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /door/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n",
            head("Transfer-Encoding: chunked\r\n") + "zz\r\n")) {
      try (var client = new RawClient(host.port())) {
        client.send(garbage);
        assertThat(client.readAll()).doesNotContain("read ").doesNotContain("SocketTimeout");
      }
    }
    try (var client = new RawClient(host.port())) {
      client.send(head("Content-Length: 3\r\n") + "abcGARBAGE GARBAGE\r\n\r\n");
      assertThat(client.readAll()).contains("read 3").contains("HTTP/1.1 400");
    }
    assertServes(host);
  }

  @Test
  void moreConnectionsThanAllowedWaitAndIdleOnesMakeRoom() throws Exception {
    HttpHost host = start(Map.of("server.limits.connections", "50"));
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        clients.add(new RawClient(host.port()));
      }
      assertServes(host);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void whoFindsNoPlaceGets503AndAPlaceIsGivenBack() throws Exception {
    HttpHost host =
        start(Map.of("server.limits.requests", "2", "server.limits.turn-time", "100ms"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> working = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        working.add(threads.submit(() -> post(host, "/door/wait", new byte[5])));
      }
      entered.await();
      HttpResponse<String> refused = post(host, "/door/echo", new byte[1]);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).isEmpty();
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      gate.countDown();
      for (Future<HttpResponse<String>> each : working) {
        assertThat(each.get().body()).isEqualTo("read 5");
      }
    }
    for (int i = 0; i < 5; i++) {
      assertServes(host);
    }
  }

  @Test
  void bodiesThatFillTheMemoryGet503AndTheMemoryIsGivenBack() throws Exception {
    HttpHost host = start(Map.of("server.limits.body-memory", "16MiB"));
    List<RawClient> greedy = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) { // 400 times 60 KB are well above 16 MiB
        greedy.add(new RawClient(host.port()).send(head("Content-Length: 65000\r\n")));
      }
      for (RawClient client : greedy) {
        try {
          client.send("x".repeat(60_000));
        } catch (java.io.IOException e) {
          // refused already
        }
      }
      awaitMetric(host, "requests_seconds_count\\{door=\"echo\",status=\"503\"\\} [1-9]");
    } finally {
      for (RawClient client : greedy) {
        client.close();
      }
    }
    awaitMetric(host, "http_server_body_memory_bytes 0.0");
    assertServes(host);
  }

  @Test
  void anUnexpectedFaultShowsNothingOfTheInside() throws Exception {
    HttpHost host = start();
    HttpResponse<String> response = get(host, "/door/fail");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEmpty();
    assertThat(get(host, "/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void everyRequestHasAnIdOfOurOwnAndStrangersCannotChooseIt() throws Exception {
    HttpHost host = start();
    HttpResponse<String> response = get(host, "/door/id", "X-Request-Id", "chosen-by-me-1234");
    assertThat(response.body()).matches("[0-9a-f]{32}");
    assertThat(response.headers().firstValue("X-Request-Id")).contains(response.body());
    assertThat(get(host, "/door/id").body()).isNotEqualTo(response.body());
  }

  @Test
  void aNamedProxyMayChooseTheIdIfItIsWellFormed() throws Exception {
    HttpHost host = start(Map.of("server.trusted-proxies", "127.0.0.0/8"));
    assertThat(get(host, "/door/id", "X-Request-Id", "chosen-by-me-1234").body())
        .isEqualTo("chosen-by-me-1234");
    assertThat(get(host, "/door/id", "X-Request-Id", "bad id; drop").body())
        .matches("[0-9a-f]{32}");
  }

  @Test
  void healthTellsWhatDoesNotWork() throws Exception {
    HttpHost host = start();
    assertThat(get(host, "/health").body()).isEqualTo("UP");
    assertThat(get(host, "/health/ready").body()).contains("\"status\":\"UP\"", "store");
    storeWorks.set(false);
    assertThat(get(host, "/health").statusCode()).isEqualTo(503);
    assertThat(get(host, "/health/ready").body()).contains("\"status\":\"DOWN\"");
    assertThat(get(host, "/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsCountByDoorAndStatusAndHoldNoPath() throws Exception {
    HttpHost host = start();
    assertServes(host);
    get(host, "/door/secret-api-key");
    awaitMetric(host, "requests_seconds_count\\{door=\"echo\",status=\"200\"\\} 1");
    awaitMetric(host, "requests_seconds_count\\{door=\"echo\",status=\"404\"\\} 1");
    assertThat(get(host, "/metrics").body())
        .contains("jvm_memory_used_bytes")
        .doesNotContain("secret-api-key");
  }

  @Test
  void aStopLetsRequestsFinish() throws Exception {
    HttpHost host = start();
    int port = host.port();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> working =
          threads.submit(() -> post(host, "/door/wait", new byte[5]));
      while (entered.getCount() > 1) {
        Thread.sleep(10);
      }
      Future<?> stop = threads.submit(host::close);
      Thread.sleep(300);
      assertThat(stop.isDone()).isFalse();
      gate.countDown();
      assertThat(working.get().body()).isEqualTo("read 5");
      stop.get();
    }
    assertThatThrownBy(() -> new RawClient(port)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void anIdleServerStopsAtOnce() throws Exception {
    HttpHost host = start();
    assertServes(host); // leaves a kept connection behind
    long start = System.nanoTime();
    host.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void aPortInUseIsSaidInASentence() {
    HttpHost first = start();
    assertThatThrownBy(() -> start(Map.of("server.port", Integer.toString(first.port()))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + first.port());
  }
}

package io.watchword.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.server.http.Health;
import io.watchword.server.http.HttpHost;
import io.watchword.server.http.Metrics;
import io.watchword.server.http.Mount;
import io.watchword.server.settings.Settings;
import io.watchword.server.settings.SettingsReader;
import io.watchword.wire.ida.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DemoPagesTest {

  private static final Instant NOW = Instant.parse("2025-01-16T10:58:24.123456Z");
  private static final String HOSTILE = "<script>alert('x')</script>";

  private final HttpClient http = HttpClient.newHttpClient();
  private final OutboxCourier outbox = new OutboxCourier(() -> NOW);
  private final RequestLog requests = new RequestLog();
  private HttpHost host;

  @BeforeEach
  void start() throws Exception {
    Settings settings = new SettingsReader().set("server.port", "0").read().settings();
    var pages =
        new DemoPages(
            outbox,
            requests,
            new DemoPages.People(() -> List.of(Map.of("uin", "2047631038")), List::of),
            "partner/config.toml");
    host =
        new HttpHost(
                settings.server(),
                List.of(new Mount("demo", "/", pages)),
                1024,
                new Health(List.of()),
                new Metrics(),
                new SecureRandom())
            .start();
  }

  @AfterEach
  void stop() {
    host.close();
    http.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(host.url() + path)).build(), BodyHandlers.ofString());
  }

  private void refused(String partner, String fault) {
    requests.add(
        new RequestLog.Trace(
            NOW,
            "id",
            "ida",
            "otp",
            partner,
            "1929353076",
            "F5",
            List.of("IDA-MLC-007", "IDA-MPA-001"),
            Map.of("fault", fault)));
  }

  @Test
  void whatStrangersWriteIsTextAndNeverMarkup() throws Exception {
    refused(HOSTILE, HOSTILE);
    outbox.carry(new Letter(Channel.EMAIL, HOSTILE, HOSTILE, HOSTILE));
    HttpResponse<String> page = get("/");
    assertThat(page.body()).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void aRefusedRequestTellsItsStepAndWhy() throws Exception {
    refused("bank", "the signature is not over the bytes received");
    assertThat(get("/").body())
        .contains("IDA-MLC-007, IDA-MPA-001", "F5", "the signature is not over")
        .contains("<time datetime=\"2025-01-16T10:58:24.123456Z\">10:58:24</time>");
    JsonNode told = Json.mapper().readTree(get("/demo/requests").body());
    assertThat(told.get(0).get("step").stringValue()).isEqualTo("F5");
    assertThat(told.get(0).get("partner").stringValue()).isEqualTo("bank");
  }

  @Test
  void theOutboxIsABareArrayNewestFirstAndCanBeAskedForOneAddress() throws Exception {
    outbox.carry(new Letter(Channel.EMAIL, "a@x.example", "s", "first"));
    outbox.carry(new Letter(Channel.PHONE, "123", "", "second"));
    JsonNode all = Json.mapper().readTree(get("/demo/outbox").body());
    assertThat(all.isArray()).isTrue();
    assertThat(all.get(0).get("text").stringValue()).isEqualTo("second");
    assertThat(all.get(0).get("channel").stringValue()).isEqualTo("phone");
    assertThat(all.get(0).get("at").stringValue()).isEqualTo(NOW.toString());
    JsonNode one = Json.mapper().readTree(get("/demo/outbox?to=a%40x.example").body());
    assertThat(one.size()).isEqualTo(1);
    assertThat(Json.mapper().readTree(get("/demo/outbox?to=nobody").body()).size()).isZero();
  }

  @Test
  void thePageRenewsItselfOnlyForWhoWantsIt() throws Exception {
    assertThat(get("/").body()).doesNotContain("http-equiv=\"refresh\"");
    assertThat(get("/?renew").body()).contains("http-equiv=\"refresh\"");
  }

  @Test
  void lettersFlowInTheDirectionOfTheirText() throws Exception {
    outbox.carry(new Letter(Channel.PHONE, "123", "", "رمزك هو 123456"));
    assertThat(get("/").body()).contains("<p dir=\"auto\">رمزك هو 123456</p>");
  }

  @Test
  void theRequestLogForgetsTheOldest() {
    for (int i = 0; i < 600; i++) {
      refused("partner-" + i, "");
    }
    assertThat(requests.newest(1_000)).hasSize(500);
    assertThat(requests.newest(1).getFirst().partner()).isEqualTo("partner-599");
  }
}

package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Errands;
import io.watchword.testkit.smtp.MailServer;
import io.watchword.testkit.time.HandClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Notices of decisions, through the whole server and a real mail server. */
class NoticesTest {

  /** At which it is 15:30 where the letters are read. */
  private final HandClock clock = new HandClock();

  private static Map<String, String> settings(int port) {
    return Map.of(
        "couriers.mail[0].name", "office",
        "couriers.mail[0].host", "127.0.0.1",
        "couriers.mail[0].port", Integer.toString(port),
        "couriers.mail[0].security", "none",
        "couriers.mail[0].from", "id@office.example",
        "couriers.outbox", "false",
        "letters.notices", "email,phone",
        "letters.time-zone", "+05:30");
  }

  @Test
  void noNoticeWaitsForAChannelThatNoCourierReaches(@TempDir Path data) throws Exception {
    try (MailServer mail = MailServer.start(MailServer.Protection.NONE);
        DemoServer demo = DemoServer.in(data, settings(mail.port()), clock);
        RelyingParty party = new RelyingParty(data, clock, new SecureRandom())) {
      decide(party);
      for (int i = 0; i < 200 && (mail.received().isEmpty() || waiting(demo) > 0); i++) {
        Thread.sleep(50);
      }
      assertThat(mail.received()).hasSize(1);
      assertThat(mail.received().getFirst().text())
          .contains("05-01-2026", "15:30:00")
          .doesNotContain("2047631038");
      assertThat(waiting(demo)).isZero();
      assertThat(metrics(demo))
          .contains("couriers_letters_total{provider=\"office\",result=\"taken\"} 1.0")
          .contains("couriers_letters_total{provider=\"office\",result=\"failed\"} 0.0")
          .contains("couriers_in_flight{provider=\"office\"} 0.0")
          .contains("errands_attempts_total{result=\"done\"} 1.0")
          .contains("errands_waiting 0.0")
          .contains("store_trouble 0.0")
          .containsPattern("store_groups_total [1-9]")
          .containsPattern("store_units_total [1-9]");
    }
  }

  @Test
  void withoutAnyCourierADecisionLeavesNoErrand(@TempDir Path data) throws Exception {
    var none = Map.of("couriers.outbox", "false", "letters.notices", "email,phone");
    try (DemoServer demo = DemoServer.in(data, none, clock);
        RelyingParty party = new RelyingParty(data, clock, new SecureRandom())) {
      decide(party);
      assertThat(waiting(demo)).isZero();
      assertThat(metrics(demo)).contains("errands_attempts_total{result=\"done\"} 0.0");
    }
  }

  private static void decide(RelyingParty party) {
    RelyingParty.Draft draft = party.auth("auth", "2047631038", "notices001");
    ObjectNode claims = draft.inner().putObject("demographics");
    claims.put("phoneNumber", "8763740607");
    assertThat(party.send(draft).codes()).isEmpty();
  }

  private static int waiting(DemoServer demo) {
    return Errands.waiting(demo.server().platform().store(), 100).size();
  }

  private static String metrics(DemoServer demo) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(demo.url() + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}

package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.testkit.smtp.BrokenServer;
import io.watchword.testkit.smtp.MailServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A mail server that is gone, or takes connections and says nothing. */
class DeadMailServerTest {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
  private static final int HANGING = 12;

  @Test
  void itIsToldTheFormerCodeStaysAndOthersAreServed(@TempDir Path data) throws Exception {
    MailServer mail = MailServer.start(MailServer.Protection.NONE);
    try (LogWatch log = new LogWatch();
        DemoServer demo = DemoServer.in(data, through(mail.port()), Clock.systemUTC());
        RelyingParty party = RelyingParty.of(demo)) {
      String uin = demo.people("plain").getFirst().get("uin").stringValue();
      Matcher code;
      try (mail) {
        assertThat(party.send(party.otp(uin, "former0001", "email")).codes()).isEmpty();
        code = CODE.matcher(mail.received().getLast().text());
        assertThat(code.find()).isTrue();
      }
      assertThat(party.send(party.otp(uin, "later00001", "email")).codes())
          .containsExactly("IDA-OTA-002");
      assertThat(party.send(party.auth("auth", uin, "former0001").code(code.group())).codes())
          .isEmpty();
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void whileItHangsOthersAreServed(@TempDir Path data) throws Exception {
    try (LogWatch log = new LogWatch();
        BrokenServer silent = BrokenServer.silent();
        DemoServer demo = DemoServer.in(data, through(silent.port()), Clock.systemUTC());
        RelyingParty party = RelyingParty.of(demo);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<JsonNode> people = demo.people("plain");
      List<Callable<List<String>>> hanging = new ArrayList<>();
      for (int i = 0; i < HANGING; i++) {
        String uin = people.get(i % (people.size() / 2)).get("uin").stringValue();
        String transaction = "hanging%03d".formatted(i);
        hanging.add(() -> party.send(party.otp(uin, transaction, "email")).codes());
      }
      List<Future<List<String>>> waiting = hanging.stream().map(threads::submit).toList();
      while (silent.held() < HANGING) {
        Thread.sleep(5);
      }
      String other = people.getLast().get("uin").stringValue();
      assertThat(party.send(party.otp(other, "byphone001", "phone")).codes()).isEmpty();
      assertThat(waiting).noneMatch(Future::isDone);
      for (Future<List<String>> answer : waiting) {
        assertThat(answer.get()).containsExactly("IDA-OTA-002");
      }
      assertThat(log.errors()).isEmpty();
    }
  }

  private static Map<String, String> through(int port) {
    return Map.of(
        "couriers.mail[0].name", "office",
        "couriers.mail[0].host", "127.0.0.1",
        "couriers.mail[0].port", Integer.toString(port),
        "couriers.mail[0].security", "none",
        "couriers.mail[0].from", "id@office.example",
        "couriers.limits.total", Duration.ofSeconds(3).toSeconds() + "s",
        "letters.notices", "");
  }
}

package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.Couriers.Count;
import io.watchword.server.couriers.Couriers.Result;
import io.watchword.server.couriers.OutboxCourier.OutboxMessage;
import io.watchword.server.couriers.SmsGatewaySettings.Format;
import io.watchword.server.couriers.SmtpSettings.Security;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.testkit.sms.SmsGateway.Answer;
import io.watchword.testkit.smtp.BrokenServer;
import io.watchword.testkit.smtp.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CouriersTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T10:15:30Z"));
  private static final Letter MAIL = new Letter(Channel.EMAIL, "a@b.test", "s", "code 123456");
  private static final Letter SMS = new Letter(Channel.PHONE, "8763740607", "", "code 123456");

  private final OutboxCourier outbox = new OutboxCourier(CLOCK);

  private static CourierLimits limits(int totalMillis, int overallMillis, int inFlight) {
    return new CourierLimits(
        Duration.ofMillis(totalMillis / 2),
        Duration.ofMillis(totalMillis),
        Duration.ofMillis(overallMillis),
        2,
        inFlight);
  }

  private Couriers couriers(
      boolean withOutbox,
      List<SmtpSettings> mail,
      List<SmsGatewaySettings> sms,
      CourierLimits limits) {
    return Couriers.of(
        CourierSettings.of(withOutbox, mail, sms, List.of(), limits),
        outbox,
        CLOCK,
        new SplittableRandom(1),
        () -> Set.of());
  }

  private static SmtpSettings smtp(String name, int port) {
    return new SmtpSettings(
        name,
        "127.0.0.1",
        port,
        Security.NONE,
        Optional.empty(),
        "no-reply@id.example.test",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static SmsGatewaySettings sms(String name, SmsGateway gateway) {
    return new SmsGatewaySettings(
        name,
        "POST",
        gateway.at("/send").toString(),
        Map.of(),
        Format.FORM,
        "to=$to&text=$text",
        SmsAnswer.STANDARD,
        Optional.empty(),
        false);
  }

  @Test
  @DisplayName("a letter to a channel without provider fails and names the channel")
  void noProvider() {
    try (Couriers couriers = couriers(false, List.of(), List.of(), CourierLimits.STANDARD)) {
      assertThat(couriers.carry(SMS)).isEqualTo(new Failed("no courier for PHONE"));
      assertThat(couriers.carry(MAIL)).isEqualTo(new Failed("no courier for EMAIL"));
      assertThat(couriers.reaches(Channel.PHONE)).isFalse();
    }
  }

  @Test
  @DisplayName("two providers of one name, and limits that make no sense, are problems")
  void problems() {
    var settings =
        CourierSettings.of(
            false,
            List.of(smtp("one", 25), smtp("one", 26), smtp("outbox", 27)),
            List.of(),
            List.of(),
            new CourierLimits(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(-2), 0, 0));
    assertThat(settings.problems()).hasSize(7);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Couriers.of(settings, outbox, CLOCK, new SplittableRandom(1), () -> Set.of()))
        .withMessageContaining("\"one\" is taken")
        .withMessageContaining("\"outbox\" is taken")
        .withMessageContaining("couriers.limits.in-flight");
  }

  @Test
  @DisplayName("the outbox takes only what has no other provider")
  void outboxFillsIn() {
    try (var gateway = SmsGateway.start();
        Couriers couriers =
            couriers(true, List.of(), List.of(sms("g", gateway)), CourierLimits.STANDARD)) {
      assertThat(couriers.carry(MAIL)).isEqualTo(new Taken("outbox", ""));
      assertThat(couriers.carry(SMS)).isEqualTo(new Taken("g", ""));
      assertThat(outbox.messages(Optional.empty()))
          .containsExactly(
              new OutboxMessage("email", "a@b.test", "s", "code 123456", CLOCK.instant()));
    }
  }

  @Test
  @DisplayName("when the first provider fails, the second takes over, and both are counted")
  void secondTakesOver() {
    try (var first = SmsGateway.start();
        var second = SmsGateway.start();
        Couriers couriers =
            couriers(
                false,
                List.of(),
                List.of(sms("first", first), sms("second", second)),
                CourierLimits.STANDARD)) {
      first.behave(Answer.json(503, ""));
      assertThat(couriers.carry(SMS)).isEqualTo(new Taken("second", ""));
      assertThat(couriers.counts())
          .containsExactlyInAnyOrder(
              new Count("first", Result.FAILED, 1), new Count("second", Result.TAKEN, 1));
      assertThat(couriers.inFlight()).isEqualTo(Map.of("first", 0, "second", 0));
    }
  }

  @Test
  @DisplayName("a third provider is not tried, and the reasons hold neither address nor text")
  void atMostTwo() {
    try (var one = SmsGateway.start();
        var two = SmsGateway.start();
        var three = SmsGateway.start();
        Couriers couriers =
            couriers(
                false,
                List.of(),
                List.of(sms("one", one), sms("two", two), sms("three", three)),
                CourierLimits.STANDARD)) {
      one.behave(Answer.json(400, "bad 8763740607"));
      two.behave(Answer.json(500, "code 123456"));
      assertThat(couriers.carry(SMS)).isEqualTo(new Failed("one: answered 400; two: answered 500"));
      assertThat(three.requests()).isEmpty();
    }
  }

  @Test
  @DisplayName("two slow providers together end with the overall limit")
  void overall() {
    try (var one = SmsGateway.start();
        var two = SmsGateway.start();
        Couriers couriers =
            couriers(
                false,
                List.of(),
                List.of(sms("one", one), sms("two", two)),
                limits(700, 1_000, 64))) {
      one.behave(new SmsGateway.Hang());
      two.behave(new SmsGateway.Hang());
      long start = System.nanoTime();
      Outcome outcome = couriers.carry(SMS);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(950), Duration.ofMillis(1_800));
      assertThat(outcome)
          .isEqualTo(
              new Unsure(
                  "one, two", "one: no answer within 700 ms; two: cut off by the overall limit"));
      assertThat(couriers.counts()).contains(new Count("two", Result.CUT_OFF, 1));
    }
  }

  @Test
  @DisplayName("a provider that hangs fills up; from then on letters go past it at once")
  void fullIsPassedOver() throws Exception {
    try (var slow = BrokenServer.trickling("220-wait\r\n", Duration.ofMillis(20));
        var mail = MailServer.start(MailServer.Protection.NONE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Couriers couriers =
            couriers(
                false,
                List.of(smtp("slow", slow.port()), smtp("good", mail.port())),
                List.of(),
                limits(10_000, 20_000, 4))) {
      List<Future<Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        stuck.add(threads.submit(() -> couriers.carry(MAIL)));
      }
      while (slow.accepted() < 4) {
        Thread.sleep(5);
      }
      assertThat(couriers.inFlight()).containsEntry("slow", 4);
      long start = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        assertThat(couriers.carry(MAIL)).isInstanceOf(Taken.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      slow.goDown();
      for (Future<Outcome> each : stuck) {
        assertThat(each.get()).isInstanceOf(Taken.class); // by the second provider
      }
      assertThat(mail.received()).hasSize(9);
      assertThat(couriers.counts())
          .contains(
              new Count("slow", Result.FULL, 5),
              new Count("slow", Result.FAILED, 4),
              new Count("good", Result.TAKEN, 9));
      while (couriers.inFlight().get("slow") > 0) {
        Thread.sleep(5); // the room comes back once the cut-off attempts have ended
      }
    }
  }

  @Test
  @DisplayName("a burst of more letters than a provider takes at once all leave if it works")
  void burst() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Couriers couriers = couriers(true, List.of(), List.of(), limits(10_000, 20_000, 1))) {
      List<Future<Outcome>> burst = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        burst.add(threads.submit(() -> couriers.carry(MAIL)));
      }
      for (Future<Outcome> each : burst) {
        assertThat(each.get()).isInstanceOf(Taken.class);
      }
    }
  }

  @Test
  @DisplayName("a dead provider of mail does not delay letters to phones")
  void channelsAreIndependent() throws Exception {
    try (var dead = BrokenServer.silent();
        var gateway = SmsGateway.start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Couriers couriers =
            couriers(
                false,
                List.of(smtp("dead", dead.port())),
                List.of(sms("g", gateway)),
                limits(1_500, 3_000, 64))) {
      List<Future<Outcome>> stuck = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        stuck.add(threads.submit(() -> couriers.carry(MAIL)));
      }
      while (dead.accepted() < 64) {
        Thread.sleep(5);
      }
      long start = System.nanoTime();
      assertThat(couriers.carry(SMS)).isInstanceOf(Taken.class);
      assertThat(couriers.carry(MAIL)).isEqualTo(new Failed("dead: full"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_300));
      for (Future<Outcome> each : stuck) {
        assertThat(each.get()).isEqualTo(new Failed("dead: no answer within 1500 ms"));
      }
    }
  }

  @Test
  @DisplayName("an interrupted caller gets an answer and keeps its interrupt")
  void interrupted() throws Exception {
    try (var dead = BrokenServer.silent();
        Couriers couriers =
            couriers(
                false, List.of(smtp("dead", dead.port())), List.of(), CourierLimits.STANDARD)) {
      List<Object> seen = new ArrayList<>();
      Thread caller =
          Thread.ofVirtual()
              .start(() -> {
                seen.add(couriers.carry(MAIL));
                seen.add(Thread.currentThread().isInterrupted());
              });
      while (dead.accepted() < 1) {
        Thread.sleep(5);
      }
      caller.interrupt();
      caller.join();
      assertThat(seen).containsExactly(new Unsure("dead", "dead: interrupted"), true);
    }
  }

  @Test
  @DisplayName("the outbox keeps the newest 1,000 letters, newest first, and finds by address")
  void outboxBound() {
    for (int i = 0; i < 1_005; i++) {
      outbox.carry(new Letter(Channel.PHONE, "n" + i % 2, "", "text " + i));
    }
    List<OutboxMessage> all = outbox.messages(Optional.empty());
    assertThat(all).hasSize(1_000);
    assertThat(all.getFirst().text()).isEqualTo("text 1004");
    assertThat(all.getLast().text()).isEqualTo("text 5");
    assertThat(outbox.messages(Optional.of("N1"))).hasSize(500).allMatch(m -> m.to().equals("n1"));
    assertThat(outbox.messages(Optional.of("nobody"))).isEmpty();
    assertThat(all.getFirst().toString()).doesNotContain("text 1004");
  }
}

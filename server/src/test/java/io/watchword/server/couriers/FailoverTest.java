package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Fault;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.Couriers.Result;
import io.watchword.server.couriers.SmsGatewaySettings.Format;
import io.watchword.server.couriers.smpp.SmppSettings;
import io.watchword.server.couriers.smpp.SmppSettings.Bind;
import io.watchword.server.couriers.smpp.SmppSettings.Login;
import io.watchword.server.couriers.smpp.SmppSettings.LongTexts;
import io.watchword.server.couriers.smpp.SmppSettings.Security;
import io.watchword.testkit.smpp.ShortMessage;
import io.watchword.testkit.smpp.Smsc;
import io.watchword.testkit.sms.SmsGateway;
import io.watchword.testkit.sms.SmsGateway.Answer;
import io.watchword.testkit.smtp.MailServer;
import io.watchword.testkit.smtp.MuteMailServer;
import io.watchword.testkit.time.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class FailoverTest {

  private static final int SENDS = 1_000;
  private static final Letter SMS = letter("code 123456");
  private static final Letter MAIL = new Letter(Channel.EMAIL, "a@b.test", "s", "code 123456");
  private static final CourierLimits LIMITS =
      new CourierLimits(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8), 2, 64);

  private final HandClock clock = new HandClock();

  private static Letter letter(String text) {
    return new Letter(Channel.PHONE, "8763740607", "", text);
  }

  private static SmppSettings smpp(String name, Smsc smsc) {
    return new SmppSettings(
        name,
        "127.0.0.1",
        smsc.port(),
        Security.NONE,
        new Login(Smsc.USER, Smsc.PASSWORD),
        Bind.TRANSCEIVER,
        "",
        "",
        "12345",
        Optional.empty(),
        Optional.empty(),
        LongTexts.UDH,
        true,
        Optional.empty(),
        Map.of(),
        2,
        16,
        Duration.ofSeconds(30),
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

  private static SmtpSettings smtp(String name, int port) {
    return new SmtpSettings(
        name,
        "127.0.0.1",
        port,
        SmtpSettings.Security.NONE,
        Optional.empty(),
        "no-reply@id.example.test",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private Couriers couriers(
      List<SmtpSettings> mail,
      List<SmsGatewaySettings> sms,
      List<SmppSettings> smpp,
      List<String> order,
      boolean resend) {
    return Couriers.of(
        new CourierSettings(
            false,
            mail,
            sms,
            smpp,
            order,
            PhoneSettings.NONE,
            new BreakerSettings(3, Duration.ofSeconds(30)),
            UndeliveredSettings.STANDARD,
            resend,
            LIMITS),
        new OutboxCourier(clock),
        clock,
        new SplittableRandom(1),
        () -> Set.of());
  }

  /** What came of each text when the first SMSC went down amid a thousand. */
  private static Map<String, Outcome> sendWhileFirstDies(Couriers couriers, Smsc first)
      throws Exception {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
      Map<String, Future<Outcome>> sends = new LinkedHashMap<>();
      for (int i = 0; i < SENDS; i++) {
        String text = "code %06d".formatted(i);
        sends.put(text, threads.submit(() -> couriers.carry(letter(text))));
      }
      while (first.messages().size() < SENDS / 3) {
        Thread.sleep(1);
      }
      first.behave(new Smsc.Hang(true)); // what it takes now, it takes without a word
      int before = first.messages().size();
      while (first.messages().size() < before + 5) {
        Thread.sleep(1);
      }
      first.goDown();
      for (Map.Entry<String, Future<Outcome>> each : sends.entrySet()) {
        outcomes.put(each.getKey(), each.getValue().get());
      }
    }
    return outcomes;
  }

  private static Map<String, Long> arrived(Smsc... all) {
    return Stream.of(all)
        .flatMap(each -> each.messages().stream())
        .map(ShortMessage::text)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  @DisplayName(
      "killing the first provider amid 1,000 sends loses none that was acknowledged, and every text"
          + " that arrives twice was said to")
  void killedAmidAThousand() throws Exception {
    try (var first = Smsc.start();
        var second = Smsc.start();
        Couriers couriers =
            couriers(
                List.of(),
                List.of(),
                List.of(smpp("first", first), smpp("second", second)),
                List.of(),
                true)) {
      Map<String, Outcome> outcomes = sendWhileFirstDies(couriers, first);
      Map<String, Long> arrived = arrived(first, second);
      assertThat(outcomes.values()).allMatch(Taken.class::isInstance).hasSize(SENDS);
      assertThat(arrived.keySet()).isEqualTo(outcomes.keySet());
      List<String> twice =
          arrived.keySet().stream().filter(text -> arrived.get(text) > 1).sorted().toList();
      List<String> said =
          outcomes.keySet().stream()
              .filter(
                  text -> outcomes.get(text) instanceof Taken taken && !taken.unsure().isEmpty())
              .toList();
      assertThat(twice).hasSizeGreaterThanOrEqualTo(5);
      assertThat(said).containsAll(twice);
      assertThat(couriers.twice()).isEqualTo(said.size());
      assertThat(couriers.count("first", Result.UNSURE)).isEqualTo(said.size());
      assertThat(couriers.states().get("first")).isNotEqualTo(State.CLOSED);
      assertThat(couriers.states()).containsEntry("second", State.CLOSED);
    }
  }

  @Test
  @DisplayName(
      "where unsure letters are not sent again, none arrives twice and none of them is"
          + " acknowledged")
  void killedWithoutResending() throws Exception {
    try (var first = Smsc.start();
        var second = Smsc.start();
        Couriers couriers =
            couriers(
                List.of(),
                List.of(),
                List.of(smpp("first", first), smpp("second", second)),
                List.of(),
                false)) {
      Map<String, Outcome> outcomes = sendWhileFirstDies(couriers, first);
      Map<String, Long> arrived = arrived(first, second);
      assertThat(arrived.values()).allMatch(count -> count == 1);
      assertThat(outcomes.values().stream().filter(Unsure.class::isInstance))
          .hasSizeGreaterThanOrEqualTo(5);
      outcomes.forEach((text, outcome) -> {
        if (outcome instanceof Taken) {
          assertThat(arrived).containsKey(text);
        } else {
          assertThat(outcome).isInstanceOf(Unsure.class);
        }
      });
      assertThat(couriers.twice()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_000})
  @DisplayName("a mail server that takes a mail and says nothing may have it; the next one is told")
  void muteMailServer(int pauseMillis) {
    try (var mute = MuteMailServer.start(Duration.ofMillis(pauseMillis));
        var good = MailServer.start(MailServer.Protection.NONE);
        Couriers both =
            couriers(
                List.of(smtp("mute", mute.port()), smtp("good", good.port())),
                List.of(),
                List.of(),
                List.of(),
                true);
        Couriers alone =
            couriers(List.of(smtp("mute", mute.port())), List.of(), List.of(), List.of(), true)) {
      assertThat(both.carry(MAIL))
          .isInstanceOfSatisfying(
              Taken.class,
              taken -> {
                assertThat(taken.provider()).isEqualTo("good");
                assertThat(taken.unsure()).containsExactly("mute");
              });
      assertThat(alone.carry(MAIL)).isInstanceOf(Unsure.class);
      assertThat(mute.kept()).isEqualTo(2);
      assertThat(good.received()).hasSize(1);
    }
  }

  @Test
  @DisplayName("a provider that fails three times is passed over, probed after the pause, and back")
  void breaker() {
    try (var first = SmsGateway.start();
        var second = SmsGateway.start();
        Couriers couriers =
            couriers(
                List.of(),
                List.of(sms("first", first), sms("second", second)),
                List.of(),
                List.of(),
                true)) {
      first.behave(Answer.json(503, ""));
      carry(couriers, 10);
      assertThat(first.requests()).hasSize(3);
      assertThat(couriers.states()).containsEntry("first", State.OPEN);
      assertThat(couriers.count("second", Result.TAKEN)).isEqualTo(10);
      clock.move(Duration.ofSeconds(31));
      carry(couriers, 10); // one of them probes
      assertThat(first.requests()).hasSize(4);
      assertThat(couriers.states()).containsEntry("first", State.OPEN);
      clock.move(Duration.ofSeconds(31));
      first.behave(Answer.json(200, "{}"));
      carry(couriers, 10);
      assertThat(first.requests()).hasSize(14);
      assertThat(couriers.states()).containsEntry("first", State.CLOSED);
    }
  }

  private static void carry(Couriers couriers, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(couriers.carry(SMS)).isInstanceOf(Taken.class);
    }
  }

  @Test
  @DisplayName("letters that are refused for their own sake shut no provider out")
  void lettersFault() {
    try (var first = SmsGateway.start();
        var second = SmsGateway.start();
        Couriers couriers =
            couriers(
                List.of(),
                List.of(sms("first", first), sms("second", second)),
                List.of(),
                List.of(),
                true)) {
      first.behave(Answer.json(400, ""));
      carry(couriers, 10);
      assertThat(first.requests()).hasSize(10);
      assertThat(couriers.states()).containsEntry("first", State.CLOSED);
    }
  }

  @Test
  @DisplayName("the only provider is tried however often it failed, and is back with one success")
  void onlyProvider() {
    try (var only = SmsGateway.start();
        Couriers couriers =
            couriers(List.of(), List.of(sms("only", only)), List.of(), List.of(), true)) {
      only.behave(Answer.json(500, ""));
      for (int i = 0; i < 6; i++) {
        assertThat(couriers.carry(SMS)).isEqualTo(new Failed("only: answered 500"));
      }
      assertThat(couriers.states()).containsEntry("only", State.OPEN);
      only.behave(Answer.json(200, "{}"));
      assertThat(couriers.carry(SMS)).isInstanceOf(Taken.class);
      assertThat(couriers.states()).containsEntry("only", State.CLOSED);
    }
  }

  @Test
  @DisplayName("the order of the settings counts before the order of the lists")
  void order() {
    try (var gateway = SmsGateway.start();
        var smsc = Smsc.start();
        Couriers couriers =
            couriers(
                List.of(),
                List.of(sms("gateway", gateway)),
                List.of(smpp("smsc", smsc)),
                List.of("smsc"),
                true)) {
      assertThat(couriers.carry(SMS)).isEqualTo(new Taken("smsc", "1"));
      assertThat(gateway.requests()).isEmpty();
      smsc.behave(new Smsc.Refuse(0x58));
      assertThat(couriers.carry(SMS)).isEqualTo(new Taken("gateway", ""));
    }
  }

  @Test
  @DisplayName("numbers that begin alike get no more once receipts say that too few arrive")
  void undelivered() {
    try (var smsc = Smsc.start();
        Couriers couriers =
            couriers(List.of(), List.of(), List.of(smpp("smsc", smsc)), List.of(), true)) {
      int enough = UndeliveredSettings.STANDARD.after();
      for (int i = 0; i < enough; i++) {
        Outcome outcome =
            couriers.carry(new Letter(Channel.PHONE, "2299000%04d".formatted(i), "", "t"));
        assertThat(outcome).isInstanceOf(Taken.class);
        smsc.report(
            "id:%s sub:001 dlvrd:000 submit date:2601051000 done date:2601051001 stat:UNDELIV err:001 text:t"
                .formatted(((Taken) outcome).reference()),
            Optional.empty());
      }
      assertThat(couriers.stoppedPrefixes()).isEqualTo(1);
      int before = smsc.messages().size();
      assertThat(couriers.carry(new Letter(Channel.PHONE, "22990009999", "", "t")))
          .isEqualTo(
              new Failed(
                  Fault.LETTER, "too few letters to numbers that begin like this one arrive"));
      assertThat(smsc.messages()).hasSize(before);
      assertThat(couriers.undelivered()).isEqualTo(1);
      assertThat(couriers.carry(new Letter(Channel.PHONE, "+918763740607", "", "t")))
          .isInstanceOf(Taken.class);
    }
  }

  @Test
  @DisplayName("a number that cannot be reached costs nothing")
  void unreachable() {
    var reasons = new ArrayList<Outcome>();
    try (var gateway = SmsGateway.start();
        Couriers couriers =
            Couriers.of(
                new CourierSettings(
                    false,
                    List.of(),
                    List.of(sms("gateway", gateway)),
                    List.of(),
                    List.of(),
                    new PhoneSettings(Optional.of("IN"), Set.of("IN"), PhoneSettings.Format.E164),
                    BreakerSettings.STANDARD,
                    UndeliveredSettings.STANDARD,
                    true,
                    LIMITS),
                new OutboxCourier(clock),
                clock,
                new SplittableRandom(1),
                () -> Set.of())) {
      reasons.add(couriers.carry(new Letter(Channel.PHONE, "+4915112345678", "", "t")));
      assertThat(gateway.requests()).isEmpty();
      assertThat(couriers.carry(SMS)).isInstanceOf(Taken.class);
      assertThat(gateway.requests().getFirst().body()).startsWith("to=%2B918763740607&");
    }
    assertThat(reasons)
        .containsExactly(
            new Failed(Fault.LETTER, "a phone number of a country to which no letter is sent"));
  }
}

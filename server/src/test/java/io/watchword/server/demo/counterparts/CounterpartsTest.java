package io.watchword.server.demo.counterparts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.Couriers;
import io.watchword.server.couriers.OutboxCourier;
import io.watchword.server.couriers.OutboxCourier.OutboxMessage;
import io.watchword.server.couriers.smpp.Receipts;
import io.watchword.server.demo.counterparts.Counterparts.Kind;
import io.watchword.server.settings.SettingsReader;
import io.watchword.testkit.time.HandClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CounterpartsTest {

  private final HandClock clock = new HandClock();
  private final OutboxCourier outbox = new OutboxCourier(clock);

  private Couriers couriers(Counterparts counterparts) throws Exception {
    var reader = new SettingsReader().profile("demo");
    counterparts.settings().forEach(reader::set);
    return Couriers.of(
        reader.read().settings().couriers(),
        outbox,
        clock,
        new SplittableRandom(1),
        () -> Set.of());
  }

  /** What a server answers to lines that are sent one by one. */
  private static List<String> dialogue(int port, String... lines) throws IOException {
    var answers = new ArrayList<String>();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      answers.add(in.readLine());
      for (String line : lines) {
        socket.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        answers.add(in.readLine());
      }
    }
    return answers;
  }

  @Test
  @DisplayName("the mail server refuses what is out of order and keeps nothing of it")
  void badMail() throws Exception {
    try (var server = LocalMailServer.start(outbox)) {
      assertThat(
              dialogue(
                  server.port(),
                  "DATA",
                  "RCPT TO:<a@b.test>",
                  "MAIL FROM: nobody",
                  "MAIL FROM:<x@y.test>",
                  "RCPT TO:<>",
                  "AUTH PLAIN",
                  "DATA",
                  "QUIT"))
          .extracting(each -> each.substring(0, 3))
          .containsExactly("220", "503", "503", "501", "250", "501", "502", "503", "221");
      dialogue(server.port(), "MAIL FROM:<x@y.test>", "RCPT TO:<a@b.test>", "DATA"); // and gone
    }
    assertThat(outbox.messages(Optional.empty())).isEmpty();
  }

  @Test
  @DisplayName("nobody without this start's password binds to the SMSC")
  void wrongPassword() throws Exception {
    try (var counterparts = Counterparts.start(EnumSet.of(Kind.SMPP), outbox)) {
      var reader = new SettingsReader().profile("demo");
      counterparts.settings().forEach(reader::set);
      reader.set("couriers.smpp[0].login.password", "guess");
      try (Couriers couriers =
          Couriers.of(
              reader.read().settings().couriers(),
              outbox,
              clock,
              new SplittableRandom(1),
              () -> Set.of())) {
        assertThat(couriers.carry(new Letter(Channel.PHONE, "8763740607", "", "t")))
            .isNotInstanceOf(Taken.class);
      }
    }
    assertThat(outbox.messages(Optional.empty())).isEmpty();
  }

  @Test
  @DisplayName("letters go over the real protocols into the outbox, as they were written")
  void throughBoth() throws Exception {
    String mail = "رمزك: 123456\n.\n..dots\nZoé — end";
    String longText = "رمز التحقق هو 123456 €[] ".repeat(12) + "end";
    String shortText = "code 123456 €[é]";
    try (var counterparts = Counterparts.start(EnumSet.allOf(Kind.class), outbox);
        Couriers couriers = couriers(counterparts)) {
      List<Outcome> outcomes =
          List.of(
              couriers.carry(new Letter(Channel.EMAIL, "james@b.test", "رمز – Zoé", mail)),
              couriers.carry(new Letter(Channel.PHONE, "8763740607", "", longText)),
              couriers.carry(new Letter(Channel.PHONE, "+918763740607", "", shortText)));
      assertThat(outcomes)
          .extracting(outcome -> outcome instanceof Taken taken ? taken.provider() : outcome)
          .containsExactly("local-smtp", "local-smpp", "local-smpp");
      assertThat(counterparts.places()).hasSize(2);
      Receipts receipts = couriers.receipts().get("local-smpp");
      assertThat(receipts).isNotNull();
      while (receipts.count(Receipts.Outcome.DELIVERED) < 6) {
        Thread.sleep(10); // five parts and one text by itself
      }
    }
    List<OutboxMessage> messages = outbox.messages(Optional.empty());
    assertThat(messages).hasSize(3);
    assertThat(messages.get(2).subject()).isEqualTo("رمز – Zoé");
    assertThat(messages.get(2).text().strip()).isEqualTo(mail);
    assertThat(messages.get(1).to()).isEqualTo("8763740607");
    assertThat(messages.get(1).text()).isEqualTo(longText);
    assertThat(messages.get(0).to()).isEqualTo("+918763740607");
    assertThat(messages.get(0).text()).isEqualTo(shortText);
  }

  @Test
  @DisplayName("with no counterpart chosen, letters go to the outbox directly")
  void none() throws Exception {
    try (var counterparts = Counterparts.start(Set.of(), outbox);
        Couriers couriers = couriers(counterparts)) {
      assertThat(couriers.carry(new Letter(Channel.PHONE, "8763740607", "", "t")))
          .isEqualTo(new Taken("outbox", ""));
    }
  }
}

package io.watchword.server.couriers.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Fault;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.smpp.SmppSettings.Bind;
import io.watchword.server.couriers.smpp.SmppSettings.Login;
import io.watchword.server.couriers.smpp.SmppSettings.LongTexts;
import io.watchword.server.couriers.smpp.SmppSettings.Security;
import io.watchword.testkit.smpp.ShortMessage;
import io.watchword.testkit.smpp.Smsc;
import io.watchword.testkit.smtp.BrokenServer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SmppCourierTest {

  private static final Duration CONNECT = Duration.ofMillis(1_500);
  private static final Duration TOTAL = Duration.ofMillis(3_000);
  private static final Letter LETTER = to("+91 (876) 374-0607");

  @TempDir Path folder;
  private final Smsc smsc = Smsc.start();

  @AfterEach
  void stop() {
    smsc.close();
  }

  private static Letter to(String number) {
    return new Letter(Channel.PHONE, number, "", "code 123456");
  }

  private static Letter text(String text) {
    return new Letter(Channel.PHONE, "8763740607", "", text);
  }

  private static SmppSettings settings(int port, String password) {
    return settings(port, Security.NONE, password, "IDOFFICE", LongTexts.UDH, Optional.empty());
  }

  private static SmppSettings settings(
      int port,
      Security security,
      String password,
      String from,
      LongTexts longTexts,
      Optional<Path> certificate) {
    return new SmppSettings(
        "smsc",
        "127.0.0.1",
        port,
        security,
        new Login(Smsc.USER, password),
        Bind.TRANSCEIVER,
        "",
        "",
        from,
        Optional.empty(),
        Optional.empty(),
        longTexts,
        true,
        Optional.of(Duration.ofMinutes(10)),
        Map.of("0x1400", "110012345"),
        1,
        10,
        Duration.ofMillis(300),
        certificate,
        false);
  }

  private static SmppCourier courier(SmppSettings settings) {
    return new SmppCourier(settings, CONNECT, TOTAL, new SplittableRandom(1));
  }

  private SmppCourier courier() {
    return courier(settings(smsc.port(), Smsc.PASSWORD));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10); // the class's time limit ends a wait for what never comes
    }
  }

  @Test
  @DisplayName("settings that cannot work are told all at once, without the password")
  void problems() {
    var settings =
        new SmppSettings(
            "No Name",
            "not a host",
            0,
            Security.NONE,
            new Login("", "much-too-long"),
            Bind.TRANSMITTER,
            "thirteen-long",
            "toolong",
            "neither ☎",
            Optional.of(7),
            Optional.of(-1),
            LongTexts.UDH,
            true,
            Optional.of(Duration.ofDays(31)),
            Map.of("1400", "x", "0x0424", "y", "0x1401", "é"),
            0,
            0,
            Duration.ZERO,
            Optional.of(Path.of("/nowhere/at.pem")),
            false);
    assertThat(settings.problems()).hasSize(20).allMatch(each -> each.startsWith("couriers.smpp"));
    assertThat(settings.problems().toString() + settings + settings.login())
        .doesNotContain("much-too-long");
    assertThatIllegalArgumentException().isThrownBy(() -> courier(settings));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "12", "+", "1234567890123456", "٨٧٦٣٧٤٠٦٠٧", "876\r\n12345"})
  @DisplayName("what is no phone number is refused before anything is sent")
  void badNumber(String number) {
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(to(number)))
          .isEqualTo(new Failed(Fault.LETTER, "not a phone number"));
    }
    assertThat(smsc.messages()).isEmpty();
  }

  @Test
  @DisplayName("a text of more than thirty parts is not sent")
  void tooLong() {
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(text("x".repeat(4_591))))
          .isEqualTo(new Failed(Fault.LETTER, "a text of more than 30 parts"));
      assertThat(smsc.messages()).isEmpty();
      assertThat(courier.carry(text("x".repeat(4_590)))).isInstanceOf(Taken.class);
      assertThat(smsc.messages()).hasSize(30);
    }
  }

  @Test
  @DisplayName("a wrong password, a silent server and none at all end in failures, not in waits")
  void notBound() {
    try (SmppCourier wrong = courier(settings(smsc.port(), "wrong"));
        var silent = BrokenServer.silent();
        SmppCourier waiting = courier(settings(silent.port(), Smsc.PASSWORD))) {
      long start = System.nanoTime();
      assertThat(wrong.carry(LETTER)).isEqualTo(new Failed("not bound"));
      assertThat(waiting.carry(LETTER)).isEqualTo(new Failed("not bound"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
    assertThat(smsc.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0x58, PROVIDER, refused with 0x00000058",
    "0x14, PROVIDER, refused with 0x00000014",
    "0x0b, LETTER, refused with 0x0000000b"
  })
  @DisplayName("a refused message is told with its status, and whose fault it is")
  void refused(String status, Fault fault, String reason) {
    smsc.behave(new Smsc.Refuse(Integer.decode(status)));
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(LETTER)).isEqualTo(new Failed(fault, reason));
      smsc.behave(new Smsc.Take());
      assertThat(courier.carry(LETTER)).isEqualTo(new Taken("smsc", "1"));
    }
  }

  @Test
  @DisplayName("a long text of which only a part was taken is unsure, for the phone may show it")
  void partly() {
    smsc.behave(new Smsc.TakeOneThenRefuse(0x58));
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(text("x".repeat(400))))
          .isEqualTo(new Unsure("smsc", "taken only up to part 1: refused with 0x00000058"));
    }
    assertThat(smsc.messages()).hasSize(1);
  }

  @Test
  @DisplayName("a message whose answer never comes is unsure after the limit, and others go on")
  void hangs() {
    smsc.behave(new Smsc.Hang(true));
    try (SmppCourier courier = courier()) {
      Outcome outcome = courier.carry(LETTER);
      assertThat(outcome).isInstanceOf(Unsure.class);
      smsc.behave(new Smsc.Take());
      assertThat(courier.carry(LETTER)).isInstanceOf(Taken.class);
    }
    assertThat(smsc.messages()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("a connection lost before the answer is unsure at once, kept or not")
  void cut(boolean kept) throws Exception {
    smsc.behave(new Smsc.Cut(kept));
    try (SmppCourier courier = courier()) {
      long start = System.nanoTime();
      assertThat(courier.carry(LETTER))
          .isEqualTo(new Unsure("smsc", "connection lost before the answer"));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TOTAL);
      smsc.behave(new Smsc.Take());
      until(() -> courier.carry(LETTER) instanceof Taken); // bound again by itself
    }
    assertThat(smsc.messages()).hasSize(kept ? 2 : 1);
    assertThat(smsc.binds()).isEqualTo(2);
  }

  @Test
  @DisplayName("an SMSC that comes back later is found without a restart")
  void comesBack() throws Exception {
    int port = smsc.port();
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(LETTER)).isInstanceOf(Taken.class);
      smsc.close();
      until(() -> courier.carry(LETTER).equals(new Failed("not bound")));
      try (var again = Smsc.start(port)) {
        until(() -> courier.carry(LETTER) instanceof Taken);
        assertThat(again.messages()).isNotEmpty();
      }
    }
  }

  @Test
  @DisplayName("a short text travels in the default alphabet, with addresses, validity and TLV")
  void shortText() {
    try (SmppCourier courier = courier()) {
      assertThat(courier.carry(LETTER)).isEqualTo(new Taken("smsc", "1"));
      assertThat(courier.carry(text("[€] ^{x}\\~| @£ñ Δ"))).isEqualTo(new Taken("smsc", "2"));
    }
    ShortMessage first = smsc.messages().getFirst();
    assertThat(first.text()).isEqualTo("code 123456");
    assertThat(first.to()).isEqualTo("918763740607");
    assertThat(first.toType()).isEqualTo(1);
    assertThat(first.from()).isEqualTo("IDOFFICE");
    assertThat(first.fromType()).isEqualTo(5);
    assertThat(first.coding()).isZero();
    assertThat(first.reference()).isEqualTo(-1);
    assertThat(first.receipt()).isEqualTo(1);
    assertThat(first.validity()).isEqualTo("000000001000000R");
    assertThat(first.tlvs()).containsEntry(0x1400, "110012345");
    ShortMessage second = smsc.messages().getLast();
    assertThat(second.text()).isEqualTo("[€] ^{x}\\~| @£ñ Δ");
    assertThat(second.to()).isEqualTo("8763740607");
    assertThat(second.toType()).isZero();
  }

  @Test
  @DisplayName("the edges of one message: 160 septets, 70 UCS-2 characters, escapes count twice")
  void edges() {
    try (SmppCourier courier = courier()) {
      for (String text :
          List.of(
              "x".repeat(160),
              "x".repeat(161),
              "€".repeat(80),
              "€".repeat(81),
              "ر".repeat(70),
              "ر".repeat(71))) {
        assertThat(courier.carry(text(text))).isInstanceOf(Taken.class);
      }
    }
    assertThat(smsc.messages())
        .extracting(ShortMessage::total)
        .containsExactly(1, 2, 2, 1, 2, 2, 1, 2, 2);
    assertThat(smsc.messages()).extracting(ShortMessage::length).allMatch(length -> length <= 160);
    assertThat(smsc.texts())
        .containsExactly(
            "x".repeat(160),
            "x".repeat(161),
            "€".repeat(80),
            "€".repeat(81),
            "ر".repeat(70),
            "ر".repeat(71));
  }

  @Test
  @DisplayName("no part of a long text ends within an escape or a surrogate pair")
  void wholeCharacters() {
    String euros = "x" + "€".repeat(150);
    String faces = "ر" + "😀".repeat(60);
    try (SmppCourier courier = courier()) {
      courier.carry(text(euros));
      courier.carry(text(faces));
    }
    assertThat(smsc.texts()).containsExactly(euros, faces);
    assertThat(smsc.messages())
        .allSatisfy(each -> {
          assertThat(each.text()).doesNotContain("?");
          assertThat(Character.isHighSurrogate(each.text().charAt(each.text().length() - 1)))
              .isFalse();
        });
  }

  @Test
  @DisplayName("a long text goes in one piece as payload where the settings say so")
  void payload() {
    var settings =
        settings(
            smsc.port(),
            Security.NONE,
            Smsc.PASSWORD,
            "+4915112345678",
            LongTexts.PAYLOAD,
            Optional.empty());
    try (SmppCourier courier = courier(settings)) {
      assertThat(courier.carry(text("رمز ".repeat(100)))).isEqualTo(new Taken("smsc", "1"));
    }
    ShortMessage message = smsc.messages().getFirst();
    assertThat(message.payload()).isTrue();
    assertThat(message.text()).isEqualTo("رمز ".repeat(100));
    assertThat(message.from()).isEqualTo("4915112345678");
    assertThat(message.fromType()).isEqualTo(1);
  }

  @Test
  @DisplayName("over TLS only a server with a trusted certificate gets the login")
  void tls() throws IOException {
    try (var secured = Smsc.startWithTls()) {
      Path file = Files.writeString(folder.resolve("smsc.pem"), secured.certificate());
      try (var trusting =
              courier(
                  settings(
                      secured.port(),
                      Security.TLS,
                      Smsc.PASSWORD,
                      "12345",
                      LongTexts.UDH,
                      Optional.of(file)));
          var doubting =
              courier(
                  settings(
                      secured.port(),
                      Security.TLS,
                      Smsc.PASSWORD,
                      "12345",
                      LongTexts.UDH,
                      Optional.empty()))) {
        assertThat(doubting.carry(LETTER)).isEqualTo(new Failed("not bound"));
        assertThat(trusting.carry(LETTER)).isInstanceOf(Taken.class);
        assertThat(secured.binds()).isEqualTo(1);
      }
    }
  }

  @Test
  @DisplayName("receipts are counted by what they say, and texts from phones are not")
  void receipts() throws Exception {
    try (SmppCourier courier = courier()) {
      courier.carry(LETTER);
      smsc.report(
          "id:1 sub:001 dlvrd:001 submit date:2611250000 done date:2611250001 stat:DELIVRD err:000"
              + " text:code 123456",
          Optional.empty());
      smsc.report("", Optional.of(5));
      smsc.report("not a receipt at all", Optional.empty());
      smsc.deliver("STOP");
      until(() -> courier.receipts().count(Receipts.Outcome.UNKNOWN) == 1);
      assertThat(courier.receipts().count(Receipts.Outcome.DELIVERED)).isEqualTo(1);
      assertThat(courier.receipts().count(Receipts.Outcome.UNDELIVERABLE)).isEqualTo(1);
      assertThat(courier.receipts().count(Receipts.Outcome.EXPIRED)).isZero();
    }
  }

  @Test
  @DisplayName("a connection without traffic stays, because each side is asked whether it is there")
  void enquireLink() throws Exception {
    try (SmppCourier courier = courier()) {
      courier.carry(LETTER);
      Thread.sleep(1_500); // five times what the settings allow to be silent
      assertThat(courier.carry(LETTER)).isInstanceOf(Taken.class);
      assertThat(smsc.binds()).isEqualTo(1);
    }
  }

  @Test
  @DisplayName("an SMSC that fell silent is found out by enquire_link, and bound again")
  void fellSilent() throws Exception {
    var binds = new AtomicInteger();
    try (var listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> bindAndFallSilent(listener, binds));
      try (SmppCourier courier = courier(settings(listener.getLocalPort(), Smsc.PASSWORD))) {
        until(() -> binds.get() >= 2);
        assertThat(courier.carry(LETTER)).isInstanceOf(Unsure.class);
      }
    }
    until(() -> threadsOfSmpp().stream().noneMatch(name -> name.contains("EnquireLink")));
  }

  /** Answers each connection's first request as a bind_transceiver and reads no more. */
  private static void bindAndFallSilent(ServerSocket listener, AtomicInteger binds) {
    List<Socket> held = new ArrayList<>();
    try {
      while (true) {
        Socket client = listener.accept();
        held.add(client);
        var in = new DataInputStream(client.getInputStream());
        int length = in.readInt();
        in.skipNBytes(8);
        int sequence = in.readInt();
        in.skipNBytes(length - 16L);
        var out = new DataOutputStream(client.getOutputStream());
        out.write(
            ByteBuffer.allocate(17)
                .putInt(17)
                .putInt(0x80000009)
                .putInt(0)
                .putInt(sequence)
                .array());
        binds.incrementAndGet();
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  @DisplayName("many letters at once share one connection, and no thread is left at the end")
  void manyAtOnce() throws Exception {
    try (SmppCourier courier = courier();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Outcome>> sends = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        sends.add(threads.submit(() -> courier.carry(LETTER)));
      }
      for (Future<Outcome> each : sends) {
        assertThat(each.get()).isInstanceOf(Taken.class);
      }
      assertThat(smsc.messages()).hasSize(300);
      for (int i = 0; i < 5; i++) {
        int binds = smsc.binds();
        smsc.cutAll();
        until(() -> smsc.binds() > binds && courier.carry(LETTER) instanceof Taken);
      }
    }
    smsc.close();
    until(() -> threadsOfSmpp().isEmpty());
  }

  private static List<String> threadsOfSmpp() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each ->
            List.of(each.getValue()).stream().anyMatch(at -> at.getClassName().contains("jsmpp")))
        .map(each -> each.getKey().getName())
        .toList();
  }
}

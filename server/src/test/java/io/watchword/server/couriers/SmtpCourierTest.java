package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Fault;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.SmtpSettings.Login;
import io.watchword.server.couriers.SmtpSettings.Security;
import io.watchword.testkit.smtp.BrokenServer;
import io.watchword.testkit.smtp.MailServer;
import io.watchword.testkit.smtp.MailServer.Mail;
import io.watchword.testkit.smtp.MailServer.Protection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpCourierTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T10:15:30Z"));
  private static final CourierLimits SHORT =
      new CourierLimits(
          Duration.ofMillis(300), Duration.ofMillis(700), Duration.ofMillis(1_500), 2, 64);
  private static final Letter LETTER =
      new Letter(
          Channel.EMAIL, "james@example.test", "رمز التحقق – Zoé", "رمزك: 123456\n.\n.dot\nfin");

  @TempDir Path folder;
  private MailServer server = MailServer.start(Protection.NONE);

  @AfterEach
  void stop() {
    server.close();
  }

  private void restart(Protection protection) {
    server.close();
    server = MailServer.start(protection);
  }

  private SmtpCourier courier(int port, Security security, Optional<Login> login)
      throws IOException {
    return courier("127.0.0.1", port, security, login, true, CourierLimits.STANDARD);
  }

  private SmtpCourier courier(
      String host,
      int port,
      Security security,
      Optional<Login> login,
      boolean trusted,
      CourierLimits limits)
      throws IOException {
    Optional<Path> certificate = Optional.empty();
    if (trusted && security != Security.NONE) {
      Path file = folder.resolve("server.pem");
      Files.writeString(file, server.certificate());
      certificate = Optional.of(file);
    }
    var settings =
        new SmtpSettings(
            "main",
            host,
            port,
            security,
            login,
            "Wächter <no-reply@id.example.test>",
            Optional.of("help@id.example.test"),
            Optional.empty(),
            certificate,
            false);
    return new SmtpCourier(settings, limits, CLOCK, new SplittableRandom(1));
  }

  private static Letter to(String address) {
    return new Letter(Channel.EMAIL, address, "s", "t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "james",
        "@example.test",
        "james@",
        "a@b.test\r\nBcc: x@y.test",
        "a@b.test>\r\nRCPT TO:<x@y.test",
        "a@b.test, x@y.test",
        "a@b.test x@y.test",
        "<a@b.test>",
        "A <a@b.test>",
        "group:a@b.test;",
        "\"a b\"@b.test",
        "a@b@c.test",
        "é@b.test",
        "a@-b.test",
        "a@b_c.test",
      })
  @DisplayName("what is no single bare address is refused before any connection")
  void badAddress(String address) throws IOException {
    Outcome outcome = courier(1, Security.NONE, Optional.empty()).carry(to(address));
    assertThat(outcome).isEqualTo(new Failed(Fault.LETTER, "not a mail address"));
  }

  @Test
  @DisplayName("an address longer than 254 characters is refused")
  void longAddress() throws IOException {
    assertThat(
            courier(1, Security.NONE, Optional.empty())
                .carry(to("a".repeat(60) + "@" + "b.".repeat(100) + "test")))
        .isEqualTo(new Failed(Fault.LETTER, "not a mail address"));
  }

  @Test
  @DisplayName("a subject with line breaks adds no header and no text")
  void subjectInjection() throws IOException {
    var letter =
        new Letter(
            Channel.EMAIL, "a@b.test", "hello\r\nBcc: x@y.test\n\nbody\u2028more\u0000", "text");
    assertThat(courier(server.port(), Security.NONE, Optional.empty()).carry(letter))
        .isInstanceOf(Taken.class);
    Mail mail = server.received().getFirst();
    assertThat(mail.header("Bcc")).isEmpty();
    assertThat(mail.subject()).isEqualTo("hello Bcc: x@y.test body more");
    assertThat(mail.text().strip()).isEqualTo("text");
  }

  @Test
  @DisplayName("a letter arrives with its headers, a UTF-8 subject and an Arabic text")
  void arrives() throws IOException {
    Outcome outcome = courier(server.port(), Security.NONE, Optional.empty()).carry(LETTER);
    Mail mail = server.received().getFirst();
    assertThat(server.received()).hasSize(1);
    assertThat(mail.subject()).isEqualTo(LETTER.subject());
    assertThat(mail.header("Subject").orElseThrow()).matches("\\p{ASCII}+").contains("=?UTF-8?");
    assertThat(mail.text().strip()).isEqualTo(LETTER.text());
    assertThat(mail.header("From")).contains("=?UTF-8?Q?W=C3=A4chter?= <no-reply@id.example.test>");
    assertThat(mail.header("Reply-To")).contains("help@id.example.test");
    assertThat(mail.header("To")).contains("james@example.test");
    assertThat(mail.header("Content-Type").orElseThrow())
        .isEqualToIgnoringCase("text/plain; charset=UTF-8");
    assertThat(mail.header("Auto-Submitted")).contains("auto-generated");
    assertThat(mail.header("Date").orElseThrow())
        .satisfies(date ->
            assertThat(
                    java.time.ZonedDateTime.parse(
                            date.replaceAll(" \\(.*\\)$", ""),
                            java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isEqualTo(CLOCK.instant()));
    String id = mail.header("Message-ID").orElseThrow();
    assertThat(id).matches("<[0-9a-f]{32}@id\\.example\\.test>");
    assertThat(outcome).isEqualTo(new Taken("main", id));
  }

  @Test
  @DisplayName("a domain in letters of its own is written in ASCII")
  void internationalDomain() throws IOException {
    assertThat(courier(server.port(), Security.NONE, Optional.empty()).carry(to("a@bücher.test")))
        .isInstanceOf(Taken.class);
    assertThat(server.received().getFirst().header("To")).contains("a@xn--bcher-kva.test");
  }

  @Test
  @DisplayName("two letters have two Message-IDs")
  void messageIds() throws IOException {
    SmtpCourier courier = courier(server.port(), Security.NONE, Optional.empty());
    assertThat(courier.carry(LETTER)).isNotEqualTo(courier.carry(LETTER));
  }

  @Test
  @DisplayName("STARTTLS that the server does not offer fails closed: nothing is sent")
  void startTlsNotOffered() throws IOException {
    Outcome outcome =
        courier(
                "127.0.0.1",
                server.port(),
                Security.STARTTLS,
                Optional.of(new Login("u", "p")),
                false,
                CourierLimits.STANDARD)
            .carry(LETTER);
    assertThat(outcome).isEqualTo(new Failed("STARTTLS is not to be had"));
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "TLS"})
  @DisplayName("a certificate that is not trusted fails closed")
  void untrusted(Security security) throws IOException {
    restart(Protection.valueOf(security.name()));
    Outcome outcome =
        courier(
                "127.0.0.1",
                server.port(),
                security,
                Optional.empty(),
                false,
                CourierLimits.STANDARD)
            .carry(LETTER);
    assertThat(outcome).isEqualTo(new Failed("TLS failed"));
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "TLS"})
  @DisplayName("a trusted certificate of another host fails closed")
  void wrongHost(Security security) throws IOException {
    restart(Protection.valueOf(security.name()));
    Outcome outcome =
        courier(
                "127.0.0.2",
                server.port(),
                security,
                Optional.empty(),
                true,
                CourierLimits.STANDARD)
            .carry(LETTER);
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(server.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Security.class,
      names = {"STARTTLS", "TLS"})
  @DisplayName("a letter arrives over TLS, by address and by name, with a login")
  void overTls(Security security) throws IOException {
    restart(Protection.valueOf(security.name()));
    server.addLogin("watchword", "p@ss:w/ö %41");
    var login = Optional.of(new Login("watchword", "p@ss:w/ö %41"));
    assertThat(courier(server.port(), security, login).carry(LETTER)).isInstanceOf(Taken.class);
    assertThat(
            courier("localhost", server.port(), security, login, true, CourierLimits.STANDARD)
                .carry(LETTER))
        .isInstanceOf(Taken.class);
    assertThat(server.received()).hasSize(2);
    assertThat(server.received().getFirst().text().strip()).isEqualTo(LETTER.text());
  }

  @Test
  @DisplayName("a wrong login fails, and the reason shows neither user nor password")
  void wrongLogin() throws IOException {
    server.addLogin("watchword", "right");
    Outcome outcome =
        courier(server.port(), Security.NONE, Optional.of(new Login("watchword", "wrong")))
            .carry(LETTER);
    assertThat(outcome).isEqualTo(new Failed("login refused"));
    assertThat(server.received()).isEmpty();
  }

  @Test
  @DisplayName("a refusal of the server is told by its number, not in its words")
  void refused() throws IOException {
    try (var unwilling =
        BrokenServer.trickling("550 james@example.test has moved\r\n", Duration.ZERO)) {
      Outcome outcome = courier(unwilling.port(), Security.NONE, Optional.empty()).carry(LETTER);
      assertThat(outcome).isInstanceOf(Failed.class);
      assertThat(((Failed) outcome).reason()).doesNotContain("james").doesNotContain("moved");
    }
  }

  @Test
  @DisplayName("a port where nobody listens fails at once")
  void nobodyListens() throws IOException {
    int free;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    assertThat(courier(free, Security.NONE, Optional.empty()).carry(LETTER))
        .isEqualTo(new Failed("no connection"));
  }

  @Test
  @DisplayName("a server that does not even accept ends with the time limit of the connection")
  void doesNotAccept() throws IOException {
    try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var first = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
        var second = new java.net.Socket(full.getInetAddress(), full.getLocalPort())) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      long start = System.nanoTime();
      Outcome outcome =
          courier("127.0.0.1", full.getLocalPort(), Security.NONE, Optional.empty(), false, SHORT)
              .carry(LETTER);
      assertThat(outcome).isEqualTo(new Failed("timed out"));
      assertThat(millisSince(start)).isBetween(250L, 650L);
    }
  }

  @Test
  @DisplayName("a silent server ends with the total time limit, whatever the security")
  void silent() throws IOException {
    try (var broken = BrokenServer.silent()) {
      for (Security security : Security.values()) {
        assertEndsInTime(broken, security);
      }
    }
  }

  @Test
  @DisplayName("a server that trickles lines for ever ends with the total time limit")
  void trickling() throws IOException {
    try (var broken = BrokenServer.trickling("220-wait\r\n", Duration.ofMillis(20))) {
      assertEndsInTime(broken, Security.NONE);
      assertEndsInTime(broken, Security.STARTTLS);
    }
  }

  @Test
  @DisplayName("a server that trickles a TLS handshake ends with the total time limit")
  void tricklingHandshake() throws IOException {
    // The head of a handshake record that announces more bytes than will come in time.
    try (var broken =
        BrokenServer.trickling("\u0016\u0003\u0003\u0040\u0000\u0002", Duration.ofMillis(50))) {
      assertEndsInTime(broken, Security.TLS);
    }
  }

  private void assertEndsInTime(BrokenServer broken, Security security) throws IOException {
    long start = System.nanoTime();
    Outcome outcome =
        courier("127.0.0.1", broken.port(), security, Optional.empty(), false, SHORT).carry(LETTER);
    assertThat(outcome).isInstanceOf(Failed.class);
    assertThat(millisSince(start)).as(security.name()).isBetween(600L, 1_400L);
  }

  private static long millisSince(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toMillis();
  }

  @Test
  @DisplayName("settings with problems make no courier, and all problems are named")
  void problems() {
    var settings =
        new SmtpSettings(
            "Main",
            "mail.example.test",
            0,
            Security.NONE,
            Optional.of(new Login("user", "secret")),
            "no address",
            Optional.of("a@b.test\r\nBcc: x@y.test"),
            Optional.of("not a host"),
            Optional.of(folder.resolve("none.pem")),
            false);
    assertThat(settings.problems()).hasSize(8).allMatch(p -> p.startsWith("couriers.mail.Main."));
    assertThat(settings.toString()).doesNotContain("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SmtpCourier(settings, SHORT, CLOCK, new SplittableRandom(1)))
        .withMessageContaining("sends codes in clear")
        .withMessageNotContaining("secret");
  }
}

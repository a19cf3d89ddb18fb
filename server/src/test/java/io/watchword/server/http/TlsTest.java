package io.watchword.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.demo.DemoAuthority;
import io.watchword.testkit.time.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that speaks TLS, against clients that do and that do not. */
@Timeout(60)
class TlsTest {

  private static final byte[] MUCH = new byte[32 * 1024 * 1024];

  @TempDir Path folder;
  private DemoAuthority.Issued issued;
  private HttpHost host;

  @BeforeEach
  void issue() {
    issued = issue("one", Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    if (host != null) {
      host.close();
    }
  }

  private DemoAuthority.Issued issue(String name, InstantSource clock) {
    return new DemoAuthority(folder.resolve(name), clock, new SecureRandom()).issue(List.of());
  }

  private HttpHost start(String... settings) {
    Map<String, String> all = new HashMap<>();
    all.put("server.tls.certificate", issued.certificate().toString());
    all.put("server.tls.key", issued.key().toString());
    for (int i = 0; i < settings.length; i += 2) {
      all.put("server." + settings[i], settings[i + 1]);
    }
    host =
        Hosts.start(
            all,
            List.of(
                new Mount(
                    "test",
                    "/test",
                    rules ->
                        rules
                            .get("/secure", (in, out) -> out.send("secure " + in.isSecure()))
                            .get("/much", (_, out) -> out.send(MUCH)))),
            1024,
            new Health(List.of()));
    return host;
  }

  private SSLContext trusting() {
    return TrustedCertificates.context(Optional.of(issued.authority()));
  }

  private SSLSocket connect(String... versions) throws IOException {
    var socket =
        (SSLSocket)
            trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), host.port());
    socket.setSoTimeout(20_000);
    if (versions.length > 0) {
      socket.setEnabledProtocols(versions);
    }
    return socket;
  }

  private Socket plain() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), host.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** What the server shows now, by either of two authorities. */
  private X509Certificate shown(DemoAuthority.Issued other) throws IOException {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(issued.authority()) + Files.readString(other.authority()));
    SSLContext any = TrustedCertificates.context(Optional.of(both));
    try (var socket =
        (SSLSocket)
            any.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), host.port())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private String get(String path) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(host.url() + path)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static void assertEnds(Socket socket) throws IOException {
    try {
      while (socket.getInputStream().read() >= 0) {
        // an alert, perhaps
      }
    } catch (SocketException e) {
      // reset, which is an end, too; a timeout is another exception
    }
  }

  private void awaitCutOff(int atLeast) throws Exception {
    String text = "";
    for (int i = 0; i < 100; i++) {
      text = get("/metrics");
      double count =
          text.lines()
              .filter(line -> line.startsWith("http_server_connections_cut_off_total "))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .sum();
      if (count >= atLeast) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("nothing was cut off: " + text);
  }

  @Test
  @DisplayName("a client that does not know the authority does not connect")
  void unknownAuthority() {
    start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatExceptionOfType(SSLHandshakeException.class)
          .isThrownBy(() ->
              client.send(
                  HttpRequest.newBuilder(URI.create(host.url() + "/health")).build(),
                  BodyHandlers.ofString()));
    }
  }

  @Test
  @DisplayName("a client that trusts the authority is served, by address, and the door knows it")
  void served() throws Exception {
    start();
    assertThat(host.url()).startsWith("https://127.0.0.1:");
    assertThat(get("/test/secure")).isEqualTo("secure true");
  }

  @Test
  @DisplayName("plain HTTP is refused at once, and nothing of it is answered")
  void plainHttp() throws Exception {
    start();
    try (Socket client = plain()) {
      client.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      long begin = System.nanoTime();
      assertEnds(client);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
    assertThat(get("/test/secure")).isEqualTo("secure true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  @DisplayName("spoken are TLS 1.2 and 1.3, with forward secret and authenticated ciphers")
  void versions(String version) throws Exception {
    start();
    try (SSLSocket client = connect(version)) {
      client.startHandshake();
      assertThat(client.getSession().getProtocol()).isEqualTo(version);
      assertThat(client.getSession().getCipherSuite()).matches(".*(GCM|POLY1305).*");
    }
  }

  @Test
  @DisplayName("a cipher without authenticated encryption is refused")
  void weakCipher() throws Exception {
    start();
    try (SSLSocket client = connect("TLSv1.2")) {
      client.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThatExceptionOfType(SSLException.class).isThrownBy(client::startHandshake);
    }
  }

  @Test
  @DisplayName("clients that dawdle in the handshake are ended, and the clock goes on for others")
  void dawdlers() throws Exception {
    start("limits.head-time", "500ms");
    try (Socket silent = plain();
        Socket half = plain()) {
      half.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC});
      assertEnds(silent);
      assertEnds(half);
    }
    try (SSLSocket late = connect()) {
      late.startHandshake();
      late.getOutputStream().write("GET /hea".getBytes());
      assertEnds(late);
    }
    awaitCutOff(3);
  }

  @Test
  @DisplayName("a client that does not take its answer is ended, and so is the next that dawdles")
  void notTaken() throws Exception {
    start("limits.body-time", "500ms", "limits.answer-time", "500ms", "limits.head-time", "500ms");
    try (SSLSocket lazy = connect()) {
      lazy.setReceiveBufferSize(4096);
      lazy.startHandshake();
      lazy.getOutputStream().write("GET /test/much HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      awaitCutOff(1);
      try (Socket silent = plain()) {
        assertEnds(silent);
      }
      awaitCutOff(2);
    }
  }

  @Test
  @DisplayName("a stop does not wait for clients that dawdle")
  void stopped() throws Exception {
    start("limits.shutdown-grace", "1s");
    try (Socket silent = plain();
        SSLSocket idle = connect()) {
      idle.startHandshake();
      idle.getOutputStream().write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
      assertThat(idle.getInputStream().read()).isEqualTo('H');
      long begin = System.nanoTime();
      host.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
      assertEnds(silent);
    }
  }

  @Test
  @DisplayName("files that change are in use at once; what cannot be used leaves the former")
  void reloaded() throws Exception {
    start();
    DemoAuthority.Issued other = issue("two", Clock.systemUTC());
    X509Certificate first = shown(other);
    replace(other.certificate(), issued.certificate());
    host.refresh();
    assertThat(shown(other)).as("the key is not yet the new one's").isEqualTo(first);
    replace(other.key(), issued.key());
    assertThat(shown(other)).as("nobody has looked").isEqualTo(first);
    host.refresh();
    assertThat(shown(other)).isNotEqualTo(first);
    X509Certificate second = shown(other);
    Files.writeString(issued.key(), "broken");
    host.refresh();
    assertThat(shown(other)).isEqualTo(second);
    Files.delete(issued.key());
    host.refresh();
    assertThat(shown(other)).isEqualTo(second);
  }

  private static void replace(Path from, Path to) throws IOException {
    Path copy = Files.copy(from, to.resolveSibling("draft"));
    Files.move(copy, to, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  @DisplayName("files that cannot be used stop the start, and the message quotes nothing of them")
  void unusable() throws Exception {
    DemoAuthority.Issued other = issue("two", Clock.systemUTC());
    assertRefused(issued.certificate(), other.key(), "is not the key of the first certificate");
    assertRefused(issued.key(), issued.key(), "no PEM certificates");
    assertRefused(issued.certificate(), issued.certificate(), "no RSA or EC private key");
    assertRefused(issued.certificate(), folder.resolve("nowhere"), "cannot read");
    Path large = folder.resolve("large");
    Files.write(large, new byte[70_000]);
    assertRefused(large, issued.key(), "larger than");
    Path encrypted = folder.resolve("encrypted");
    Files.writeString(
        encrypted, Files.readString(issued.key()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    assertRefused(issued.certificate(), encrypted, "without a password");
  }

  private static void assertRefused(Path certificate, Path key, String why) throws IOException {
    String secret = Files.exists(key) ? Files.readString(key) : "-";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TlsIdentity.read(certificate, key))
        .withMessageContaining(why)
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(400))
        .satisfies(
            e -> assertThat(secret.lines().skip(1).limit(1)).noneMatch(e.getMessage()::contains));
  }

  @Test
  @DisplayName("a certificate that is over is served with a warning; clients refuse it")
  void over() {
    issued = issue("old", new HandClock(Instant.parse("2020-01-01T00:00:00Z")));
    start();
    assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(() -> get("/health"));
  }

  @Test
  @DisplayName("a certificate without a key, or the reverse, is no setting")
  void halfASetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerSettings.Tls(issued.certificate(), null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerSettings.Tls(null, issued.key()));
  }
}

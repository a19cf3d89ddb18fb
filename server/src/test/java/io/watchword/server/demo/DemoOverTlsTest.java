package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.Server;
import io.watchword.server.couriers.connection.TrustedCertificates;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.settings.SettingsReader;
import io.watchword.wire.ida.Json;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo over HTTPS, verified against its own authority. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoOverTlsTest {

  private DemoAuthority.Issued issued;
  private Server server;
  private HttpClient http;
  private String url = "";
  private Path data = Path.of("");

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    data = folder;
    issued =
        new DemoAuthority(folder.resolve("tls"), Clock.systemUTC(), new SecureRandom())
            .issue(List.of());
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    url = "https://localhost:" + port;
    var settings =
        new SettingsReader()
            .profile("demo")
            .set("store.folder", folder.toString())
            .set("server.port", Integer.toString(port))
            .set("server.public-url", url)
            .set("server.tls.certificate", issued.certificate().toString())
            .set("server.tls.key", issued.key().toString())
            .read()
            .settings();
    server =
        new Server(
            settings,
            MasterKey.fromFileOrNew(folder.resolve("master.key"), new SecureRandom()),
            Clock.systemUTC(),
            Optional.of(
                new Server.Demo(
                    DemoServer.projectFolder().resolve("config/demo/people.jsonl"),
                    Optional.empty(),
                    Optional.of(issued.authority()))));
    http =
        HttpClient.newBuilder()
            .sslContext(TrustedCertificates.context(Optional.of(issued.authority())))
            .build();
  }

  @AfterAll
  void stop() {
    http.close();
    server.close();
  }

  private HttpResponse<String> post(String path, String origin) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Origin", origin)
            .POST(BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  @DisplayName("the shop starts a login over TLS, and its cookie is for TLS only")
  void shop() throws Exception {
    String start = "/demo/portal/mobile-login/start";
    assertThat(post(start, url.replace("https", "http")).statusCode())
        .as("the same page without TLS is another origin")
        .isEqualTo(403);
    HttpResponse<String> started = post(start, url);
    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(started.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("; HttpOnly")
        .endsWith("; Secure");
  }

  @Test
  @DisplayName("phones and portals are told the address with https")
  void addresses() throws Exception {
    String config =
        http.send(
                HttpRequest.newBuilder(URI.create(url + "/oauth/mobile-auth/v1/config")).build(),
                BodyHandlers.ofString())
            .body();
    assertThat(Json.mapper().readTree(config).get("server").stringValue()).isEqualTo(url);
    assertThat(Files.readString(data.resolve("credentials.json")))
        .contains("\"origin\" : \"" + url + "\"");
  }

  @Test
  @DisplayName("the authority's certificate can be fetched, and nothing else of the folder")
  void authority() throws Exception {
    HttpResponse<byte[]> sent =
        http.send(
            HttpRequest.newBuilder(URI.create(url + "/demo/ca.crt")).build(),
            BodyHandlers.ofByteArray());
    assertThat(sent.headers().firstValue("Content-Type")).contains("application/x-x509-ca-cert");
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(sent.body()));
    assertThat(certificate.getSubjectX500Principal().getName()).startsWith("CN=Watchword demo CA");
    assertThat(certificate.getEncoded()).isEqualTo(sent.body());
    for (String path : List.of("/demo/ca.key", "/demo/server.key", "/demo/tls/ca.key")) {
      assertThat(
              http.send(
                      HttpRequest.newBuilder(URI.create(url + path)).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .as(path)
          .isEqualTo(404);
    }
  }
}

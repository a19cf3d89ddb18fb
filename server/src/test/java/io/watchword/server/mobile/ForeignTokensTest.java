package io.watchword.server.mobile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchword.server.DemoServer;
import io.watchword.server.mobile.ForeignTokens.KeysAway;
import io.watchword.server.mobile.ForeignTokens.Shown;
import io.watchword.server.mobile.Phone.Portal;
import io.watchword.server.mobile.Phone.Reply;
import io.watchword.server.settings.MobileDoorSettings.IdentityProvider;
import io.watchword.server.settings.MobileDoorSettings.TokenAlgorithm;
import io.watchword.testkit.time.HandClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Access tokens of an identity provider with a key set of its own (contract mobile, amendment 1).
 */
class ForeignTokensTest {

  private static final String ISSUER = "https://login.example.com/realms/people";
  private static final String AUDIENCE = "https://watchword.example.com";
  private static final String OWN = "https://watchword.example.com";

  private static RSAKey rsa;
  private static RSAKey other;
  private static ECKey ec;

  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));
  private KeySetServer server;

  @BeforeAll
  static void keys() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("one").generate();
    other = new RSAKeyGenerator(2048).keyID("two").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
  }

  @BeforeEach
  void start() throws IOException {
    server = new KeySetServer();
    server.publish(rsa, ec);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Publishes a key set and counts who asks. */
  private static final class KeySetServer implements AutoCloseable {

    private final HttpServer http;
    private volatile byte[] body = new byte[0];
    private volatile int status = 200;
    private final AtomicInteger requests = new AtomicInteger();

    KeySetServer() throws IOException {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext("/certs", this::answer);
      http.createContext("/moved", this::moved);
      http.start();
    }

    void publish(JWK... keys) {
      body = new JWKSet(Arrays.asList(keys)).toString(true).getBytes(UTF_8);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
      requests.incrementAndGet();
      try (exchange) {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }

    private synchronized void moved(HttpExchange exchange) throws IOException {
      try (exchange) {
        exchange.getResponseHeaders().set("Location", "/certs");
        exchange.sendResponseHeaders(302, -1);
      }
    }

    String url(String path) {
      return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  private IdentityProvider provider(String keys) {
    return new IdentityProvider(
        ISSUER,
        keys,
        Set.of(AUDIENCE),
        Set.of(),
        Set.of(TokenAlgorithm.values()),
        Set.of("at+jwt"),
        "sub",
        "profile");
  }

  private ForeignTokens tokens() {
    return tokens(provider(server.url("/certs")));
  }

  private ForeignTokens tokens(IdentityProvider provider) {
    return new ForeignTokens(List.of(provider), OWN, clock);
  }

  private JWTClaimsSet.Builder claims() {
    Instant now = clock.instant();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of("account", AUDIENCE))
        .subject("jane")
        .claim("profile", "W8DUJ2")
        .claim("client_id", "their-app")
        .claim("auth_time", now.minusSeconds(60).getEpochSecond())
        .issueTime(Date.from(now.minusSeconds(10)))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  private static String signed(JWTClaimsSet claims, RSAKey key) throws Exception {
    return signed(claims, JWSAlgorithm.RS256, key.getKeyID(), "at+jwt", new RSASSASigner(key));
  }

  private static String signed(
      JWTClaimsSet claims, JWSAlgorithm algorithm, String kid, String type, JWSSigner signer)
      throws Exception {
    var header = new JWSHeader.Builder(algorithm).keyID(kid);
    if (!type.isEmpty()) {
      header.type(new JOSEObjectType(type));
    }
    var jwt = new SignedJWT(header.build(), claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private Optional<Shown> read(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return tokens().read(signed(change.apply(claims()).build(), rsa));
  }

  @Test
  @DisplayName("no claim may be missing, another's or out of its time")
  void claimsThatDoNotFit() throws Exception {
    Instant now = clock.instant();
    assertThat(read(it -> it.issuer("https://other.example"))).isEmpty();
    assertThat(read(it -> it.issuer(null))).isEmpty();
    assertThat(read(it -> it.issuer(ISSUER + "/"))).isEmpty();
    assertThat(read(it -> it.audience("account"))).isEmpty();
    assertThat(read(it -> it.audience((String) null))).isEmpty();
    assertThat(read(it -> it.expirationTime(null))).isEmpty();
    assertThat(read(it -> it.expirationTime(Date.from(now.minusSeconds(31))))).isEmpty();
    assertThat(read(it -> it.notBeforeTime(Date.from(now.plusSeconds(31))))).isEmpty();
    assertThat(read(it -> it.issueTime(null))).isEmpty();
    assertThat(read(it -> it.issueTime(Date.from(now.plusSeconds(31))))).isEmpty();
    assertThat(read(it -> it.claim("auth_time", now.plusSeconds(31).getEpochSecond()))).isEmpty();
    assertThat(read(it -> it.subject(null))).isEmpty();
    assertThat(read(it -> it.subject(""))).isEmpty();
    assertThat(read(it -> it.claim("profile", null))).isEmpty();
    assertThat(read(it -> it.claim("profile", 7))).isEmpty();
    assertThat(read(it -> it.claim("profile", "W8\nserver:x"))).isEmpty();
    assertThat(read(it -> it.claim("cnf", Map.of("jkt", "a-key")))).isEmpty();
    assertThat(read(it -> it)).isPresent();
    assertThat(read(it -> it.expirationTime(Date.from(now.minusSeconds(29))))).isPresent();
  }

  @Test
  @DisplayName("no signature, one of another key, algorithm or kind of token: not believed")
  void signaturesThatDoNotFit() throws Exception {
    ForeignTokens tokens = tokens();
    JWTClaimsSet claims = claims().build();
    String good = signed(claims, rsa);
    assertThat(tokens.read(new PlainJWT(claims).serialize())).isEmpty();
    assertThat(tokens.read(good.substring(0, good.lastIndexOf('.') + 1))).isEmpty();
    assertThat(tokens.read(altered(good))).isEmpty();
    // The public key as the secret of an HMAC.
    assertThat(
            tokens.read(
                signed(
                    claims,
                    JWSAlgorithm.HS256,
                    "one",
                    "at+jwt",
                    new MACSigner(rsa.toRSAPublicKey().getEncoded()))))
        .isEmpty();
    var other2 = new RSASSASigner(other);
    assertThat(tokens.read(signed(claims, JWSAlgorithm.RS256, "one", "at+jwt", other2))).isEmpty();
    var right = new RSASSASigner(rsa);
    assertThat(tokens.read(signed(claims, JWSAlgorithm.RS512, "one", "at+jwt", right))).isEmpty();
    assertThat(tokens.read(signed(claims, JWSAlgorithm.RS256, "one", "JWT", right))).isEmpty();
    assertThat(tokens.read(signed(claims, JWSAlgorithm.RS256, "one", "", right))).isEmpty();
    assertThat(tokens.read("x".repeat(16 * 1024 + 1))).isEmpty();
    assertThat(tokens.read("")).isEmpty();
    assertThat(tokens.read(good)).isPresent();
    assertThat(tokens.read(signed(claims, JWSAlgorithm.PS256, "one", "at+jwt", right))).isPresent();
    assertThat(
            tokens.read(signed(claims, JWSAlgorithm.ES256, "curve", "at+jwt", new ECDSASigner(ec))))
        .isPresent();
  }

  private static String altered(String token) {
    int at = token.indexOf('.') + 20;
    char now = token.charAt(at);
    return token.substring(0, at) + (now == 'A' ? 'B' : 'A') + token.substring(at + 1);
  }

  @Test
  @DisplayName("an algorithm that the settings do not name is not believed")
  void algorithms() throws Exception {
    IdentityProvider all = provider(server.url("/certs"));
    ForeignTokens tokens =
        tokens(
            new IdentityProvider(
                ISSUER,
                all.keys(),
                all.audiences(),
                Set.of("their-app"),
                Set.of(TokenAlgorithm.ES256),
                all.types(),
                "sub",
                "profile"));
    assertThat(tokens.read(signed(claims().build(), rsa))).isEmpty();
    String good =
        signed(claims().build(), JWSAlgorithm.ES256, "curve", "at+jwt", new ECDSASigner(ec));
    assertThat(tokens.read(good)).isPresent();
    String others =
        signed(
            claims().claim("client_id", "another").build(),
            JWSAlgorithm.ES256,
            "curve",
            "at+jwt",
            new ECDSASigner(ec));
    assertThat(tokens.read(others)).as("another client's").isEmpty();
  }

  @Test
  @DisplayName("an RSA key of fewer than 2048 bits is no key")
  void weakKeys() throws Exception {
    RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
    server.publish(weak);
    String token =
        signed(
            claims().build(),
            JWSAlgorithm.RS256,
            "weak",
            "at+jwt",
            new RSASSASigner(weak.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance())));
    assertThat(tokens().read(token)).isEmpty();
    assertThat(server.requests.get()).isPositive();
  }

  @Test
  @DisplayName("a key that is new is fetched; made-up keys do not make it ask again and again")
  void unknownKeys() throws Exception {
    ForeignTokens tokens = tokens();
    assertThat(tokens.read(signed(claims().build(), rsa))).isPresent();
    assertThat(server.requests.get()).isEqualTo(1);
    assertThat(tokens.read(signed(claims().build(), rsa))).isPresent();
    assertThat(server.requests.get()).as("kept").isEqualTo(1);
    server.publish(rsa, other);
    assertThat(tokens.read(signed(claims().build(), other))).isPresent();
    assertThat(server.requests.get()).isEqualTo(2);
    for (int i = 0; i < 20; i++) {
      String token =
          signed(
              claims().build(),
              JWSAlgorithm.RS256,
              "made-up-" + i,
              "at+jwt",
              new RSASSASigner(other));
      try {
        assertThat(tokens.read(token)).isEmpty();
      } catch (KeysAway e) {
        assertThat(e).hasMessageNotContaining(token);
      }
    }
    assertThat(server.requests.get()).isLessThanOrEqualTo(3);
    assertThat(tokens.read(signed(claims().build(), rsa))).as("the others go on").isPresent();
  }

  @Test
  @DisplayName("a key set that is away, moved, too large or no key set lets nobody in")
  void keysAway() throws Exception {
    String token = signed(claims().build(), rsa);
    assertThatThrownBy(() -> tokens(provider(server.url("/moved"))).read(token))
        .isInstanceOf(KeysAway.class);
    byte[] good = server.body;
    server.body = Arrays.copyOf(good, KeySets.LARGEST + 1);
    Arrays.fill(server.body, good.length, server.body.length, (byte) ' ');
    assertThatThrownBy(() -> tokens().read(token)).isInstanceOf(KeysAway.class);
    server.body = Arrays.copyOf(server.body, KeySets.LARGEST);
    assertThat(tokens().read(token)).as("as large as may be").isPresent();
    server.body = "<html>".getBytes(UTF_8);
    assertThatThrownBy(() -> tokens().read(token)).isInstanceOf(KeysAway.class);
    server.body = good;
    server.status = 500;
    assertThatThrownBy(() -> tokens().read(token)).isInstanceOf(KeysAway.class);
    server.close();
    assertThatThrownBy(() -> tokens().read(token)).isInstanceOf(KeysAway.class);
  }

  @Test
  @DisplayName("the key set may be a file")
  void file(@TempDir Path folder) throws Exception {
    Path keys = folder.resolve("keys.json");
    String token = signed(claims().build(), rsa);
    assertThatThrownBy(() -> tokens(provider(keys.toString())).read(token))
        .isInstanceOf(KeysAway.class);
    Files.write(keys, server.body);
    assertThat(tokens(provider(keys.toString())).read(token))
        .hasValueSatisfying(shown -> {
          assertThat(shown.user()).isEqualTo("jane");
          assertThat(shown.profile()).isEqualTo("W8DUJ2");
          assertThat(shown.client()).isEqualTo("their-app");
          assertThat(shown.loggedInAt()).isEqualTo(clock.instant().minusSeconds(60));
          assertThat(shown.toString()).doesNotContain("jane");
        });
  }

  @Test
  @DisplayName("this server itself is no foreign identity provider")
  void own() {
    var self =
        new IdentityProvider(
            OWN + "/auth/realms/mosip",
            server.url("/certs"),
            Set.of("mobile-auth"),
            Set.of(),
            Set.of(TokenAlgorithm.RS256),
            Set.of("JWT"),
            "sub",
            "sub");
    assertThatThrownBy(() -> tokens(self))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("identity-providers");
  }

  /** Through the running server, with settings as an operator writes them. */
  @Test
  @DisplayName("an app with such a token enrolls and logs a person in; other tokens do neither")
  void logsIn(@TempDir Path data) throws Exception {
    Path settings = data.resolve("settings.yaml");
    Files.writeString(
        settings,
        """
        doors:
          mobile:
            identity-providers:
              - issuer: %s
                keys: %s
                audiences: [%s]
                user-claim: login
        """
            .formatted(ISSUER, server.url("/certs"), AUDIENCE));
    clock.set(Clock.systemUTC().instant());
    try (DemoServer demo = DemoServer.in(data.resolve("data"), settings)) {
      var phone = new Phone(demo, demo.url(), "foreign");
      phone.profile = "jane";
      phone.token = signed(claims().claim("login", "nobody-here").build(), rsa);
      assertThat(phone.enroll().refusal()).isEqualTo("401 invalid_token");
      phone.token = signed(claims().claim("login", "M392380").audience("else").build(), rsa);
      assertThat(phone.enroll().refusal()).isEqualTo("401 invalid_token");
      for (Long since :
          Arrays.asList(null, clock.instant().minus(Duration.ofMinutes(6)).getEpochSecond())) {
        phone.token =
            signed(claims().claim("login", "M392380").claim("auth_time", since).build(), rsa);
        assertThat(phone.enroll().refusal()).as("%s", since).isEqualTo("401 login_required");
      }
      phone.token = signed(claims().claim("login", "M392380").build(), rsa);
      phone.profile = "another";
      assertThat(phone.enroll().refusal()).isEqualTo("422 malformed");
      phone.profile = "jane";
      assertThat(phone.enroll().status()).isEqualTo(201);

      Portal portal = portal(demo);
      Reply started = portal.start(Map.of("type", "qr-code"));
      phone.token = signed(claims().claim("login", "M392380").build(), other);
      assertThat(phone.claim(started.text("otp")).status()).isIn(401, 503);
      phone.token =
          signed(claims().claim("login", "M392380").claim("auth_time", null).build(), rsa);
      Reply question = phone.claim(started.text("otp"));
      assertThat(question.status()).as("%s", question.json()).isEqualTo(200);
      assertThat(phone.answer(question, "accept").status()).isEqualTo(200);
      Reply result = portal.result(started.text("transaction_id"));
      assertThat(result.text("user_id")).isEqualTo("M392380");

      assertThat(phone.tokens(exchange(phone.token)).refusal()).isEqualTo("400 invalid_grant");
    }
  }

  /** Only tokens of the kernel services may be exchanged (amendment 8). */
  private static Map<String, String> exchange(String token) {
    Map<String, String> fields = new HashMap<>();
    fields.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    fields.put("subject_token", token);
    return fields;
  }

  private static Portal portal(DemoServer demo) {
    JsonNode portal = demo.credentials().get("portal");
    return new Portal(
        demo, portal.get("clientId").stringValue(), portal.get("clientSecret").stringValue());
  }
}

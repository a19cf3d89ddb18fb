package io.watchword.server.authmanager;

import static io.watchword.server.KernelClient.call;
import static io.watchword.server.KernelClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.watchword.server.DemoServer;
import io.watchword.server.KernelClient;
import io.watchword.server.KernelClient.Reply;
import io.watchword.testkit.time.HandClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tokens of the kernel doors (contract kernel 1.4, 1.5, A.5 to A.9), on a clock of the test. */
class TokensTest {

  private static final String VALIDATE = "/v1/authmanager/authorize/validateToken";
  private static final String ADMIN = "/v1/authmanager/authorize/admin/validateToken";
  private static final String INVALIDATE = "/v1/authmanager/authorize/invalidateToken";
  private static final String REFRESH = "/v1/authmanager/authorize/refreshToken";
  private static final String CERTS = "/auth/realms/mosip/protocol/openid-connect/certs";
  private static final String NOT_VALID =
      "AUTH_ERR_TOKENNOTVALID The passed in Token is not correct";

  @TempDir Path data;
  private final HandClock clock = new HandClock(Instant.parse("2026-01-05T10:00:00Z"));
  private final String port = freePort();
  private DemoServer demo;
  private KernelClient client;

  @BeforeEach
  void start() {
    // The address is part of every token, so it must be the same after a restart.
    demo = DemoServer.in(data, Map.of("server.port", port), clock);
    client = new KernelClient(demo);
  }

  private static String freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    client.close();
    demo.close();
  }

  private Reply validate(String token) {
    return client.send(call("POST", VALIDATE).token(token));
  }

  private String officer() {
    client.sendOtp("admin", "USERID", "M392380", "email");
    return client
        .userOtp("M392380", client.code("m392380@demo.example"), "admin")
        .cookie()
        .orElseThrow();
  }

  private void isWorthless(String token) {
    assertThat(validate(token).errors()).containsExactly(NOT_VALID);
    assertThat(client.generate(token, "9820173642").status()).isEqualTo(401);
    assertThat(client.send(call("GET", ADMIN).token(token)).status()).isEqualTo(401);
  }

  @Test
  void withoutATokenTheAbsenceIsTold() {
    assertThat(client.send(call("POST", VALIDATE)).errors())
        .containsExactly("KER-ATH-006 Cookies are empty");
    assertThat(
            client.send(call("POST", VALIDATE).header("Cookie", "XAuthorization=a; b=c")).errors())
        .containsExactly("KER-ATH-007 Token is not present in cookies");
    assertThat(client.send(call("POST", INVALIDATE)).errors())
        .containsExactly("AUTH_ERR_COOKIEEMPTY The passed in Cookie is empty");
    assertThat(client.send(call("POST", REFRESH)).status()).isEqualTo(500);
    assertThat(client.send(call("DELETE", "/v1/authmanager/logout/user")).status()).isEqualTo(401);
  }

  @Test
  void aTokenThatIsAlteredIsWorthless() {
    String token = client.clientToken();
    String[] parts = token.split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String bent =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                claims
                    .replace("REGISTRATION_PROCESSOR", "GLOBAL_ADMINISTRATOR__")
                    .getBytes(StandardCharsets.UTF_8));
    assertThat(bent).isNotEqualTo(parts[1]);
    for (String forged :
        List.of(
            parts[0] + "." + bent + "." + parts[2],
            token.substring(0, token.length() - 8) + "AAAAAAAA",
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1],
            "",
            "a.b.c",
            "x".repeat(8_000))) {
      isWorthless(forged);
    }
  }

  @Test
  void aTokenOfAnotherKeyOrAlgorithmIsWorthless() throws Exception {
    SignedJWT ours = SignedJWT.parse(client.clientToken());
    JWTClaimsSet claims = ours.getJWTClaimsSet();
    String kid = ours.getHeader().getKeyID();
    RSAKey other = new RSAKeyGenerator(2048).generate();
    List<String> forged = new ArrayList<>();
    for (String id : new String[] {kid, other.toPublicJWK().computeThumbprint().toString(), null}) {
      var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(id).build(), claims);
      jwt.sign(new RSASSASigner(other));
      forged.add(jwt.serialize());
    }
    // The published key as the secret of an HMAC, and no signature at all.
    RSAKey published = (RSAKey) JWKSet.parse(keys()).getKeys().getFirst();
    var mac = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build(), claims);
    mac.sign(new MACSigner(published.toRSAPublicKey().getEncoded()));
    forged.add(mac.serialize());
    forged.add(new PlainJWT(claims).serialize());
    for (String each : forged) {
      isWorthless(each);
    }
  }

  @Test
  void aTokenForAnotherDoorOrUseIsWorthless() throws Exception {
    // Signed by the very key of the server, but for another audience, issuer or use.
    JWTClaimsSet claims = SignedJWT.parse(client.clientToken()).getJWTClaimsSet();
    var key = demo.server().platform().keys().signingKey(io.watchword.server.keys.KeyUse.TOKEN);
    String kid = SignedJWT.parse(client.clientToken()).getHeader().getKeyID();
    Map<String, JWTClaimsSet> others = new LinkedHashMap<>();
    others.put("itself", new JWTClaimsSet.Builder(claims).build());
    others.put("audience", new JWTClaimsSet.Builder(claims).audience("watchword-mobile").build());
    others.put("issuer", new JWTClaimsSet.Builder(claims).issuer("https://elsewhere").build());
    others.put("use", new JWTClaimsSet.Builder(claims).claim("token_use", "REFRESH").build());
    others.put("no end", new JWTClaimsSet.Builder(claims).expirationTime((Date) null).build());
    others.put("no session", new JWTClaimsSet.Builder(claims).claim("sid", null).build());
    for (Map.Entry<String, JWTClaimsSet> each : others.entrySet()) {
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build(), each.getValue());
      jwt.sign(new RSASSASigner(key.privateKey()));
      if (each.getKey().equals("itself")) {
        assertThat(validate(jwt.serialize()).errors()).isEmpty();
      } else {
        isWorthless(jwt.serialize());
      }
    }
  }

  @Test
  void aTokenEndsWithItsTimeAndTwoDifferentOnesAreRefused() {
    String token = client.clientToken();
    assertThat(
            client.send(call("POST", VALIDATE).header("Authorization", "Bearer " + token)).errors())
        .isEmpty();
    assertThat(
            client
                .send(
                    call("POST", VALIDATE)
                        .token(token)
                        .header("Authorization", "Bearer " + officer()))
                .errors())
        .containsExactly(NOT_VALID);
    clock.move(Duration.ofMinutes(100).minusSeconds(1));
    assertThat(validate(token).errors()).isEmpty();
    clock.move(Duration.ofSeconds(1));
    isWorthless(token);
  }

  @Test
  void aTokenThatWasInvalidatedStaysSoAfterARestart() {
    String token = client.clientToken();
    clock.move(Duration.ofSeconds(1));
    String other = client.clientToken();
    Reply reply = client.send(call("POST", INVALIDATE).token(token));
    assertThat(reply.told("message")).isEqualTo("Token invalidated successfully");
    assertThat(reply.json().get("id").stringValue()).isEqualTo("mosip.authorize.invalidatetoken");
    isWorthless(token);
    assertThat(client.send(call("POST", INVALIDATE).token(token)).errors())
        .containsExactly("KER-ATH-008 Token is not present in datastore,Please try with new token");
    assertThat(validate(other).errors()).isEmpty();
    stop();
    start();
    isWorthless(token);
    assertThat(validate(other).errors()).isEmpty();
  }

  @Test
  void validationTellsTheSourceDocumentsWords() {
    Reply reply = validate(officer());
    assertThat(reply.told("message")).isEqualTo("Token had been validated successfully");
    assertThat(reply.json().get("response").propertyNames()).containsExactly("message");
    assertThat(reply.json().get("id").stringValue()).isEqualTo("mosip.authorize.validatetoken");
    assertThat(reply.cookie()).isPresent();
    assertThat(validate("nonsense").json().get("id").stringValue())
        .isEqualTo("mosip.authentication.validatetoken");
  }

  @Test
  void administratorsSeeWhoseTokenItIs() {
    String token = officer();
    JsonNode user = client.send(call("GET", ADMIN).token(token)).json().get("response");
    assertThat(user.get("userId").stringValue()).isEqualTo("M392380");
    assertThat(user.get("mail").stringValue()).isEqualTo("m392380@demo.example");
    assertThat(user.get("role").stringValue()).isEqualTo("INDIVIDUAL,REGISTRATION_OFFICER,");
    assertThat(user.get("token").stringValue()).isEqualTo(token);
    assertThat(user.get("userPassword").isNull()).isTrue();
  }

  @Test
  void aRenewedTokenIsAnotherOfTheSameSession() {
    String token = client.clientToken();
    clock.move(Duration.ofMinutes(99));
    Reply reply = client.send(call("POST", REFRESH).token(token));
    String renewed = reply.cookie().orElseThrow();
    assertThat(renewed).isNotEqualTo(token);
    clock.move(Duration.ofMinutes(50));
    isWorthless(token);
    assertThat(validate(renewed).errors()).isEmpty();
    assertThat(
            client
                .send(call("DELETE", "/v1/authmanager/logout/user").token(renewed))
                .told("status"))
        .isEqualTo("Success");
    isWorthless(renewed);
  }

  @Test
  void anUnmodifiedResourceServerCanJudgeAToken() throws Exception {
    SignedJWT token = SignedJWT.parse(officer());
    RSAKey key = (RSAKey) JWKSet.parse(keys()).getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    assertThat(key.isPrivate()).isFalse();
    JWTClaimsSet claims = token.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(demo.url() + "/auth/realms/mosip");
    assertThat(claims.getSubject()).isEqualTo("M392380");
    assertThat(claims.getStringClaim("preferred_username")).isEqualTo("M392380");
    assertThat(claims.getStringClaim("azp")).isEqualTo("admin");
    assertThat(claims.getAudience()).contains("admin");
    assertThat(claims.getStringClaim("role")).isEqualTo("INDIVIDUAL,REGISTRATION_OFFICER");
    assertThat(claims.getJSONObjectClaim("realm_access").get("roles"))
        .isEqualTo(List.of("INDIVIDUAL", "REGISTRATION_OFFICER"));
    assertThat(claims.getBooleanClaim("isOtpVerified")).isTrue();
  }

  private String keys() {
    return new String(client.send(call("GET", CERTS)).body(), StandardCharsets.UTF_8);
  }

  @Test
  void whoIsDisabledIsLoggedOutAndCannotComeBack() {
    String token = officer();
    assertThat(demo.server().platform().administration().accounts().disable("test", "M392380"))
        .isTrue();
    isWorthless(token);
    assertThat(client.sendOtp("admin", "USERID", "M392380", "email").errors())
        .containsExactly("KER-SOT-008 Not able to Generate OTP for a frozen Account/locked UIN");
    assertThat(demo.server().platform().administration().accounts().enable("test", "M392380"))
        .isTrue();
    clock.move(Duration.ofSeconds(1));
    isWorthless(token);
    assertThat(validate(officer()).errors()).isEmpty();
    String program = client.clientToken();
    demo.server()
        .platform()
        .administration()
        .applications()
        .disable("test", "registrationprocessor");
    isWorthless(program);
    demo.server().platform().refresh();
    JsonNode known = client.credentials().get("kernelClient");
    assertThat(
            client
                .send(
                    post(
                        "/v1/authmanager/authenticate/clientidsecretkey",
                        "clientid",
                        "D72HJDF8",
                        "secretkey",
                        known.get("secretKey").stringValue()))
                .errors())
        .containsExactly(
            "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS The passed in credentials is not correct");
  }
}

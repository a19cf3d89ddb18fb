package io.watchword.server.identityv1;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import io.watchword.server.DemoServer;
import io.watchword.server.keys.CryptoProvider;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.partners.PartnerKey;
import io.watchword.server.partners.Provisioning;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.SplitEnvelope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the golden conversations of the door cannot ask of the demo as it is. */
class IdentityV1DoorTest {

  private static final String UIN = "678956453456";

  @TempDir Path data;
  private final SplitEnvelope envelope =
      new SplitEnvelope(CryptoProvider.best(), new SecureRandom());

  private record Reply(int status, ObjectNode json) {
    List<String> codes() {
      return json.path("err").valueStream().map(e -> e.get("code").stringValue()).toList();
    }
  }

  private Map<String, Object> body(String tsp, String licence, Object request) {
    Map<String, Object> body = new HashMap<>();
    body.put("id", "mosip.identity.auth");
    body.put("tspID", tsp);
    body.put("licenseKey", licence);
    body.put("transactionID", "txn1234567");
    body.put("requestTime", Instant.now().toString().substring(0, 19) + ".000Z");
    body.put("requestedAuth", Map.of("pin", true, "kyc", true));
    body.put("kycMetadata", Map.of("consentRequired", true));
    body.put("request", request);
    return body;
  }

  private static Map<String, Object> right() {
    return Map.of("identity", Map.of("UIN", UIN), "otherFactors", Map.of("spin", "987654"));
  }

  private String licence() throws IOException {
    JsonNode credentials =
        Json.mapper().readTree(Files.readAllBytes(data.resolve("credentials.json")));
    return credentials.get("tsp").get("licenseKey").stringValue();
  }

  private static Reply post(DemoServer demo, Map<String, Object> body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> reply =
          http.send(
              HttpRequest.newBuilder(URI.create(demo.url() + "/identity/auth/v1.0"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(reply.statusCode(), Json.readObject(reply.body()).orElseThrow());
    }
  }

  @Test
  void theOtherNumberingAndStatusAndTheActionsAreSettings() throws Exception {
    try (DemoServer demo =
        DemoServer.in(
            data,
            Map.of(
                "doors.identity-v1.numbering", "B",
                "doors.identity-v1.failure-status", "200",
                "doors.identity-v1.action-codes", "true"),
            Clock.systemUTC())) {
      Map<String, Object> body = body("tsp54321", licence(), right());
      body.remove("requestTime");
      Reply missing = post(demo, body);
      assertThat(missing.status()).isEqualTo(200);
      assertThat(missing.codes()).containsExactly("IDA-MLC-006");
      Reply wrong =
          post(
              demo,
              body(
                  "tsp54321",
                  licence(),
                  Map.of(
                      "identity", Map.of("UIN", UIN), "otherFactors", Map.of("spin", "000000"))));
      assertThat(wrong.json().get("err").get(0).toString())
          .isEqualTo(
              "{\"code\":\"IDA-SPA-001\",\"message\":\"Pin value did not match\","
                  + "\"actnCode\":\"A0151\"}");
    }
  }

  @Test
  void aDeploymentBringsItsOwnRulesForTexts() throws Exception {
    Map<String, Object> claim =
        Map.of(
            "identity",
            Map.of("UIN", UIN, "name", List.of(Map.of("language", "ar", "value", "إبراهيم"))));
    try (DemoServer demo = DemoServer.in(data)) {
      assertThat(post(demo, demographic(claim)).codes()).containsExactly("IDA-DEA-002");
    }
    Path rules = Files.createDirectory(data.resolve("rules"));
    Files.writeString(rules.resolve("common.ara.txt"), "[أإآ] => \"ا\"\n");
    try (DemoServer demo =
        DemoServer.in(
            data,
            Map.of("doors.identity-v1.claims.text-rules", rules.toString()),
            Clock.systemUTC())) {
      Reply folded = post(demo, demographic(claim));
      assertThat(folded.json().get("status").stringValue()).as("%s", folded.json()).isEqualTo("Y");
    }
  }

  private Map<String, Object> demographic(Map<String, Object> request) throws IOException {
    Map<String, Object> body = body("tsp54321", licence(), request);
    body.put("requestedAuth", Map.of("demo", true));
    return body;
  }

  @Test
  void anEncryptedRequestIsOpenedForThoseWhoAreLetInOnly() throws Exception {
    try (DemoServer demo =
        DemoServer.in(
            data, Map.of("doors.identity-v1.plain-requests", "false"), Clock.systemUTC())) {
      var key = demo.server().platform().keys().certificate(KeyUse.IDA_PARTNER).getPublicKey();
      String sealed = envelope.seal(Json.write(right()), key);
      Reply accepted = post(demo, body("tsp54321", licence(), sealed));
      assertThat(accepted.json().get("status").stringValue())
          .as("%s", accepted.json())
          .isEqualTo("Y");
      assertThat(post(demo, body("tsp54321", licence(), right())).codes())
          .as("not in clear")
          .containsExactly("IDA-MPA-003");
      String bent = (sealed.charAt(0) == 'A' ? "B" : "A") + sealed.substring(1);
      assertThat(post(demo, body("tsp54321", licence(), bent)).codes())
          .containsExactly("IDA-MPA-003");
      assertThat(post(demo, body("tsp54321", "nobodys", sealed)).codes())
          .containsExactly("IDA-MPA-007");
    }
  }

  @Test
  void whoHasACertificateGetsTheDataUnderItsKey() throws Exception {
    try (DemoServer demo = DemoServer.in(data)) {
      Provisioning provisioning = demo.server().platform().provisioning();
      Provisioning.Onboarded bank =
          provisioning.onboard(
              "test", "bank", "Bank", new PartnerKey.Generated("Bank"), "demo-policy");
      provisioning.registerTsp("test", "bank", "Bank", "demo-tsp-policy");
      String licence = provisioning.issueLicence("test", "bank", List.of(), null, null);
      demo.server().platform().refresh();
      Reply reply = post(demo, body("bank", licence, right()));
      assertThat(reply.status()).as("%s", reply.json()).isEqualTo(200);
      byte[] opened =
          envelope.open(
              reply.json().get("response").stringValue(),
              Objects.requireNonNull(bank.privateKey()));
      assertThat(new String(opened, StandardCharsets.UTF_8)).contains("Ibrahim", "\"ttl\":\"24\"");
    }
  }

  private static Map<String, Object> named(String language, String name) {
    return Map.of(
        "identity",
        Map.of("UIN", UIN, "name", List.of(Map.of("language", language, "value", name))),
        "otherFactors",
        Map.of("spin", "987654"));
  }

  private Map<String, Object> claiming(String tsp, String licence, Object request) {
    Map<String, Object> body = body(tsp, licence, request);
    body.put("requestedAuth", Map.of("pin", true, "demo", true));
    return body;
  }

  @Test
  void aPolicySaysHowNearNamesMustBeAndWhetherTheSecondaryLanguageIsSpoken() throws Exception {
    try (DemoServer demo = DemoServer.in(data)) {
      Provisioning provisioning = demo.server().platform().provisioning();
      String policy =
          "{\"authTokenType\":\"partner\",\"allowedAuthTypes\":[{\"authType\":\"pin\"},"
              + "{\"authType\":\"demo\",\"authSubType\":\"IDENTITY\"}%s],"
              + "\"demographicMatching\":{\"name\":{\"strategy\":\"partial\",\"threshold\":50}}}";
      provisioning.policies().put("test", "near", policy.formatted(""));
      provisioning
          .policies()
          .put(
              "test",
              "both",
              policy.formatted(",{\"authType\":\"demo\",\"authSubType\":\"SECONDARY_LANGUAGE\"}"));
      provisioning.registerTsp("test", "shop", "Shop", "near");
      provisioning.registerTsp("test", "bazaar", "Bazaar", "both");
      String shop = provisioning.issueLicence("test", "shop", List.of(), null, null);
      String bazaar = provisioning.issueLicence("test", "bazaar", List.of(), null, null);
      demo.server().platform().refresh();
      Object near = named("fr", "Ibrahim Quelqu'un");
      assertThat(post(demo, claiming("tsp54321", licence(), near)).codes())
          .as("the deployment compares exactly")
          .containsExactly("IDA-DEA-001");
      assertThat(post(demo, claiming("shop", shop, near)).codes()).isEmpty();
      Object arabic = named("ar", "ابراهيم");
      assertThat(post(demo, claiming("shop", shop, arabic)).codes()).containsExactly("IDA-MPA-006");
      assertThat(post(demo, claiming("bazaar", bazaar, arabic)).codes()).isEmpty();
    }
  }

  private static Reply signed(
      DemoServer demo, byte[] body, byte[] covered, Provisioning.Onboarded by) throws Exception {
    var jws =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .x509CertChain(
                    List.of(
                        com.nimbusds.jose.util.Base64.encode(by.chain().getFirst().getEncoded())))
                .build(),
            new Payload(
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(covered))));
    jws.sign(new RSASSASigner(Objects.requireNonNull(by.privateKey())));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> reply =
          http.send(
              HttpRequest.newBuilder(URI.create(demo.url() + "/identity/auth/v1.0"))
                  .header("Content-Type", "application/json")
                  .header("Authorization", jws.serialize())
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(reply.statusCode(), Json.readObject(reply.body()).orElseThrow());
    }
  }

  @Test
  void aSignedRequestIsItsRelyingPartysAndAsItWasSigned() throws Exception {
    try (DemoServer demo =
        DemoServer.in(
            data, Map.of("doors.identity-v1.request-signatures", "required"), Clock.systemUTC())) {
      Provisioning provisioning = demo.server().platform().provisioning();
      Provisioning.Onboarded bank = onboarded(provisioning, "bank");
      Provisioning.Onboarded other = onboarded(provisioning, "other");
      String licence = provisioning.issueLicence("test", "bank", List.of(), null, null);
      demo.server().platform().refresh();
      Map<String, Object> asked = body("bank", licence, right());
      asked.put("requestedAuth", Map.of("pin", true));
      byte[] body = Json.write(asked);
      assertThat(signed(demo, body, body, bank).codes()).isEmpty();
      assertThat(signed(demo, body, "another".getBytes(StandardCharsets.UTF_8), bank).codes())
          .containsExactly("IDA-TSA-001");
      assertThat(signed(demo, body, body, other).json().get("err").get(0).toString())
          .contains("IDA-TSA-001", "Invalid certificate");
      assertThat(post(demo, asked).codes()).as("unsigned").containsExactly("IDA-TSA-001");
    }
  }

  private static Provisioning.Onboarded onboarded(Provisioning provisioning, String id) {
    Provisioning.Onboarded onboarded =
        provisioning.onboard("test", id, id, new PartnerKey.Generated(id), "demo-policy");
    provisioning.registerTsp("test", id, id, "demo-tsp-policy");
    return onboarded;
  }
}

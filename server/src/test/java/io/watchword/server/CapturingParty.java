package io.watchword.server;

import io.watchword.server.RelyingParty.Draft;
import io.watchword.server.RelyingParty.Reply;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.KeyUse;
import io.watchword.testkit.device.CaptureOrder;
import io.watchword.testkit.device.DeviceAuthority;
import io.watchword.testkit.device.Shot;
import io.watchword.testkit.device.SoftwareDevice;
import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the demo about people by their bodies, at both doors that take captures. */
final class CapturingParty implements AutoCloseable {

  static final String TRANSACTION = "1234567890";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final DemoServer demo;
  private final RelyingParty partner;
  private final SoftwareDevice device;
  private final String licence;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Has the demo trust a device of its own. */
  CapturingParty(DemoServer demo) throws IOException, CertificateEncodingException {
    this.demo = demo;
    this.partner = RelyingParty.of(demo);
    Instant from = Instant.now().minus(Duration.ofDays(1));
    var devices = new DeviceAuthority("Device authority", from, RANDOM);
    var trustModules = new DeviceAuthority("Trust module authority", from, RANDOM);
    var authorities = demo.server().platform().provisioning().authorities();
    authorities.trust("test", Domain.DEVICE, devices.certificate().getEncoded());
    authorities.trust("test", Domain.FTM, trustModules.certificate().getEncoded());
    demo.server().platform().refresh();
    this.device = new SoftwareDevice(devices, trustModules, RANDOM);
    this.licence =
        Json.mapper()
            .readTree(Files.readAllBytes(demo.data().resolve("credentials.json")))
            .get("tsp")
            .get("licenseKey")
            .stringValue();
  }

  /**
   * A capture for the identity v1 door.
   *
   * @param type {@code FINGER}, {@code IRIS} or {@code FACE}
   * @param subType empty: none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Given(String type, String subType, byte[] record) {

    static Given finger(String position, byte[] record) {
      return new Given("FINGER", position, record);
    }

    private String bioType() {
      return Map.of("FINGER", "FTD", "IRIS", "IID", "FACE", "FID").get(type);
    }
  }

  /**
   * Codes of the faults at the identity v1 door; empty: yes.
   *
   * @param pin besides the captures; empty: none
   */
  List<String> atIdentityV1(String uin, String pin, Given... given) throws Exception {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", "mosip.identity.auth");
    body.put("tspID", "tsp54321");
    body.put("licenseKey", licence);
    body.put("transactionID", TRANSACTION);
    body.put("requestTime", Instant.now().toString().substring(0, 19) + ".000Z");
    body.putObject("requestedAuth").put("bio", true).put("pin", !pin.isEmpty());
    var declared = new LinkedHashMap<String, String>();
    for (Given each : given) {
      declared.put(each.bioType(), each.type());
    }
    ArrayNode metadata = body.putArray("bioMetadata");
    for (String bioType : declared.keySet()) {
      ObjectNode entry = metadata.addObject().put("bioType", bioType);
      entry.putObject("deviceInfo").put("deviceId", "").put("make", "").put("model", "");
    }
    ObjectNode request = body.putObject("request");
    ObjectNode identity = request.putObject("identity");
    identity.put("UIN", uin);
    ArrayNode captures = identity.putArray("biometricData");
    for (Given each : given) {
      ObjectNode capture = captures.addObject().put("type", each.type());
      if (!each.subType().isEmpty()) {
        capture.put("subType", each.subType());
      }
      capture.put("value", Base64.getEncoder().encodeToString(each.record()));
    }
    if (!pin.isEmpty()) {
      request.putObject("otherFactors").put("spin", pin);
    }
    HttpResponse<byte[]> reply =
        http.send(
            HttpRequest.newBuilder(URI.create(demo.url() + "/identity/auth/v1.0"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    ObjectNode json = Json.readObject(reply.body()).orElseThrow();
    boolean yes = json.get("status").stringValue().equals("Y");
    if (yes != json.get("err").isEmpty()) {
      throw new AssertionError("status and faults do not agree: " + json);
    }
    return json.get("err").valueStream().map(e -> e.get("code").stringValue()).toList();
  }

  /**
   * The answer of the IDA door.
   *
   * @param operation {@code auth} or {@code kyc}
   */
  Reply atIda(String operation, String uin, Shot... shots) {
    Draft draft = partner.auth(operation, uin, TRANSACTION);
    var order =
        new CaptureOrder(
            demo.server().platform().keys().certificate(KeyUse.IDA_FIR),
            TRANSACTION,
            draft.outer().get("domainUri").stringValue(),
            draft.outer().get("env").stringValue(),
            Instant.now());
    draft.inner().set("biometrics", device.capture(order, List.of(shots)));
    return partner.send(draft);
  }

  /** The identity in an answer of {@code kyc}. */
  ObjectNode identity(Reply reply) {
    return partner.identity(reply);
  }

  @Override
  public void close() {
    http.close();
    partner.close();
  }
}

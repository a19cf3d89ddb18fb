package io.watchword.bench;

import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A phone with an app and a key of its own (contract mobile 2 and 3), for one thread at a time. */
final class MobilePhone {

  /** Calls of a login: started, scanned, accepted, told, redeemed. */
  static final int CALLS = 5;

  private static final String API = "/oauth/mobile-auth/v1/";

  private final String url;
  private final String server;
  private final String device;
  private final KeyPair keys;
  private final DeviceKey key;
  private String token = "";
  private String profile = "";
  private HttpConnection connection;

  /**
   * @param server what the server calls itself
   */
  MobilePhone(String url, String server, String device) throws IOException {
    this.url = url;
    this.server = server;
    this.device = device;
    this.connection = new HttpConnection(url);
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
    this.key = DeviceKey.of((ECPublicKey) keys.getPublic());
  }

  /** What the server asks the person, in its words. */
  record Question(ObjectNode json) {}

  /** Logs the person in to the app and gives the phone its key. */
  void enroll(String app, String user, String password) throws IOException {
    ObjectNode tokens =
        post(
            "/oauth/token",
            "application/x-www-form-urlencoded",
            "grant_type=password&client_id=%s&username=%s&password=%s"
                .formatted(app, user, password),
            200);
    token = tokens.path("access_token").asString();
    profile = tokens.path("profile_id").asString();
    ObjectNode offer =
        post(
            API + "enrollments",
            Map.of(
                "profile_id",
                profile,
                "app_id",
                app,
                "device",
                Map.of("id", device, "name", "A phone", "platform", "android")),
            201);
    String enrollment = offer.path("enrollment_id").asString();
    var signed =
        new SignedText.Enroll(
            server, enrollment, app, profile, device, key.id(), offer.path("challenge").asString());
    ObjectNode _ =
        post(
            API + "enrollments/" + enrollment + "/confirm",
            Map.of(
                "jwk",
                Map.of("kty", "EC", "crv", "P-256", "x", key.x(), "y", key.y()),
                "signature",
                sign(signed)),
            201);
  }

  Question scan(String otp) throws IOException {
    String nonce = Base64Url.encode(new byte[16]);
    String transaction =
        ScannedCode.read(otp).map(code -> code.transaction().toString()).orElse("none");
    var signed =
        new SignedText.Claim(
            server, transaction, device, key.id(), profile, SignedText.hash(otp), "camera", nonce);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("otp", otp);
    body.put("profile_id", profile);
    body.put("device_id", device);
    body.put("key_id", key.id());
    body.put("source", "camera");
    body.put("nonce", nonce);
    body.put("signature", sign(signed));
    return new Question(post(API + "otp/claims", body, 200));
  }

  void accept(Question question) throws IOException {
    ObjectNode asked = question.json();
    var signed =
        new SignedText.Answer(
            server,
            asked.path("transaction_id").asString(),
            device,
            key.id(),
            profile,
            asked.path("challenge").asString(),
            asked.path("type").asString(),
            asked.has("origin") ? asked.path("origin").asString() : null,
            SignedText.hash(asked.path("message").asString()),
            "accept",
            null,
            null,
            asked.path("expires").longValue());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("device_id", device);
    body.put("key_id", key.id());
    body.put("decision", "accept");
    body.put("signature", sign(signed));
    ObjectNode _ =
        post(
            API + "otp/transactions/" + asked.path("transaction_id").asString() + "/answer",
            body,
            200);
  }

  private String sign(SignedText text) {
    try {
      return Base64Url.encode(DeviceKey.sign(keys.getPrivate(), text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has ECDSA", e);
    }
  }

  private ObjectNode post(String path, Map<String, Object> body, int status) throws IOException {
    return post(
        path, "application/json", new String(Json.write(body), StandardCharsets.UTF_8), status);
  }

  private synchronized ObjectNode post(String path, String type, String body, int status)
      throws IOException {
    byte[] message =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
                + type
                + (token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + token)
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body)
            .getBytes(StandardCharsets.US_ASCII);
    HttpConnection.Answer answer;
    try {
      answer = connection.exchange(message);
    } catch (IOException e) {
      // The server ends connections that stay idle.
      connection.close();
      connection = new HttpConnection(url);
      answer = connection.exchange(message);
    }
    if (answer.status() != status) {
      throw new IOException(path + ": " + answer.status() + " " + answer.body());
    }
    return Json.readObject(answer.body().getBytes(StandardCharsets.UTF_8))
        .orElseGet(() -> Json.mapper().createObjectNode());
  }
}

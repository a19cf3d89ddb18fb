package io.watchword.client.mobile;

import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The device API of contract mobile 3 with one login at a time. It verifies every signature of the
 * device and signs with the server key of the contract's vectors.
 */
final class MobileCounterpart extends HttpCounterpart {

  static final String PROFILE = "W8DUJ2";
  static final String TOKEN = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl";
  static final String MESSAGE = "Log in to Example Shop?\nSpend: 10 \u20ac \u2013 caf\u00e9";
  static final String NUMBER = "42";

  static final String BEGIN = "/enrollments";
  static final String CONFIRM = "/confirm";
  static final String CURRENT = "/enrollments/current";
  static final String CLAIM = "/claims";
  static final String ANSWER = "/answer";

  private static final DeviceKey SERVER_KEY =
      DeviceKey.of(
              "ecE_kzPuTaUlZM71bGw0AYHPuL8Ty6oyIXTz-9HOSFU",
              "Hd9JqqZ6Tqvf9sENYMCZbz9SIB9QTUOKLdqS4gZNh2g")
          .orElseThrow();

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A key that was enrolled. */
  record Device(String profile, String id, DeviceKey key) {}

  /** An enrollment that was begun. */
  private record Begun(String profile, String app, String device, String challenge) {}

  private final Map<String, String> profiles = new ConcurrentHashMap<>(Map.of(TOKEN, PROFILE));
  private final Map<String, Begun> begun = new ConcurrentHashMap<>();
  private final Map<String, Device> devices = new ConcurrentHashMap<>();
  private final Map<String, Queue<UnaryOperator<Reply>>> changes = new ConcurrentHashMap<>();
  private final Map<String, Queue<Reply>> refusals = new ConcurrentHashMap<>();
  private final UUID transaction = UUID.randomUUID();
  private final byte[] otp = random(16);
  private final PrivateKey signing;

  // The login.
  private String confirm = "tap";
  private int life = 120;
  private volatile UnaryOperator<SignedText.Challenge> signed = UnaryOperator.identity();
  private volatile UnaryOperator<ObjectNode> sent = UnaryOperator.identity();
  private @Nullable Device claimant;
  private final String challenge = Base64Url.encode(random(32));
  private String state = "created";
  private int attempts = 2;

  MobileCounterpart() {
    this(null);
  }

  MobileCounterpart(@Nullable SSLContext tls) {
    super(tls);
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      ECParameterSpec curve = parameters.getParameterSpec(ECParameterSpec.class);
      byte[] seed =
          MessageDigest.getInstance("SHA-256")
              .digest("mauth test server key".getBytes(StandardCharsets.UTF_8));
      BigInteger scalar = new BigInteger(1, seed).mod(curve.getOrder());
      signing = KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(scalar, curve));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    start();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** The code on the login page, in its long form. */
  String code() {
    return new ScannedCode.Fixed(transaction, otp).text();
  }

  String shortCode() {
    return new ScannedCode.Fixed(transaction, otp).shortText();
  }

  String transaction() {
    return transaction.toString();
  }

  String challenge() {
    return challenge;
  }

  synchronized String state() {
    return state;
  }

  Map<String, Device> devices() {
    return devices;
  }

  synchronized void asksFor(String confirmation) {
    confirm = confirmation;
  }

  synchronized void livesFor(int seconds) {
    life = seconds;
  }

  /** Lets the server sign something else than it sends. */
  void signs(UnaryOperator<SignedText.Challenge> change) {
    signed = change;
  }

  /** Changes the reply to a claim after it was signed. */
  void sends(UnaryOperator<ObjectNode> change) {
    sent = change;
  }

  void admits(String token, String profile) {
    profiles.put(token, profile);
  }

  /** The next reply to a path is another; the server has acted nevertheless. */
  void nextReply(String end, UnaryOperator<Reply> change) {
    changes.computeIfAbsent(end, each -> new ConcurrentLinkedQueue<>()).add(change);
  }

  /** The next request to a path gets this and does nothing. */
  void refuseNext(String end, Reply reply) {
    refusals.computeIfAbsent(end, each -> new ConcurrentLinkedQueue<>()).add(reply);
  }

  @Override
  protected synchronized Reply answer(Received request) throws Exception {
    String path = request.path().replace("/oauth/mobile-auth/v1", "");
    Reply refusal = next(refusals, path);
    if (refusal != null) {
      return refusal;
    }
    String profile = profiles.get(request.header("Authorization").replace("Bearer ", ""));
    Reply reply = profile == null ? Reply.error(401, "invalid_token") : story(request, profile);
    UnaryOperator<Reply> change = next(changes, path);
    return change == null ? reply : change.apply(reply);
  }

  private static <T> @Nullable T next(Map<String, Queue<T>> queues, String path) {
    for (Map.Entry<String, Queue<T>> each : queues.entrySet()) {
      if (path.endsWith(each.getKey())) {
        return each.getValue().poll();
      }
    }
    return null;
  }

  private Reply story(Received request, String profile) throws Exception {
    String path = request.path().replace("/oauth/mobile-auth/v1", "");
    if (path.equals(BEGIN)) {
      return begin(request.json(), profile);
    }
    if (path.endsWith(CONFIRM)) {
      return confirm(request.json(), path.split("/")[2], profile);
    }
    if (path.equals(CURRENT) && request.method().equals("DELETE")) {
      return devices.remove(request.query().replace("key_id=", "")) == null
          ? Reply.error(403, "not_enrolled")
          : Reply.of(204, "");
    }
    if (path.equals("/otp/claims")) {
      return claim(request.json(), profile);
    }
    if (path.equals("/otp/transactions/" + transaction + ANSWER)) {
      return decide(request.json(), profile);
    }
    return Reply.of(404, "no such page");
  }

  private Reply begin(ObjectNode body, String profile) {
    if (!text(body, "profile_id").equals(profile)) {
      return Reply.error(403, "invalid_token");
    }
    String id = UUID.randomUUID().toString();
    String fresh = Base64Url.encode(random(32));
    begun.put(id, new Begun(profile, text(body, "app_id"), text(body.path("device"), "id"), fresh));
    Map<String, String> jwk =
        Map.of(
            "kty",
            "EC",
            "crv",
            "P-256",
            "kid",
            SERVER_KEY.id(),
            "x",
            SERVER_KEY.x(),
            "y",
            SERVER_KEY.y());
    return Reply.of(
        201,
        Map.of(
            "enrollment_id",
            id,
            "challenge",
            fresh,
            "expires_in",
            120,
            "server",
            url().toString(),
            "jwks",
            Map.of("keys", List.of(Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB"), jwk))));
  }

  private Reply confirm(ObjectNode body, String id, String profile) {
    Begun known = begun.get(id);
    if (known == null || !known.profile().equals(profile)) {
      return Reply.error(404, "not_found");
    }
    JsonNode jwk = body.path("jwk");
    DeviceKey key = DeviceKey.of(text(jwk, "x"), text(jwk, "y")).orElseThrow();
    SignedText text =
        new SignedText.Enroll(
            url().toString(),
            id,
            known.app(),
            known.profile(),
            known.device(),
            key.id(),
            known.challenge());
    if (!key.verifies(text, Base64Url.decode(text(body, "signature")))) {
      return Reply.error(400, "invalid_answer");
    }
    devices.put(key.id(), new Device(profile, known.device(), key));
    return Reply.of(
        201, Map.of("device_id", known.device(), "key_id", key.id(), "enrolled_at", 1_767_225_600));
  }

  private Reply claim(ObjectNode body, String profile) throws Exception {
    Device device = devices.get(text(body, "key_id"));
    if (device == null
        || !device.profile().equals(profile)
        || !device.id().equals(text(body, "device_id"))) {
      return Reply.error(403, "not_enrolled");
    }
    SignedText.Claim claim =
        new SignedText.Claim(
            url().toString(),
            transaction(),
            device.id(),
            device.key().id(),
            profile,
            SignedText.hash(text(body, "otp")),
            text(body, "source"),
            text(body, "nonce"));
    if (!device.key().verifies(claim, Base64Url.decode(text(body, "signature")))) {
      return Reply.error(400, "invalid_answer");
    }
    if (!(ScannedCode.read(text(body, "otp")).orElseThrow() instanceof ScannedCode.Fixed code)
        || !Arrays.equals(code.otp(), otp)) {
      return Reply.error(404, "not_found");
    }
    if (!text(body, "source").equals("camera")) {
      return Reply.error(403, "wrong_channel");
    }
    if (claimant != null && !claimant.equals(device)) {
      return Reply.error(409, "already_claimed");
    }
    claimant = device;
    state = "claimed";
    return asked(claim);
  }

  private Reply asked(SignedText.Claim claim) throws Exception {
    List<String> numbers = confirm.equals("choose") ? List.of("17", NUMBER, "83") : List.of();
    SignedText.Challenge text =
        new SignedText.Challenge(
            claim.server(),
            claim.transaction(),
            claim.device(),
            claim.key(),
            claim.profile(),
            claim.nonce(),
            challenge,
            "qr-code",
            "https://shop.example.com",
            SignedText.hash(MESSAGE),
            confirm,
            numbers,
            1_767_225_720);
    ObjectNode reply = Json.mapper().createObjectNode();
    reply.put("transaction_id", transaction());
    reply.put("type", "qr-code");
    reply.put("message", MESSAGE);
    reply.put("origin", "https://shop.example.com");
    reply.put("portal_name", "Example Shop");
    reply.putObject("context").put("os", "Linux").put("country", "NL").put("proximity", "unknown");
    reply.put("challenge", challenge);
    reply.put("confirm", confirm);
    if (!numbers.isEmpty()) {
      numbers.forEach(reply.putArray("numbers")::add);
    }
    reply.put("expires", 1_767_225_720);
    reply.put("expires_in", life);
    reply.put("server_key_id", SERVER_KEY.id());
    reply.put("server_signature", Base64Url.encode(DeviceKey.sign(signing, signed.apply(text))));
    return Reply.of(200, sent.apply(reply));
  }

  private Reply decide(ObjectNode body, String profile) {
    Device device = claimant;
    if (device == null || !device.key().id().equals(text(body, "key_id"))) {
      return Reply.error(403, "not_enrolled");
    }
    if (!devices.containsKey(device.key().id())) {
      return Reply.error(403, "revoked");
    }
    String decision = text(body, "decision");
    SignedText text =
        new SignedText.Answer(
            url().toString(),
            transaction(),
            device.id(),
            device.key().id(),
            profile,
            challenge,
            "qr-code",
            "https://shop.example.com",
            SignedText.hash(MESSAGE),
            decision,
            body.path("number").isNull() ? null : text(body, "number"),
            body.path("reason").isNull() ? null : text(body, "reason"),
            1_767_225_720);
    if (!device.key().verifies(text, Base64Url.decode(text(body, "signature")))) {
      return Reply.error(400, "invalid_answer");
    }
    String wanted = decision.equals("accept") ? "accepted" : "denied";
    if (!state.equals("claimed") && !state.equals(wanted)) {
      return Reply.error(409, "already_decided");
    }
    if (wanted.equals("accepted")
        && !confirm.equals("tap")
        && !text(body, "number").equals(NUMBER)) {
      attempts = confirm.equals("enter") ? attempts - 1 : 0;
      if (attempts > 0) {
        return Reply.of(403, Map.of("error", "try_again", "attempts_left", attempts));
      }
      state = "denied(wrong_number)";
      return Reply.error(403, "wrong_number");
    }
    state = wanted;
    return Reply.of(200, Map.of("status", state));
  }

  private static String text(JsonNode object, String member) {
    return object.path(member).stringValue("");
  }
}

package io.watchword.server.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.wire.ida.Json;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A phone with an app, and a portal beside it, that speak the wire to the byte and can bend every
 * part of it. For tests of this module.
 */
public final class Phone {

  static final String APP = "demo-app";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Supplier<String> base;
  private final String server;
  public final String device;
  final KeyPair keys;
  public String token = "";
  public String refresh = "";
  public String profile = "";

  Phone(DemoServer demo, String server, String device) {
    this(demo::url, server, device);
  }

  /**
   * @param base where the server listens
   * @param server what it calls itself
   */
  public Phone(Supplier<String> base, String server, String device) {
    this.base = base;
    this.server = server;
    this.device = device;
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An answer as it came. */
  public record Reply(int status, Map<String, List<String>> headers, ObjectNode json) {

    public String text(String member) {
      return json.path(member).asString("");
    }

    /** Status and error. */
    String refusal() {
      return status + " " + text("error");
    }
  }

  static Reply send(DemoServer demo, HttpRequest.Builder request, String path) {
    return send(demo::url, request, path);
  }

  private static Reply send(Supplier<String> base, HttpRequest.Builder request, String path) {
    try {
      HttpResponse<byte[]> response =
          HTTP.send(
              request.uri(URI.create(base.get() + path)).timeout(Duration.ofSeconds(60)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(
          response.statusCode(),
          response.headers().map(),
          Json.readObject(response.body()).orElseGet(() -> Json.mapper().createObjectNode()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static HttpRequest.Builder form(Map<String, String> fields) {
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            BodyPublishers.ofString(
                fields.entrySet().stream()
                    .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                    .collect(Collectors.joining("&"))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Asks for tokens. */
  public Reply tokens(Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.putIfAbsent("client_id", APP);
    Reply reply = send(base, form(all), "/oauth/token");
    if (reply.status() == 200) {
      token = reply.text("access_token");
      refresh = reply.text("refresh_token");
      profile = reply.text("profile_id");
    }
    return reply;
  }

  HttpRequest.Builder json(Object body) {
    return HttpRequest.newBuilder()
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofByteArray(Json.write(body)));
  }

  DeviceKey key() {
    return DeviceKey.of((ECPublicKey) keys.getPublic());
  }

  byte[] sign(SignedText text) {
    try {
      return DeviceKey.sign(keys.getPrivate(), text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Offers and confirms. */
  public Reply enroll() {
    Reply offer = offer();
    return offer.status() == 201 ? confirm(offer) : offer;
  }

  Reply offer() {
    return send(
        base,
        json(
            Map.of(
                "profile_id",
                profile,
                "app_id",
                APP,
                "device",
                Map.of("id", device, "name", "A phone", "platform", "android"))),
        "/oauth/mobile-auth/v1/enrollments");
  }

  Reply confirm(Reply offer) {
    var signed =
        new SignedText.Enroll(
            server,
            offer.text("enrollment_id"),
            APP,
            profile,
            device,
            key().id(),
            offer.text("challenge"));
    return send(
        base,
        json(
            Map.of(
                "jwk",
                Map.of("kty", "EC", "crv", "P-256", "x", key().x(), "y", key().y()),
                "signature",
                Base64Url.encode(sign(signed)))),
        "/oauth/mobile-auth/v1/enrollments/" + offer.text("enrollment_id") + "/confirm");
  }

  /** Scans a code. */
  public Reply claim(String otp) {
    return claim(otp, "camera");
  }

  Reply claim(String otp, String source) {
    String nonce = Base64Url.encode(new byte[16]);
    String transaction =
        ScannedCode.read(otp).map(code -> code.transaction().toString()).orElse("none");
    var signed =
        new SignedText.Claim(
            server, transaction, device, key().id(), profile, SignedText.hash(otp), source, nonce);
    return send(
        base,
        json(claimBody(otp, source, nonce, sign(signed))),
        "/oauth/mobile-auth/v1/otp/claims");
  }

  Map<String, Object> claimBody(String otp, String source, String nonce, byte[] signature) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("otp", otp);
    body.put("profile_id", profile);
    body.put("device_id", device);
    body.put("key_id", key().id());
    body.put("source", source);
    body.put("nonce", nonce);
    body.put("signature", Base64Url.encode(signature));
    return body;
  }

  /** What a phone signs for an answer to a question. */
  SignedText.Answer signed(
      Reply question, String decision, @Nullable String number, @Nullable String reason) {
    return new SignedText.Answer(
        server,
        question.text("transaction_id"),
        device,
        key().id(),
        profile,
        question.text("challenge"),
        question.text("type"),
        question.json().has("origin") ? question.text("origin") : null,
        SignedText.hash(question.text("message")),
        decision,
        number,
        reason,
        question.json().path("expires").longValue());
  }

  public Reply answer(Reply question, String decision) {
    return answer(question, decision, null, null);
  }

  Reply answer(Reply question, String decision, @Nullable String number, @Nullable String reason) {
    return answer(
        question, decision, number, reason, sign(signed(question, decision, number, reason)));
  }

  Reply answer(
      Reply question,
      String decision,
      @Nullable String number,
      @Nullable String reason,
      byte[] signature) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("device_id", device);
    body.put("key_id", key().id());
    body.put("decision", decision);
    body.put("number", number);
    body.put("reason", reason);
    body.put("signature", Base64Url.encode(signature));
    return send(
        base,
        json(body),
        "/oauth/mobile-auth/v1/otp/transactions/" + question.text("transaction_id") + "/answer");
  }

  /** A portal's back end. */
  public record Portal(Supplier<String> base, String id, String secret) {

    Portal(DemoServer demo, String id, String secret) {
      this(demo::url, id, secret);
    }

    private HttpRequest.Builder signed(HttpRequest.Builder request) {
      return request.header(
          "Authorization",
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8)));
    }

    public Reply start(Map<String, String> fields) {
      return send(base, signed(form(fields)), "/oauth/api/v4/authenticate/user");
    }

    /** One that the server began; fields besides the type are told as name, value, and so on. */
    Reply started(String type, String... more) {
      Map<String, String> fields = new HashMap<>(Map.of("type", type));
      for (int i = 0; i < more.length; i += 2) {
        fields.put(more[i], more[i + 1]);
      }
      Reply reply = start(fields);
      assertThat(reply.status()).as("%s", reply.json()).isEqualTo(200);
      return reply;
    }

    public Reply result(String transaction) {
      return result(transaction, "");
    }

    public Reply result(String transaction, String query) {
      return send(
          base,
          signed(HttpRequest.newBuilder().GET()),
          "/oauth/api/v4/authenticate/transaction/" + transaction + query);
    }

    /** Any other call. */
    Reply call(String method, String path) {
      return send(
          base,
          signed(HttpRequest.newBuilder().method(method, BodyPublishers.noBody())),
          "/oauth/api/v4/" + path);
    }

    public Reply post(String transaction, String verb, Map<String, String> fields) {
      return send(
          base,
          signed(form(fields)),
          "/oauth/api/v4/authenticate/transaction/" + transaction + "/" + verb);
    }
  }
}

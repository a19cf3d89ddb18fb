package io.watchword.server;

import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the kernel services of a demo as any HTTP client would, and can bend every part of a call.
 * Thread-safe. For tests of this module.
 */
public final class KernelClient implements AutoCloseable {

  private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(60))
          .build();
  private final DemoServer demo;

  public KernelClient(DemoServer demo) {
    this.demo = demo;
  }

  /** An answer as it came. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, Map<String, List<String>> headers, byte[] body) {

    public ObjectNode json() {
      return Json.readObject(body).orElseThrow(() -> new AssertionError("no JSON object"));
    }

    /** Codes and messages of its errors; empty: there is no such member. */
    public List<String> errors() {
      var errors = new ArrayList<String>();
      json()
          .path("errors")
          .forEach(each ->
              errors.add(
                  each.path("errorCode").stringValue("")
                      + " "
                      + each.path("message").stringValue("")));
      return errors;
    }

    /** A member of {@code response}. */
    public String told(String member) {
      JsonNode node = json().path("response").path(member);
      return node.isString() ? node.stringValue() : String.valueOf(node);
    }

    public Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The token of its cookie. */
    public Optional<String> cookie() {
      return header("set-cookie")
          .map(text -> text.substring(text.indexOf('=') + 1, text.indexOf(';')));
    }
  }

  /** What is sent. */
  public static final class Call {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = new byte[0];

    private Call(String method, String path) {
      this.method = method;
      this.path = path;
    }

    public Call header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    public Call token(String token) {
      return header("Cookie", "Authorization=" + token);
    }

    public Call text(String text) {
      body = text.getBytes(StandardCharsets.UTF_8);
      return this;
    }
  }

  /** A call without a body. */
  public static Call call(String method, String path) {
    return new Call(method, path);
  }

  /** A call with an envelope; {@code members} are names and values in turn. */
  public static Call post(String path, Object... members) {
    ObjectNode request = Json.mapper().createObjectNode();
    for (int i = 0; i < members.length; i += 2) {
      request.set((String) members[i], Json.mapper().valueToTree(members[i + 1]));
    }
    ObjectNode envelope = Json.mapper().createObjectNode();
    envelope.put("id", "mosip.any.id").put("version", "1.0");
    envelope.put("requesttime", "2019-04-29T07:01:24.692Z");
    envelope.set("request", request);
    Call call = call("POST", path).header("Content-Type", "application/json");
    call.body = Json.write(envelope);
    return call;
  }

  public Reply send(Call call) {
    var request =
        HttpRequest.newBuilder(URI.create(demo.url() + call.path))
            .timeout(Duration.ofSeconds(60))
            .method(
                call.method,
                call.body.length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(call.body));
    call.headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks for a code by mail. */
  public Reply sendOtp(String application, String type, String userId, String... channels) {
    return send(
        post(
            "/v1/authmanager/authenticate/sendotp",
            "userid",
            userId,
            "otpchannel",
            List.of(channels),
            "useridtype",
            type,
            "appid",
            application,
            "context",
            "auth-otp",
            "templateVariables",
            Map.of("UIN", "2530192395")));
  }

  public Reply userOtp(String userId, String code, String application) {
    return send(
        post(
            "/v1/authmanager/authenticate/useridOTP",
            "userid",
            userId,
            "otp",
            code,
            "appid",
            application));
  }

  /** The code in the newest letter to an address. */
  public String code(String address) {
    Matcher code = CODE.matcher(demo.letters(address).get(0).get("text").stringValue());
    if (!code.find()) {
      throw new AssertionError("no code in the letter");
    }
    return code.group();
  }

  /** A code that is not this one. */
  public static String wrong(String code) {
    return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
  }

  /** The demo's credentials. */
  public JsonNode credentials() {
    try {
      return Json.mapper().readTree(Files.readAllBytes(demo.data().resolve("credentials.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Logs the demo's client in. */
  public String clientToken() {
    JsonNode client = credentials().get("kernelClient");
    Reply reply =
        send(
            post(
                "/v1/authmanager/authenticate/clientidsecretkey",
                "clientid",
                client.get("clientId").stringValue(),
                "secretkey",
                client.get("secretKey").stringValue()));
    return reply.header("authorization").orElseThrow(() -> new AssertionError(reply.json()));
  }

  public Reply generate(@Nullable String token, String key) {
    Call call = post("/v1/otpmanager/otp/generate", "key", key);
    return send(token == null ? call : call.token(token));
  }

  public Reply validate(String token, String key, String otp) {
    return send(
        call(
                "GET",
                "/v1/otpmanager/otp/validate?key=%s&otp=%s"
                    .formatted(
                        URLEncoder.encode(key, StandardCharsets.UTF_8),
                        URLEncoder.encode(otp, StandardCharsets.UTF_8)))
            .token(token));
  }

  @Override
  public void close() {
    http.close();
  }
}

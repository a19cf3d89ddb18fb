package io.watchword.server.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.ida.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A relying party of the identity v1 door, right and clumsy, with marks all over. */
final class EarlyVisit {

  private static final Pattern CODE = Pattern.compile("(?<![0-9])[0-9]{6}(?![0-9])");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX");

  private final String url;
  private final Marks marks;
  private final MarkedPerson person;
  private final Visit.Letters letters;
  private final String licence;
  private final JsonNode client;
  private final int number;
  private String token = "";

  EarlyVisit(
      String url, Path data, Marks marks, MarkedPerson person, Visit.Letters letters, int number)
      throws IOException {
    JsonNode credentials =
        Json.mapper().readTree(Files.readAllBytes(data.resolve("credentials.json")));
    this.url = url;
    this.marks = marks;
    this.person = person;
    this.letters = letters;
    this.number = number;
    this.licence =
        marks.add("licence key of a TSP", credentials.get("tsp").get("licenseKey").stringValue());
    this.client = credentials.get("kernelClient");
  }

  void make() throws Exception {
    String pin = marks.add("PIN", "73190" + number);
    token = marks.add("token of a program", logIn());
    assertThat(
            post(
                    "/identity/static-pin/v1.0",
                    Map.of(
                        "id",
                        "mosip.identity.static-pin",
                        "requestTime",
                        now(),
                        "request",
                        Map.of("identity", Map.of("UIN", person.uin), "staticPin", pin)))
                .status())
        .isEqualTo(200);
    JsonNode vid = post("/identity/vid/v1.0/" + person.uin, Map.of()).json();
    marks.add("generated VID", vid.get("response").get("vid").stringValue());

    assertThat(ask().status()).isEqualTo(200);
    String code = code();
    String guess = marks.add("guessed PIN", "28461" + number);
    Map<String, Object> right =
        Map.of("otherFactors", Map.of("totp", code, "spin", pin), "identity", identity());
    Map<String, Object> wrong =
        Map.of(
            "otherFactors",
            Map.of("totp", marks.add("guessed code", "50372" + number), "spin", guess),
            "identity",
            Map.of(
                "UIN",
                person.uin,
                "name",
                List.of(Map.of("value", marks.fresh("wrong name"))),
                "fullAddress",
                marks.fresh("wrong address"),
                "emailId",
                "canary.wrong." + number + "@aviary.example",
                "biometricData",
                captured("LEFT_RING")));
    assertThat(authenticate(wrong).status()).isEqualTo(500);
    Answer kyc = authenticate(right);
    assertThat(kyc.json().get("status").stringValue()).as("%s", kyc.json()).isEqualTo("Y");
    marks.add("static token", kyc.json().get("staticToken").stringValue());

    // What is none of the format's words is not written down either.
    authenticate(Map.of("identity", Map.of("UIN", marks.fresh("no UIN"))));
    post("/identity/auth/v1.0", body(marks.fresh("no container")));
    send("/identity/auth/v1.0", "{\"licenseKey\": \"" + marks.fresh("broken JSON"));
    post("/identity/vid/v1.0/" + marks.fresh("no UIN in a path"), Map.of());
  }

  private Map<String, Object> identity() {
    return Map.of(
        "UIN",
        person.uin,
        "emailId",
        List.of(Map.of("language", "fr", "value", person.email)),
        "biometricData",
        captured("RIGHT_THUMB"));
  }

  private List<Map<String, String>> captured(String subType) {
    return List.of(Map.of("type", "FINGER", "subType", subType, "value", person.capture));
  }

  private String logIn() throws Exception {
    HttpResponse<String> reply =
        send(
            "/v1/authmanager/authenticate/clientidsecretkey",
            new String(Json.write(Map.of("request", client)), StandardCharsets.UTF_8));
    return reply.headers().firstValue("Authorization").orElseThrow();
  }

  private static String now() {
    return TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
  }

  private Answer ask() throws Exception {
    return post(
        "/identity/otp/v1.0",
        Map.of(
            "id",
            "mosip.identity.otp",
            "tspID",
            "tsp54321",
            "licenseKey",
            licence,
            "transactionID",
            "early" + number,
            "requestTime",
            now(),
            "request",
            Map.of("identity", Map.of("UIN", person.uin), "channel", Map.of("email", true))));
  }

  private String code() {
    for (String text : letters.to(person.email).reversed()) {
      Matcher code = CODE.matcher(text);
      if (code.find()) {
        return marks.add("code of the early API", code.group());
      }
    }
    throw new AssertionError("no code was sent");
  }

  private Answer authenticate(Map<String, Object> request) throws Exception {
    return post("/identity/auth/v1.0", body(request));
  }

  private Map<String, Object> body(Object request) {
    return Map.of(
        "id",
        "mosip.identity.auth",
        "tspID",
        "tsp54321",
        "licenseKey",
        licence,
        "transactionID",
        "early" + number,
        "requestTime",
        now(),
        "requestedAuth",
        Map.of("otp", true, "pin", true, "demo", true, "bio", true, "kyc", true),
        "bioMetadata",
        List.of(
            Map.of(
                "bioType",
                "FTD",
                "deviceInfo",
                Map.of("deviceId", marks.fresh("device"), "make", "", "model", ""))),
        "kycMetadata",
        Map.of("consentRequired", true),
        "request",
        request);
  }

  private record Answer(int status, ObjectNode json) {}

  private Answer post(String path, Map<String, Object> body) throws Exception {
    HttpResponse<String> reply = send(path, new String(Json.write(body), StandardCharsets.UTF_8));
    return new Answer(
        reply.statusCode(),
        Json.readObject(reply.body().getBytes(StandardCharsets.UTF_8)).orElseThrow());
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}

package io.watchword.testkit.biosdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.wire.biosdk.BiometricRecord;
import io.watchword.wire.biosdk.MatchDecision;
import io.watchword.wire.biosdk.MatchDecision.Outcome;
import io.watchword.wire.biosdk.QualityCheck;
import io.watchword.wire.biosdk.Reply;
import io.watchword.wire.biosdk.ServiceInfo;
import io.watchword.wire.cbeff.BiometricType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contract biosdk 1 to 5, by texts as other clients send them. */
class BiometricServiceTest {

  private static final BiometricService SERVICE = BiometricService.start();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @AfterAll
  static void stop() {
    CLIENT.close();
    SERVICE.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(SERVICE.address() + path));
  }

  private static HttpResponse<String> post(String path, String body) {
    return send(
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
  }

  private static String body(String path, String content) {
    HttpResponse<String> reply =
        post(
            path,
            "{\"version\":\"1.0\",\"request\":\""
                + Base64.getEncoder().encodeToString(content.getBytes(UTF_8))
                + "\"}");
    assertThat(reply.statusCode()).isEqualTo(200);
    return reply.body();
  }

  private static String errorCode(String reply) {
    JsonNode json = JsonMapper.shared().readTree(reply);
    assertThat(json.get("response").stringValue()).isEmpty();
    return json.at("/errors/0/code").stringValue();
  }

  private static String bytes(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Arrays.stream(Arrays.toString(bytes).split(" ")).collect(Collectors.joining("", "", ""));
  }

  private static String segment(String type, String format, String subtype, String bdb) {
    return "{\"bdbInfo\":{\"format\":{\"organization\":\"257\",\"type\":\""
        + format
        + "\"},\"type\":[\""
        + type
        + "\"],\"subtype\":["
        + subtype
        + "],\"level\":\"RAW\",\"purpose\":\"VERIFY\"},\"bdb\":"
        + bytes(bdb)
        + "}";
  }

  private static String finger(String subtype, String content) {
    return segment("FINGER", "7", subtype, "FIR\u0000020\u0000" + content);
  }

  private static String face(String content) {
    return segment("FACE", "8", "", "FAC\u0000030\u0000" + content);
  }

  private static String record(String... segments) {
    return "{\"segments\":[" + String.join(",", segments) + "]}";
  }

  private static String match(String modalities, String sample, String... gallery) {
    return body(
        "/match",
        "{\"sample\":"
            + sample
            + ",\"gallery\":["
            + String.join(",", gallery)
            + "],\"modalitiesToMatch\":"
            + modalities
            + ",\"flags\":null}");
  }

  private static MatchDecision[] decisions(String reply) {
    var answered =
        (Reply.Answered<MatchDecision[]>) Reply.read(reply.getBytes(UTF_8), MatchDecision[].class);
    assertThat(answered.statusCode()).isEqualTo(200);
    return answered.response();
  }

  private static Outcome outcome(BiometricType type, String reply) {
    return decisions(reply)[0].decisions().get(type).outcome();
  }

  private static int statusCode(String reply) {
    JsonNode response = JsonMapper.shared().readTree(reply).get("response");
    assertThat(response.get("response").isNull()).isTrue();
    return response.get("statusCode").intValue();
  }

  @Test
  @DisplayName("an envelope that is none is 400, another content type 415, another path 404")
  void http() {
    assertThat(post("/match", "{").statusCode()).isEqualTo(400);
    assertThat(post("/match", "[]").statusCode()).isEqualTo(400);
    assertThat(send(to("/match").POST(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(415);
    assertThat(post("/other", "{}").statusCode()).isEqualTo(404);
    assertThat(send(to("/match").GET()).statusCode()).isEqualTo(405);
    for (String path : List.of("/", "/s")) {
      assertThat(send(to(path).GET()).body()).startsWith("Service is running... ");
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{}, BIO_SDK_001",
        "{\"version\":\"2.0\"}, BIO_SDK_001",
        "{\"version\":\"1.0\"}, INVALID_REQUEST_BODY",
        "`{\"version\":\"1.0\",\"request\":\"?\"}`, INVALID_REQUEST_BODY",
        "`{\"version\":\"1.0\",\"request\":\"\"}`, BIOSDK_LIB_EXCEPTION",
        "`{\"version\":\"1.0\",\"request\":\"bnVsbA==\"}`, BIOSDK_LIB_EXCEPTION",
        "`{\"version\":\"1.0\",\"request\":\"bm8=\"}`, INVALID_REQUEST_BODY",
      })
  @DisplayName("a request that cannot be opened is told of by 200 and the contract's code")
  void envelopes(String envelope, String code) {
    HttpResponse<String> reply = post("/match", envelope);
    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(errorCode(reply.body())).isEqualTo(code);
  }

  @Test
  @DisplayName("forms of the published document page are refused, as the published service does")
  void strict() {
    String good = record(face("a"));
    String fine = match("[\"FACE\"]", good, good);
    assertThat(outcome(BiometricType.FACE, fine)).isEqualTo(Outcome.MATCHED);
    for (String bad :
        List.of(
            good.replaceAll("\"bdb\":\\[[^]]*]", "\"bdb\":\"RkFDADAzMAA=\""),
            good.replace("\"bdb\":[", "\"bdb\":[200,"),
            good.replace("\"FACE\"", "\"Face\""),
            good.replace("\"RAW\"", "\"Raw\""),
            good.replace("\"VERIFY\"", "\"Verify\""),
            good.replace("{\"format\"", "{\"creationDate\":\"2026-01-02T03:04:05Z\",\"format\""))) {
      assertThat(bad).isNotEqualTo(good);
      assertThat(errorCode(match("[\"FACE\"]", bad, good))).isEqualTo("INVALID_REQUEST_BODY");
    }
  }

  @Test
  @DisplayName("a finger matches if any pair of the same subtype agrees, in any order of its words")
  void fingers() {
    String stored =
        record(finger("\"Left\",\"IndexFinger\"", "a"), finger("\"Right\",\"Thumb\"", "b"));
    BiometricType type = BiometricType.FINGER;
    String asked = "[\"FINGER\"]";
    assertThat(outcome(type, match(asked, record(finger("\"Right\",\"Thumb\"", "a")), stored)))
        .isEqualTo(Outcome.NOT_MATCHED);
    assertThat(outcome(type, match(asked, record(finger("\"Left\",\"Thumb\"", "a")), stored)))
        .isEqualTo(Outcome.ERROR);
    assertThat(outcome(type, match(asked, record(finger("\"Thumb\",\"Right\"", "b")), stored)))
        .isEqualTo(Outcome.MATCHED);
    assertThat(outcome(type, match(asked, record(finger("\"Right Thumb\"", "b")), stored)))
        .isEqualTo(Outcome.MATCHED);
    for (String unknown : List.of("", "\"UNKNOWN\"")) {
      assertThat(outcome(type, match(asked, record(finger(unknown, "b")), stored)))
          .isEqualTo(Outcome.MATCHED);
      assertThat(outcome(type, match(asked, record(finger(unknown, "c")), stored)))
          .isEqualTo(Outcome.NOT_MATCHED);
    }
  }

  @Test
  @DisplayName("a face matches only if all pairs agree")
  void faces() {
    assertThat(
            outcome(
                BiometricType.FACE,
                match("[\"FACE\"]", record(face("a")), record(face("a"), face("b")))))
        .isEqualTo(Outcome.NOT_MATCHED);
    assertThat(
            outcome(
                BiometricType.FACE,
                match("[\"FACE\"]", record(face("a")), record(face("a"), face("a")))))
        .isEqualTo(Outcome.MATCHED);
  }

  @Test
  @DisplayName("each record of the gallery is answered, each asked modality has an entry")
  void decisionsOfAll() {
    MatchDecision[] all =
        decisions(
            match("[]", record(face("a"), finger("", "f")), record(face("b")), record(face("a"))));
    assertThat(all).hasSize(2);
    assertThat(all[1].galleryIndex()).isEqualTo(1);
    for (MatchDecision each : all) {
      assertThat(each.decisions().keySet())
          .containsExactlyInAnyOrder(BiometricType.FACE, BiometricType.FINGER, BiometricType.IRIS);
      assertThat(each.decisions().get(BiometricType.FINGER).outcome()).isEqualTo(Outcome.ERROR);
      assertThat(each.decisions().get(BiometricType.FINGER).errors()).hasSize(1);
    }
    assertThat(all[0].decisions().get(BiometricType.FACE).outcome()).isEqualTo(Outcome.NOT_MATCHED);
    assertThat(all[1].decisions().get(BiometricType.FACE).outcome()).isEqualTo(Outcome.MATCHED);
  }

  @Test
  @DisplayName("what is not sound has a status code of its own, and no result")
  void statusCodes() {
    String good = record(face("a"));
    assertThat(statusCode(match("[\"FACE\"]", "null", good))).isEqualTo(402);
    assertThat(statusCode(match("[\"FACE\"]", good))).isEqualTo(402);
    assertThat(
            statusCode(
                match("[\"FINGER\"]", record(finger("\"Sixth\"", "a")), record(finger("", "a")))))
        .isEqualTo(402);
    assertThat(statusCode(match("[\"FACE\"]", record(segment("FACE", "8", "", "x")), good)))
        .isEqualTo(401);
    assertThat(
            statusCode(
                match("[\"FACE\"]", record(segment("FACE", "7", "", "FIR\u0000020\u0000")), good)))
        .isEqualTo(401);
    assertThat(statusCode(match("[\"VOICE\"]", good, good))).isEqualTo(401);
    assertThat(statusCode(match("[\"FACE\"]", record(segment("FACE", "8", "", "")), good)))
        .isEqualTo(404);
    // Others than those that are asked for are not looked at.
    assertThat(
            outcome(
                BiometricType.FACE,
                match("[\"FACE\"]", record(face("a"), segment("IRIS", "9", "", "")), good)))
        .isEqualTo(Outcome.MATCHED);
  }

  @Test
  @DisplayName("a template matches the image that it was extracted from, and no other")
  void templates() {
    String extracted =
        body(
            "/extract-template",
            "{\"sample\":"
                + record(finger("\"Left\",\"Thumb\"", "a"))
                + ",\"modalitiesToExtract\":[\"FINGER\"],\"flags\":{\"finger.format\":\"x\"}}");
    String template = JsonMapper.shared().readTree(extracted).at("/response/response").toString();
    assertThat(template).contains("\"PROCESSED\"").contains("\"Watchword\"");
    assertThat(
            outcome(
                BiometricType.FINGER,
                match("[\"FINGER\"]", record(finger("\"Left\",\"Thumb\"", "a")), template)))
        .isEqualTo(Outcome.MATCHED);
    assertThat(
            outcome(
                BiometricType.FINGER,
                match("[\"FINGER\"]", record(finger("\"Left\",\"Thumb\"", "b")), template)))
        .isEqualTo(Outcome.NOT_MATCHED);
  }

  @Test
  @DisplayName("the other functions answer as the contract says")
  void others() {
    var info =
        (Reply.Answered<ServiceInfo>)
            Reply.read(
                body("/init", "{\"initParams\":{\"version\":\"0.9\"}}").getBytes(UTF_8),
                ServiceInfo.class);
    assertThat(info.response().apiVersion()).isEqualTo("0.9");
    assertThat(info.response().supportedMethods().get(ServiceInfo.Function.MATCH))
        .contains(BiometricType.FACE);
    assertThat(info.response().supportedMethods())
        .doesNotContainKey(ServiceInfo.Function.CONVERT_FORMAT);
    String sample = "{\"sample\":" + record(face("a")) + ",\"modalities%s\":[\"FACE\"]}";
    var quality =
        (Reply.Answered<QualityCheck>)
            Reply.read(
                body("/check-quality", sample.formatted("ToCheck")).getBytes(UTF_8),
                QualityCheck.class);
    assertThat(quality.response().scores().get(BiometricType.FACE).score()).isEqualTo(80f);
    var segmented =
        (Reply.Answered<BiometricRecord>)
            Reply.read(
                body("/segment", sample.formatted("ToSegment")).getBytes(UTF_8),
                BiometricRecord.class);
    assertThat(segmented.response().segments()).hasSize(1);
    assertThat(
            statusCode(
                body(
                    "/convert-format",
                    "{\"sample\":"
                        + record(face("a"))
                        + ",\"sourceFormat\":\"ISO19794_5_2011\",\"targetFormat\":\"IMAGE/JPEG\"}")))
        .isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/match", "/check-quality", "/extract-template", "/segment"})
  void everyFunctionNeedsASample(String path) {
    assertThat(statusCode(body(path, "{}"))).isEqualTo(402);
  }
}

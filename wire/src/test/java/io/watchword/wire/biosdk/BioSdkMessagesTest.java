package io.watchword.wire.biosdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.wire.biosdk.BioSdkJson.Reading;
import io.watchword.wire.biosdk.MatchDecision.Outcome;
import io.watchword.wire.cbeff.BdbInfo;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.CbeffReader;
import io.watchword.wire.cbeff.CbeffWriter;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.Quality;
import io.watchword.wire.cbeff.RegistryId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Contract biosdk 2 to 4. */
class BioSdkMessagesTest {

  private static final String FACE_MATCH =
      """
      {"sample":{"segments":[{"bdbInfo":{"format":{"organization":"257","type":"8"},"type":["FACE"],"subtype":["Face"],"level":"RAW","purpose":"VERIFY"},"bdb":[70,65,67,0,48,51,48,0],"others":{}}],"others":{}},
       "gallery":[{"segments":[{"version":{"major":1,"minor":1},"cbeffversion":{"major":1,"minor":1},"birInfo":{"integrity":false},"bdbInfo":{"format":{"organization":"257","type":"8"},"creationDate":{"date":{"year":2025,"month":6,"day":27},"time":{"hour":13,"minute":40,"second":6,"nano":211000000}},"type":["FACE"],"subtype":[],"level":"RAW","purpose":"ENROLL","quality":{"algorithm":{"organization":"HMAC","type":"SHA-256"},"score":90}},"bdb":[70,65,67,0,48,51,48,0],"others":{}}],"others":{}}],
       "modalitiesToMatch":["FACE"],"flags":{"uniqueRefID":"7d0f1c52-5c0e-4d5e-9a86-0a5b6a1f7f10","timestamp":"2026-01-02T03:04:05.678Z"}}
      """;
  private static final String FINGER_MATCH =
      """
      {"sample":{"segments":[{"bdbInfo":{"format":{"organization":"257","type":"7"},"type":["FINGER"],"subtype":["UNKNOWN"],"level":"RAW","purpose":"VERIFY"},"bdb":[70,73,82,0,48,50,48,0],"others":{}}],"others":{}},
       "gallery":[{"segments":[{"bdbInfo":{"format":{"organization":"257","type":"7"},"type":["FINGER"],"subtype":["Left","IndexFinger"],"level":"RAW","purpose":"ENROLL"},"bdb":[70,73,82,0,48,50,48,0],"others":{}},{"bdbInfo":{"format":{"organization":"257","type":"7"},"type":["FINGER"],"subtype":["Right","Thumb"],"level":"RAW","purpose":"ENROLL"},"bdb":[70,73,82,0,48,50,48,0],"others":{}}],"others":{}}],
       "modalitiesToMatch":["FINGER"],"flags":{}}
      """;
  private static final String IRIS_QUALITY =
      """
      {"sample":{"segments":[{"bdbInfo":{"format":{"organization":"257","type":"9"},"type":["IRIS"],"subtype":["Left"],"level":"RAW","purpose":"VERIFY"},"bdb":[73,73,82,0,48,50,48,0],"others":{}}],"others":{}},"modalitiesToCheck":["IRIS"],"flags":{}}
      """;
  private static final String FINGER_EXTRACT =
      """
      {"sample":{"segments":[{"bdbInfo":{"format":{"organization":"257","type":"7"},"type":["FINGER"],"subtype":["Left","IndexFinger"],"level":"RAW","purpose":"ENROLL"},"bdb":[70,73,82,0,48,50,48,0],"others":{}}],"others":{}},"modalitiesToExtract":["FINGER"],"flags":{"finger.format":"mock-1.1"}}
      """;
  private static final String HEAD =
      "{\"version\":\"1.0\",\"responsetime\":\"2026-01-02T03:04:06.001Z\",\"response\":";
  private static final String FACE_REPLY =
      HEAD
          + "{\"statusCode\":200,\"statusMessage\":\"OK\",\"response\":[{\"galleryIndex\":0,"
          + "\"decisions\":{\"FACE\":{\"match\":\"MATCHED\",\"errors\":[],\"analyticsInfo\":{}}},"
          + "\"analyticsInfo\":{}}]},\"errors\":[]}";
  private static final String QUALITY_REPLY =
      HEAD
          + "{\"statusCode\":200,\"statusMessage\":\"OK\",\"response\":{\"scores\":{\"IRIS\":"
          + "{\"score\":80.0,\"errors\":[],\"analyticsInfo\":{}}},\"analyticsInfo\":{}}},"
          + "\"errors\":[]}";
  private static final String EXTRACT_REPLY =
      HEAD
          + "{\"statusCode\":200,\"statusMessage\":null,\"response\":{\"version\":null,"
          + "\"cbeffversion\":null,\"birInfo\":null,\"segments\":[{\"bdbInfo\":{\"format\":"
          + "{\"organization\":\"257\",\"type\":\"2\"},\"type\":[\"FINGER\"],\"subtype\":[\"Left\","
          + "\"IndexFinger\"],\"level\":\"PROCESSED\",\"purpose\":\"ENROLL\"},"
          + "\"bdb\":[70,77,82,0,32,50,48,0],\"others\":{}}],\"others\":{}}},\"errors\":[]}";

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static JsonNode written(Object message) {
    return JsonMapper.shared().readTree(BioSdkJson.write(message));
  }

  private static Bir bir(String members, Reading reading) {
    return BioSdkJson.read(utf8("{" + members + "}"), Bir.class, reading).orElseThrow();
  }

  private static void refused(String members, Reading reading) {
    assertThat(BioSdkJson.read(utf8("{" + members + "}"), Bir.class, reading)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  @DisplayName("the contract's requests are read, and written as they stand there")
  void requests(Reading reading) {
    Map<String, Class<?>> requests =
        Map.of(
            FACE_MATCH,
            MatchRequest.class,
            FINGER_MATCH,
            MatchRequest.class,
            IRIS_QUALITY,
            QualityRequest.class,
            IRIS_QUALITY.replace("Check", "Segment"),
            SegmentRequest.class,
            FINGER_EXTRACT,
            ExtractRequest.class,
            "{\"initParams\":{\"classname\":\"C\",\"version\":\"0.9\"}}",
            InitRequest.class);
    requests.forEach((text, type) ->
        assertThat(written(BioSdkJson.read(utf8(text), type, reading).orElseThrow()))
            .isEqualTo(json(text)));
  }

  @Test
  @DisplayName("the contract's request says what it says")
  void request() {
    MatchRequest match =
        BioSdkJson.read(utf8(FACE_MATCH), MatchRequest.class, Reading.STRICT).orElseThrow();
    Bir stored = match.gallery().get(0).segments().get(0);
    assertThat(stored.bdb()).isEqualTo(utf8("FAC\u0000030\u0000"));
    assertThat(stored.bdbInfo().creationDate()).isEqualTo("2025-06-27T13:40:06.211Z");
    assertThat(stored.bdbInfo().types()).containsExactly(BiometricType.FACE);
    assertThat(stored.bdbInfo().quality())
        .isEqualTo(new Quality(new RegistryId("HMAC", "SHA-256"), 90, null));
    assertThat(match.sample().segments().get(0).bdbInfo().purpose()).isEqualTo(Purpose.VERIFY);
    assertThat(match.toString()).doesNotContain("257").doesNotContain("RAW");
  }

  @Test
  @DisplayName("the smallest envelope is that of the contract")
  void envelope() throws RequestRefused {
    String smallest = "{\"version\":\"1.0\",\"request\":\"eyJpbml0UGFyYW1zIjp7fX0=\"}";
    assertThat(new String(RequestEnvelope.seal(new InitRequest(Map.of())), UTF_8))
        .isEqualTo(smallest);
    RequestEnvelope read =
        BioSdkJson.read(utf8(smallest), RequestEnvelope.class, Reading.STRICT).orElseThrow();
    assertThat(read.open(InitRequest.class, Reading.STRICT)).isEqualTo(new InitRequest(Map.of()));
    assertThat(read.toString()).doesNotContain("eyJ");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, e30=, BIO_SDK_001",
        "1.1, e30=, BIO_SDK_001",
        "1.0, null, INVALID_REQUEST_BODY",
        "1.0, e_0=, INVALID_REQUEST_BODY",
        "1.0, 'e3\r\n0=', INVALID_REQUEST_BODY",
        "1.0, '', BIOSDK_LIB_EXCEPTION",
        "1.0, bnVsbA==, BIOSDK_LIB_EXCEPTION",
        "1.0, e3t7, INVALID_REQUEST_BODY",
        "1.0, W10=, INVALID_REQUEST_BODY",
      })
  @DisplayName("an envelope that cannot be opened gives the contract's error")
  void envelopes(String version, String request, String code) {
    var envelope = new RequestEnvelope(version, request);
    assertThatThrownBy(() -> envelope.open(MatchRequest.class, Reading.LENIENT))
        .isInstanceOfSatisfying(
            RequestRefused.class, e -> assertThat(e.error().code()).isEqualTo(code));
  }

  @Test
  @DisplayName("bytes are signed numbers, and nothing else is written")
  void bytes() {
    Bir bir = Bir.segment(null, new byte[] {70, 65, 67, 0, -1, -128});
    assertThat(written(bir).get("bdb")).isEqualTo(json("[70,65,67,0,-1,-128]"));
    assertThat(bir("\"bdb\":[70,-1,-128,127]", Reading.STRICT).bdb())
        .containsExactly(70, -1, -128, 127);
    assertThat(bir("\"bdb\":[255,128,-128]", Reading.LENIENT).bdb())
        .containsExactly(-1, -128, -128);
    assertThat(bir("\"bdb\":\"RkFD\"", Reading.LENIENT).bdb()).isEqualTo(utf8("FAC"));
    assertThat(bir("\"bdb\":[]", Reading.STRICT).bdb()).isEmpty();
    assertThat(bir("\"bdb\":null", Reading.STRICT).bdb()).isNull();
    assertThat(bir("", Reading.STRICT).bdb()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[256]",
        "[-129]",
        "[1.5]",
        "[1.0]",
        "[\"1\"]",
        "[null]",
        "[[1]]",
        "[99999999999]",
        "[1",
        "{}",
        "1",
        "true",
        "\"RkF-\"",
        "\"R\""
      })
  void whatIsNoByteIsRefused(String bytes) {
    refused("\"bdb\":" + bytes, Reading.LENIENT);
    refused("\"bdb\":" + bytes, Reading.STRICT);
  }

  @Test
  @DisplayName("the published service takes neither base64, nor numbers above 127, nor ISO dates")
  void strict() {
    refused("\"bdb\":\"RkFD\"", Reading.STRICT);
    refused("\"bdb\":[128]", Reading.STRICT);
    refused("\"birInfo\":{\"creationDate\":\"2026-01-02T03:04:05Z\"}", Reading.STRICT);
    refused("\"birInfo\":{\"creationDate\":1767323045678}", Reading.STRICT);
    refused("\"bdbInfo\":{\"type\":[\"Finger\"]}", Reading.STRICT);
    refused("\"bdbInfo\":{\"level\":\"Raw\"}", Reading.STRICT);
    refused("\"bdbInfo\":{\"purpose\":\"Enroll\"}", Reading.STRICT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"date\":{\"year\":2026,\"month\":1,\"day\":2},"
            + "\"time\":{\"hour\":3,\"minute\":4,\"second\":5,\"nano\":678000000}}",
        "\"2026-01-02T03:04:05.678Z\"",
        "\"2026-01-02T03:04:05.678\"",
        "\"2026-01-02T05:34:05.678+02:30\"",
        "1767323045678",
        "[2026,1,2,3,4,5,678000000]"
      })
  @DisplayName("every form of a moment is read, and one is written")
  void moments(String form) {
    Bir bir = bir("\"birInfo\":{\"creationDate\":" + form + "}", Reading.LENIENT);
    assertThat(bir.birInfo().creationDate()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
    assertThat(written(bir).at("/birInfo/creationDate"))
        .isEqualTo(
            json(
                "{\"date\":{\"year\":2026,\"month\":1,\"day\":2},"
                    + "\"time\":{\"hour\":3,\"minute\":4,\"second\":5,\"nano\":678000000}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"date\":{\"year\":2026,\"month\":1,\"day\":2}}",
        "{\"date\":{\"year\":2026,\"month\":13,\"day\":2},"
            + "\"time\":{\"hour\":3,\"minute\":4,\"second\":5,\"nano\":0}}",
        "\"yesterday\"",
        "[2026,1,2]",
        "[2026,1,2,3,4,\"5\"]",
        "1.5",
        "1e30",
        "true"
      })
  void whatIsNoMomentIsRefused(String form) {
    refused("\"birInfo\":{\"creationDate\":" + form + "}", Reading.LENIENT);
  }

  @Test
  @DisplayName("words are read in the spelling of XML too; unknown ones are refused")
  void words() {
    BdbInfo info =
        bir(
                "\"bdbInfo\":{\"type\":[\"Finger\"],\"subtype\":[\"Right MiddleFinger\"],"
                    + "\"level\":\"Raw\",\"purpose\":\"EnrollVerify\",\"new\":{\"a\":[1]}}",
                Reading.LENIENT)
            .bdbInfo();
    assertThat(info.types()).containsExactly(BiometricType.FINGER);
    assertThat(info.subtypes()).containsExactly("Right", "MiddleFinger");
    assertThat(info.level()).isEqualTo(ProcessedLevel.RAW);
    assertThat(info.purpose()).isEqualTo(Purpose.ENROLLVERIFY);
    assertThat(
            bir("\"bdbInfo\":{\"subtype\":\"Right Thumb\"}", Reading.LENIENT).bdbInfo().subtypes())
        .containsExactly("Right", "Thumb");
    for (String member :
        List.of(
            "\"type\":[\"Fist\"]",
            "\"type\":[null]",
            "\"type\":[3]",
            "\"type\":\"FINGER\"",
            "\"subtype\":[1]",
            "\"level\":\"raw\"",
            "\"level\":0")) {
      refused("\"bdbInfo\":{" + member + "}", Reading.LENIENT);
    }
  }

  @Test
  @DisplayName("an absent value is no entry of a map")
  void absent() {
    assertThat(bir("\"others\":{\"a\":null,\"b\":\"c\"}", Reading.STRICT).others())
        .containsExactly(Map.entry("b", "c"));
    assertThat(bir("\"others\":null,\"birs\":null", Reading.STRICT).others()).isEmpty();
  }

  @Test
  @DisplayName("levels have an end")
  void nesting() {
    refused("\"x\":" + "[".repeat(100_000), Reading.LENIENT);
    refused("\"birs\":[{".repeat(20) + "}]".repeat(20), Reading.LENIENT);
  }

  @Test
  @DisplayName("what is on file as XML is the same in JSON, and the other way round")
  void bothForms() throws Exception {
    MatchRequest match =
        BioSdkJson.read(utf8(FACE_MATCH), MatchRequest.class, Reading.STRICT).orElseThrow();
    Bir stored = match.gallery().get(0).segments().get(0);
    Bir back = CbeffReader.read(CbeffWriter.write(Bir.person(List.of(stored)))).birs().get(0);
    assertThat(written(back)).isEqualTo(written(stored));
  }

  private static Reply<MatchDecision[]> reply(String text) {
    return Reply.read(utf8(text), MatchDecision[].class);
  }

  private static Optional<Outcome> outcome(String text) {
    return reply(text) instanceof Reply.Answered<MatchDecision[]> answered
            && answered.response() != null
            && answered.response().length == 1
            && answered.response()[0].decisions() != null
        ? Optional.ofNullable(answered.response()[0].decisions().get(BiometricType.FACE))
            .map(MatchDecision.Decision::outcome)
        : Optional.empty();
  }

  @Test
  @DisplayName("the contract's replies are read")
  void replies() {
    assertThat(outcome(FACE_REPLY)).contains(Outcome.MATCHED);
    assertThat(((Reply.Answered<?>) reply(FACE_REPLY)).statusCode()).isEqualTo(200);
    assertThat(outcome(FACE_REPLY.replace("MATCHED", "NOT_MATCHED"))).contains(Outcome.NOT_MATCHED);
    assertThat(outcome(FACE_REPLY.replace("MATCHED", "ERROR"))).contains(Outcome.ERROR);
    assertThat(outcome(FACE_REPLY.replace("\"errors\":[]}", "\"errors\":null}")))
        .contains(Outcome.MATCHED);
    assertThat(Reply.read(utf8(QUALITY_REPLY), QualityCheck.class))
        .isEqualTo(
            new Reply.Answered<>(
                200,
                new QualityCheck(
                    Map.of(BiometricType.IRIS, new QualityCheck.Score(80, List.of(), Map.of())),
                    Map.of())));
    var extracted =
        (Reply.Answered<BiometricRecord>) Reply.read(utf8(EXTRACT_REPLY), BiometricRecord.class);
    Bir template = extracted.response().segments().get(0);
    assertThat(template.bdbInfo().format()).isEqualTo(RegistryId.FINGER_MINUTIAE);
    assertThat(template.bdbInfo().level()).isEqualTo(ProcessedLevel.PROCESSED);
    assertThat(template.bdb()).startsWith(utf8("FMR\u0000"));
  }

  @Test
  @DisplayName("a result without its wrapper is read; its number may stand at the top or nowhere")
  void unwrapped() {
    String bare =
        FACE_REPLY
            .replace("{\"statusCode\":200,\"statusMessage\":\"OK\",\"response\":[", "[")
            .replace("}]},", "}],");
    assertThat(outcome(bare)).contains(Outcome.MATCHED);
    assertThat(((Reply.Answered<?>) reply(bare)).statusCode()).isNull();
    String top = bare.replace("{\"version\"", "{\"statusCode\":500,\"version\"");
    assertThat(((Reply.Answered<?>) reply(top)).statusCode()).isEqualTo(500);
    String noCode = FACE_REPLY.replace("\"statusCode\":200,", "");
    assertThat(((Reply.Answered<?>) reply(noCode)).statusCode()).isNull();
    String text = FACE_REPLY.replace("\"statusCode\":200,", "\"statusCode\":\"200\",");
    assertThat(((Reply.Answered<?>) reply(text)).statusCode()).isNull();
  }

  @Test
  @DisplayName("errors are told, whatever stands beside them")
  void errors() {
    assertThat(reply("{\"response\":\"\",\"errors\":[{\"code\":\"C\",\"message\":\"M\"}]}"))
        .isEqualTo(new Reply.Faulty<MatchDecision[]>(List.of(new ServiceError("C", "M"))));
    assertThat(reply(FACE_REPLY.replace("\"errors\":[]}", "\"errors\":[null]}")))
        .isInstanceOf(Reply.Faulty.class);
    assertThat(reply(FACE_REPLY.replace("\"errors\":[]}", "\"errors\":[[1]]}")))
        .isInstanceOf(Reply.Faulty.class);
    assertThat(reply("{\"response\":\"\",\"errors\":[]}"))
        .isEqualTo(new Reply.Answered<MatchDecision[]>(null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "x",
        "{\"errors\":{}}",
        "{\"errors\":\"none\"}",
        "{\"response\":\"text\"}",
        "{\"response\":7}",
        "{\"response\":{\"response\":{}}}",
        "{\"response\":[{\"decisions\":{\"FIST\":{\"match\":\"MATCHED\"}}}]}",
        "{\"response\":[{\"decisions\":{\"FACE\":{\"match\":\"matched\"}}}]}",
        "{\"response\":[{\"decisions\":{\"FACE\":{\"match\":0}}}]}",
        "{\"response\":[{\"decisions\":{\"FACE\":{\"match\":\"0\"}}}]}",
        "{\"response\":[{\"decisions\":{\"FACE\":{\"match\":true}}}]}",
        "{\"response\":[{\"decisions\":{\"FACE\":\"MATCHED\"}}]}",
        "{\"response\":[{\"decisions\":[]}]}"
      })
  @DisplayName("what is no reply of the contract is unreadable, and no match")
  void unreadable(String text) {
    assertThat(reply(text)).isEqualTo(new Reply.Unreadable<MatchDecision[]>());
  }

  @Test
  @DisplayName("a service writes what there is not as null, and a fault as the contract does")
  void service() {
    Instant now = Instant.parse("2026-01-02T03:04:06.001Z");
    var decision =
        new MatchDecision(
            0, Map.of(BiometricType.FACE, MatchDecision.Decision.of(Outcome.MATCHED)), Map.of());
    assertThat(
            new String(
                BioSdkJson.write(
                    ServiceReply.of(now, new Answer(200, "OK", new MatchDecision[] {decision}))),
                UTF_8))
        .isEqualTo(FACE_REPLY);
    assertThat(written(ServiceReply.of(now, new Answer(405, "failed", null))).get("response"))
        .isEqualTo(json("{\"statusCode\":405,\"statusMessage\":\"failed\",\"response\":null}"));
    assertThat(
            written(ServiceReply.of("2.0", now, ServiceError.Code.BIO_SDK_001.error("")))
                .toString())
        .isEqualTo(
            "{\"version\":\"2.0\",\"responsetime\":\"2026-01-02T03:04:06.001Z\",\"response\":\"\","
                + "\"errors\":[{\"code\":\"BIO_SDK_001\",\"message\":\"No Bio SDK service provider"
                + " implementations found for given version\"}]}");
  }
}

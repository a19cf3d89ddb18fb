package io.watchword.server.ida;

import static io.watchword.server.ida.CaptureStudio.NOW;
import static io.watchword.server.ida.CaptureStudio.face;
import static io.watchword.server.ida.CaptureStudio.finger;
import static io.watchword.server.ida.CaptureStudio.iris;
import static io.watchword.server.ida.CaptureStudio.list;
import static io.watchword.server.ida.CaptureStudio.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.keys.KeyUse;
import io.watchword.testkit.device.Shot;
import io.watchword.wire.ida.IdaError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Contract ida 4.4, the rows that belong to filter check F7. */
class BiometricChecksTest {

  @TempDir static Path folder;

  private static CaptureStudio studio;

  @BeforeAll
  static void open() {
    studio = new CaptureStudio(folder);
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @Test
  void anObjectInsteadOfTheSignedTextIsAMissingMember() {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    element(elements, 0).putObject("data").put("bioType", "Finger");
    assertRefused(elements, IdaErrors.missing("request/biometrics/0/data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"text\"", "7", "[]", "{}", "{\"data\":\"\"}"})
  void anElementThatIsNoObjectOrHasNoDataIsRefused(String element) {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    elements.add(JsonMapper.shared().readTree(element));
    assertRefused(elements, IdaErrors.missing("request/biometrics/1/data"));
  }

  @Test
  void everyCompulsoryMemberIsMissedUnderItsOwnPlace() {
    for (String name : List.of("sessionKey", "hash")) {
      ArrayNode elements = studio.capture(finger("Left Thumb"), iris("Left"));
      element(elements, 1).remove(name);
      assertRefused(elements, IdaErrors.missing("request/biometrics/1/" + name));
      element(elements, 1).put(name, "");
      assertRefused(elements, IdaErrors.missing("request/biometrics/1/" + name));
      element(elements, 1).put(name, 7);
      assertRefused(elements, IdaErrors.missing("request/biometrics/1/" + name));
    }
    for (String name : List.of("bioValue", "timestamp", "bioType")) {
      assertRefused(
          studio.capture(finger("Left Thumb"), iris("Left").sealed(data -> data.remove(name))),
          IdaErrors.missing("request/biometrics/1/data/" + name));
      assertRefused(
          studio.capture(finger("Left Thumb"), iris("Left").sealed(data -> data.put(name, ""))),
          IdaErrors.missing("request/biometrics/1/data/" + name));
    }
    assertRefused(
        studio.capture(iris("Left").digitalId(id -> id.remove("type"))),
        IdaErrors.missing("request/biometrics/0/data/digitalId/type"));
    assertRefused(
        studio.capture(iris("Left").sealed(data -> data.remove("digitalId"))),
        IdaErrors.missing("request/biometrics/0/data/digitalId/type"));
  }

  @Test
  void membersAreMissedInTheOrderOfTheContractAfterTheSignatures() {
    ArrayNode elements = studio.capture(finger("Left Thumb").sealed(data -> data.removeAll()));
    element(elements, 0).remove("sessionKey");
    assertRefused(elements, IdaErrors.missing("request/biometrics/0/data/digitalId/type"));
    elements =
        studio.capture(finger("Left Thumb").sealed(data -> data.remove(List.of("bioValue"))));
    element(elements, 0).remove(List.of("sessionKey", "hash"));
    assertRefused(elements, IdaErrors.missing("request/biometrics/0/sessionKey"));
    spoil(elements, 0);
    assertRefused(elements, IdaErrors.signature("request/biometrics/0/data"));
  }

  @Test
  void aSignatureOverOtherDataIsRefused() {
    ArrayNode elements = studio.capture(finger("Left Thumb"), iris("Left"));
    spoil(elements, 1);
    assertRefused(elements, IdaErrors.signature("request/biometrics/1/data"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.b.c", "no jws", "..", "eyJhbGciOiJub25lIn0.e30.AAAA"})
  void aTextThatIsNoJwsOfAnAllowedAlgorithmIsRefusedAsASignature(String text) {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    element(elements, 0).put("data", text);
    assertRefused(elements, IdaErrors.signature("request/biometrics/0/data"));
    assertRefused(
        studio.capture(finger("Left Thumb").facts(data -> data.put("digitalId", text))),
        IdaErrors.signature("request/biometrics/0/data/digitalId"));
  }

  @Test
  void aDeviceWhoseAuthorityIsNotTrustedIsRefused() {
    assertRefused(
        studio.strangersDevice().capture(studio.order(), List.of(finger("Left Thumb"))),
        IdaErrors.signature("request/biometrics/0/data"));
  }

  @Test
  void aTrustModuleWhoseAuthorityIsNotTrustedIsRefused() {
    String foreign =
        payload(studio.strangersDevice().capture(studio.order(), List.of(finger("Left Thumb"))), 0)
            .get("digitalId")
            .stringValue();
    assertRefused(
        studio.capture(finger("Left Thumb").facts(data -> data.put("digitalId", foreign))),
        IdaErrors.signature("request/biometrics/0/data/digitalId"));
  }

  @Test
  void devicesAndTrustModulesDoNotSpeakForEachOther() {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    String data = element(elements, 0).get("data").stringValue();
    String digitalId = payload(elements, 0).get("digitalId").stringValue();
    element(elements, 0).put("data", digitalId);
    assertRefused(elements, IdaErrors.signature("request/biometrics/0/data"));
    assertRefused(
        studio.capture(finger("Left Thumb").facts(facts -> facts.put("digitalId", data))),
        IdaErrors.signature("request/biometrics/0/data/digitalId"));
  }

  @Test
  void aCertificateOutsideItsTimeIsRefused() {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    Instant late = NOW.plus(Duration.ofDays(400));
    assertRefused(
        () -> studio.checks(true).open(list(elements), late),
        IdaErrors.signature("request/biometrics/0/data"));
  }

  @Test
  void anotherTimeOrTransactionThanItWasSealedWithDoesNotDecrypt() {
    assertRefused(
        studio.capture(
            finger("Left Thumb").sealed(data -> data.put("timestamp", "2026-01-05T10:00:01Z"))),
        IdaErrors.UNDECRYPTABLE);
    assertRefused(
        studio.capture(
            finger("Left Thumb").sealed(data -> data.put("transactionId", "1234567891"))),
        IdaErrors.UNDECRYPTABLE);
    assertRefused(
        studio.capture(finger("Left Thumb").sealed(data -> data.put("timestamp", "soon"))),
        IdaErrors.UNDECRYPTABLE);
  }

  @Test
  void whateverKeepsASampleFromDecryptingHasOneAnswer() {
    for (String value : List.of("AAAA", "not base64 url", "+/+/")) {
      assertRefused(
          studio.capture(finger("Left Thumb").sealed(data -> data.put("bioValue", value))),
          IdaErrors.UNDECRYPTABLE);
      ArrayNode elements = studio.capture(finger("Left Thumb"));
      element(elements, 0).put("sessionKey", value);
      assertRefused(elements, IdaErrors.UNDECRYPTABLE);
    }
    ArrayNode elements = studio.capture(finger("Left Thumb"), finger("Right Thumb"));
    element(elements, 0)
        .set("sessionKey", StringNode.valueOf(element(elements, 1).get("sessionKey").asString()));
    assertRefused(elements, IdaErrors.UNDECRYPTABLE);
  }

  @Test
  void aThumbprintThatIsAbsentOrOfAKeyForRelyingPartiesIsUnknown() {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    element(elements, 0).remove("thumbprint");
    assertRefused(elements, IdaErrors.UNDECRYPTABLE);
    element(elements, 0)
        .put(
            "thumbprint",
            io.watchword.wire.protection.Thumbprint.of(
                    studio.keys().certificate(KeyUse.IDA_PARTNER))
                .hex());
    assertRefused(elements, IdaErrors.UNDECRYPTABLE);
  }

  @Test
  void elementsLeftOutMovedOrAlteredBreakTheChain() {
    IdaError broken = IdaErrors.of("IDA-BIA-014", "Hash Validation Failed");
    ArrayNode whole = studio.capture(finger("Left Thumb"), iris("Left"), face());
    ArrayNode without = whole.deepCopy();
    without.remove(0);
    assertRefused(without, broken);
    ArrayNode moved = whole.deepCopy();
    moved.set(0, whole.get(1)).set(1, whole.get(0));
    assertRefused(moved, broken);
    ArrayNode twice = whole.deepCopy();
    twice.add(whole.get(2));
    assertRefused(twice, broken);
    ArrayNode altered = whole.deepCopy();
    element(altered, 2).put("hash", element(whole, 1).get("hash").stringValue());
    assertRefused(altered, broken);
  }

  @Test
  void theChainIsNotLookedAtWhereTheOperatorSaysSo() throws RefusedException {
    ArrayNode elements = studio.capture(finger("Left Thumb"), iris("Left"));
    element(elements, 0).put("hash", "0");
    assertThat(studio.checks(false).open(list(elements), NOW)).hasSize(2);
  }

  @Test
  void sixtyFiveElementsAreNotLookedAt() throws RefusedException {
    JsonNode element = studio.capture(finger("Left Thumb")).get(0);
    BiometricChecks checks = studio.checks(false);
    Refusal refusal = refusal(() -> checks.open(Collections.nCopies(65, element), NOW));
    assertThat(refusal.errors()).containsExactly(IdaErrors.NOT_PROCESSED);
    assertThat(checks.open(Collections.nCopies(64, element), NOW)).hasSize(64);
  }

  @Test
  void aGenuineCaptureIsOpenedElementByElement() throws RefusedException {
    Shot finger = finger("Left Thumb");
    Shot face = face().after(Duration.ofSeconds(10));
    List<Capture> captures = studio.open(studio.capture(finger, face));
    assertThat(captures).hasSize(2);
    assertThat(captures.get(0).sample()).isEqualTo(finger.sample());
    assertThat(captures.get(1).sample()).isEqualTo(face.sample());
    assertThat(captures).extracting(Capture::type).containsExactly("Finger", "Face");
    assertThat(captures.get(1).digitalId().get("make").stringValue()).isEqualTo("Watchword");
  }

  @Test
  void hashesInLowerCaseCountToo() throws RefusedException {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    ObjectNode element = element(elements, 0);
    element.put("hash", element.get("hash").stringValue().toLowerCase(java.util.Locale.ROOT));
    assertThat(studio.open(elements)).hasSize(1);
  }

  @Test
  void aCaptureWithoutTransactionIsSealedWithItsTimeAlone() throws RefusedException {
    assertThat(studio.open(studio.capture(face().facts(data -> data.remove("transactionId")))))
        .hasSize(1);
  }

  private static void assertRefused(JsonNode elements, IdaError error) {
    assertRefused(() -> studio.open(elements), error);
  }

  private static void assertRefused(CaptureStudio.Check check, IdaError error) {
    Refusal refusal = refusal(check);
    assertThat(refusal.step()).isEqualTo("F7");
    assertThat(refusal.errors()).containsExactly(IdaErrors.NOT_PROCESSED, error);
  }

  private static ObjectNode element(ArrayNode elements, int index) {
    return (ObjectNode) elements.get(index);
  }

  private static ObjectNode payload(ArrayNode elements, int index) {
    String[] parts = element(elements, index).get("data").stringValue().split("\\.", -1);
    return (ObjectNode)
        JsonMapper.shared().readTree(java.util.Base64.getUrlDecoder().decode(parts[1]));
  }

  /** Changes what was signed, and leaves the signature. */
  private static void spoil(ArrayNode elements, int index) {
    String[] parts = element(elements, index).get("data").stringValue().split("\\.", -1);
    ObjectNode payload = payload(elements, index);
    payload.put("qualityScore", "100");
    parts[1] =
        java.util.Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(JsonMapper.shared().writeValueAsBytes(payload));
    element(elements, index).put("data", String.join(".", parts));
  }
}

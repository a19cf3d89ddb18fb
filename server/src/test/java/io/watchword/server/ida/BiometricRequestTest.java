package io.watchword.server.ida;

import static io.watchword.server.ida.CaptureStudio.NOW;
import static io.watchword.server.ida.CaptureStudio.SETTINGS;
import static io.watchword.server.ida.CaptureStudio.face;
import static io.watchword.server.ida.CaptureStudio.finger;
import static io.watchword.server.ida.CaptureStudio.iris;
import static io.watchword.server.ida.CaptureStudio.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.Modality;
import io.watchword.wire.ida.IdaError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole requests with biometrics, from the first filter check to the last validation check. */
class BiometricRequestTest {

  private static final Set<Modality> NONE = Set.of();
  private static final Set<Modality> ALL = EnumSet.allOf(Modality.class);
  private static final Consumer<ObjectNode> NOTHING = body -> {};

  @TempDir static Path folder;

  private static CaptureStudio studio;
  private static AskingPartner partner;
  private static AskingPartner fingersOnly;

  @BeforeAll
  static void open() {
    studio = new CaptureStudio(folder);
    partner =
        new AskingPartner(
            studio.provisioning(),
            studio.keys(),
            "partner-1",
            """
            {"authType":"kyc"},
            {"authType":"bio","authSubType":"FINGER"},
            {"authType":"bio","authSubType":"IRIS"},
            {"authType":"bio","authSubType":"FACE"}\
            """);
    fingersOnly =
        new AskingPartner(
            studio.provisioning(),
            studio.keys(),
            "partner-2",
            "{\"authType\":\"bio\",\"authSubType\":\"FINGER\"}");
  }

  @AfterAll
  static void close() {
    studio.close();
  }

  @Test
  void aSpoiledCaptureIsRefusedBeforeThePartnerIsLookedAt() {
    ArrayNode elements = studio.capture(finger("Left Thumb"));
    ((ObjectNode) elements.get(0)).put("hash", "00");
    Incoming incoming = partner.ask(Operation.AUTH, elements, NOTHING);
    Incoming stranger =
        new Incoming(
            incoming.operation(),
            java.util.List.of("a", "b", "c"),
            incoming.signature(),
            true,
            incoming.body(),
            "request-1");
    Refusal refusal = filtered(stranger);
    assertThat(refusal.step()).isEqualTo("F7");
    assertThat(refusal.errors())
        .containsExactly(
            IdaErrors.NOT_PROCESSED, IdaErrors.of("IDA-BIA-014", "Hash Validation Failed"));
  }

  @Test
  void aLargeBodyWithoutBiometricsIsTooLargeOnceThatIsKnown() {
    Consumer<ObjectNode> fill = body -> body.put("filler", "x".repeat(SETTINGS.largestBody()));
    for (String none : new String[] {"[]", "null"}) {
      Refusal refusal =
          filtered(partner.ask(Operation.AUTH, JsonMapper.shared().readTree(none), fill));
      assertThat(refusal.isTooLarge()).isTrue();
      assertThat(refusal.errors()).containsExactly(IdaErrors.NOT_PROCESSED);
    }
    Refusal withoutRequest =
        filtered(
            partner.ask(
                Operation.KYC,
                JsonMapper.shared().createArrayNode(),
                body -> fill.accept(body.putNull("request"))));
    assertThat(withoutRequest.isTooLarge()).isTrue();
    Incoming large = partner.ask(Operation.AUTH, studio.capture(finger("Left Thumb")), fill);
    assertThat(entered(large).inner().hasBiometrics()).isTrue();
  }

  @Test
  void aDeviceOfAnotherKindThanItsCaptureIsRefusedByThePolicyStep() {
    JsonNode elements =
        studio.capture(finger("Left Thumb"), iris("Left").digitalId(id -> id.put("type", "Face")));
    Refusal refusal = filtered(partner.ask(Operation.AUTH, elements, NOTHING));
    assertThat(refusal.step()).isEqualTo("F11");
    assertThat(refusal.errors())
        .containsExactly(
            IdaErrors.NOT_PROCESSED,
            IdaErrors.of("IDA-DPM-004", "Device Type and Biometric Type do not match"));
  }

  @Test
  void aModalityOutsideThePolicyIsRefused() {
    Refusal refusal =
        filtered(
            fingersOnly.ask(
                Operation.AUTH, studio.capture(finger("Left Thumb"), iris("Left")), NOTHING));
    assertThat(refusal.step()).isEqualTo("F11");
    assertThat(refusal.errors())
        .containsExactly(IdaErrors.NOT_PROCESSED, IdaErrors.usageNotAllowed("BIO-IRIS"));
  }

  @Test
  void withoutAMatcherTheRequestEndsAtItsFactors() {
    Incoming incoming =
        partner.ask(Operation.AUTH, studio.capture(finger("Left Thumb"), face()), NOTHING);
    Refusal refusal = invalid(incoming, NONE);
    assertThat(refusal.step()).isEqualTo("V6");
    assertThat(refusal.errors())
        .containsExactly(IdaErrors.unsupported("bio-Finger"), IdaErrors.unsupported("bio-Face"));
  }

  @Test
  void domainComesBeforeEnvironmentAndBothBeforeTheFactors() {
    JsonNode elements =
        studio.capture(
            finger("nowhere").facts(data -> data.remove("domainUri")),
            iris("Left").facts(data -> data.put("env", "Developer")));
    Refusal refusal = invalid(partner.ask(Operation.AUTH, elements, NOTHING), ALL);
    assertThat(refusal.step()).isEqualTo("V3");
    assertThat(refusal.errors())
        .containsExactly(IdaErrors.invalid("request/biometrics/0/data/domainUri"));
    elements = studio.capture(finger("nowhere").facts(data -> data.put("env", "Developer")));
    refusal = invalid(partner.ask(Operation.AUTH, elements, NOTHING), ALL);
    assertThat(refusal.step()).isEqualTo("V4");
    assertThat(refusal.errors())
        .containsExactly(IdaErrors.notMatching("request/biometrics/0/data/env", "request/env"));
  }

  @Test
  void aDomainOutsideTheListIsToldWithoutLookingAtTheDevices() {
    Incoming incoming =
        partner.ask(
            Operation.AUTH,
            studio.capture(face()),
            body -> body.put("domainUri", "https://elsewhere"));
    assertThat(invalid(incoming, ALL).errors())
        .containsExactly(IdaErrors.invalid("request/domainUri"));
  }

  @Test
  void transactionsComeBeforeTimes() {
    JsonNode elements =
        studio.capture(
            finger("Left Thumb").facts(data -> data.put("transactionId", "0987654321")),
            iris("Left").after(Duration.ofSeconds(500)));
    Refusal refusal = invalid(partner.ask(Operation.AUTH, elements, NOTHING), ALL);
    assertThat(refusal.step()).isEqualTo("V7");
    assertThat(refusal.errors())
        .containsExactly(IdaErrors.invalid("request/biometrics/0/data/transactionId"));
    elements = studio.capture(finger("Left Thumb"), iris("Left").after(Duration.ofSeconds(500)));
    refusal = invalid(partner.ask(Operation.AUTH, elements, NOTHING), ALL);
    assertThat(refusal.step()).isEqualTo("V7");
    assertThat(refusal.errors()).extracting(IdaError::errorCode).containsOnly("IDA-MLC-001");
  }

  @Test
  void deviceDetailsJoinTheIdChecksAtKycAlwaysAndAtAuthOnlyIfNothingFailed() {
    JsonNode elements = studio.capture(face().facts(data -> data.remove("deviceCode")));
    IdaError device = IdaErrors.missing("request/biometrics/0/deviceCode");
    Consumer<ObjectNode> badId = body -> body.put("individualId", "2047631039");
    var uin = new IdaError("IDA-MLC-002", "Invalid UIN", "Please retry with the correct UIN");
    assertThat(errors(Operation.AUTH, elements, NOTHING, ALL)).containsExactly(device);
    assertThat(errors(Operation.AUTH, elements, badId, ALL)).containsExactly(uin);
    assertThat(errors(Operation.AUTH, elements, NOTHING, NONE))
        .containsExactly(IdaErrors.unsupported("bio-Face"));
    assertThat(errors(Operation.KYC, elements, badId, ALL)).containsExactly(uin, device);
    assertThat(errors(Operation.KYC, elements, NOTHING, NONE))
        .containsExactly(IdaErrors.unsupported("bio-Face"), device);
  }

  @Test
  void aGenuineCapturePassesEveryCheck() throws RefusedException {
    JsonNode elements = studio.capture(finger("Left Thumb"), iris("UNKNOWN"), face());
    Entry entry = entered(partner.ask(Operation.KYC, elements, NOTHING));
    assertThat(entry.inner().biometrics().captures()).hasSize(3);
    assertThat(validated(entry, ALL).factors().biometrics().keySet())
        .containsExactlyInAnyOrder(Modality.FINGER, Modality.IRIS, Modality.FACE);
  }

  private static Refusal filtered(Incoming incoming) {
    return refusal(() -> Entry.of(incoming, studio.gate(), NOW));
  }

  private static java.util.List<IdaError> errors(
      Operation operation, JsonNode elements, Consumer<ObjectNode> bend, Set<Modality> comparable) {
    return invalid(partner.ask(operation, elements, bend), comparable).errors();
  }

  private static Refusal invalid(Incoming incoming, Set<Modality> comparable) {
    Entry entry = entered(incoming);
    return refusal(() -> validated(entry, comparable));
  }

  private static AuthForm validated(Entry entry, Set<Modality> comparable) throws RefusedException {
    return AuthForm.of(entry, SETTINGS, IdentityMapping.defaults(), comparable);
  }

  private static Entry entered(Incoming incoming) {
    try {
      return Entry.of(incoming, studio.gate(), NOW);
    } catch (RefusedException e) {
      throw new AssertionError(e.refusal().toString(), e);
    }
  }
}

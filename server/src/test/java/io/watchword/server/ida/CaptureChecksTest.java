package io.watchword.server.ida;

import static io.watchword.server.ida.CaptureStudio.DOMAIN;
import static io.watchword.server.ida.CaptureStudio.ENV;
import static io.watchword.server.ida.CaptureStudio.TRANSACTION;
import static io.watchword.server.ida.CaptureStudio.bytes;
import static io.watchword.server.ida.CaptureStudio.face;
import static io.watchword.server.ida.CaptureStudio.finger;
import static io.watchword.server.ida.CaptureStudio.iris;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.individual.Modality;
import io.watchword.testkit.device.Shot;
import io.watchword.wire.ida.IdaError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 4.4, the rows that belong to V3, V4, V6, V7 and the id checks. */
class CaptureChecksTest {

  private static final Set<String> TAKEN = Set.of("bio-Finger", "bio-Iris", "bio-Face");
  private static final Set<Modality> ALL = EnumSet.allOf(Modality.class);

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

  @ParameterizedTest
  @ValueSource(strings = {"domainUri", "env"})
  void aMemberThatOnlyTheDeviceSentIsMissedInTheRequest(String name) {
    assertThat(errors((checks, errors) -> checks.agree(name, null, errors), finger("Left Thumb")))
        .containsExactly(IdaErrors.invalid("request/" + name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"domainUri", "env"})
  void elementsThatLeaveAMemberOutAreNamedTogether(String name) {
    assertThat(
            errors(
                (checks, errors) -> checks.agree(name, sent(name), errors),
                finger("Left Thumb").facts(data -> data.remove(name)),
                iris("Left"),
                face().facts(data -> data.putNull(name)),
                iris("Right").facts(data -> data.put(name, 7))))
        .containsExactly(IdaErrors.invalid("request/biometrics/0,2,3/data/" + name));
  }

  @Test
  void elementsThatNameAnotherDomainOrEnvironmentAreNamedTogether() {
    Shot[] shots = {
      finger("Left Thumb").facts(data -> data.put("domainUri", "https://HOST").put("env", "")),
      iris("Left"),
      face().facts(data -> data.put("domainUri", "https://other").put("env", "staging"))
    };
    assertThat(errors((checks, errors) -> checks.agree("domainUri", DOMAIN, errors), shots))
        .containsExactly(
            IdaErrors.of(
                "IDA-MLC-024",
                "request/biometrics/0,2/data/domainUri of request is not matching with"
                    + " request/domainUri of biometrics"));
    assertThat(errors((checks, errors) -> checks.agree("env", ENV, errors), shots))
        .containsExactly(
            IdaErrors.of(
                "IDA-MLC-024",
                "request/biometrics/0,2/data/env of request is not matching with request/env of"
                    + " biometrics"));
  }

  @Test
  void membersThatBothFillInAlikeOrBothLeaveOutAgree() {
    assertThat(errors((checks, errors) -> checks.agree("env", ENV, errors), face())).isEmpty();
    assertThat(
            errors(
                (checks, errors) -> checks.agree("env", null, errors),
                face().facts(data -> data.remove("env"))))
        .isEmpty();
  }

  @Test
  void withoutAMatcherEachTypeIsRefusedOnceWithAnAction() {
    Shot[] shots = {iris("Left"), finger("Left Thumb"), iris("Right"), face()};
    assertThat(errors((checks, errors) -> checks.factors(TAKEN, Set.of(), errors), shots))
        .containsExactly(
            IdaErrors.unsupported("bio-Iris"),
            IdaErrors.unsupported("bio-Finger"),
            IdaErrors.unsupported("bio-Face"));
    assertThat(IdaErrors.unsupported("bio-Iris"))
        .isEqualTo(
            new IdaError(
                "IDA-MLC-011",
                "Unsupported Authentication Type - bio-Iris",
                "Please use other Authentication Types in the request"));
    assertThat(
            errors((checks, errors) -> checks.factors(TAKEN, Set.of(Modality.IRIS), errors), shots))
        .containsExactly(IdaErrors.unsupported("bio-Finger"), IdaErrors.unsupported("bio-Face"));
  }

  @Test
  void aTypeThatIsNotConfiguredOrNotKnownIsRefusedEvenWithAMatcher() {
    assertThat(
            errors(
                (checks, errors) -> checks.factors(Set.of("bio-Iris"), ALL, errors),
                iris("Left"),
                face()))
        .containsExactly(IdaErrors.unsupported("bio-Face"));
    for (String type : List.of("finger", "FACE", "Palm", "Finger ")) {
      assertThat(factors(finger("Left Thumb").facts(data -> data.put("bioType", type))))
          .containsExactly(IdaErrors.unsupported("bio-" + type));
    }
    String longType = "x".repeat(1000);
    assertThat(factors(finger("Left Thumb").facts(data -> data.put("bioType", longType))))
        .containsExactly(IdaErrors.unsupported("bio-" + "x".repeat(64)));
  }

  @Test
  void aPositionThatIsMissingOrUnknownIsToldWithItsPlace() {
    assertThat(
            factors(
                finger("Left Thumb"),
                finger(""),
                iris("Left").facts(data -> data.remove("bioSubType")),
                iris("Left Thumb"),
                finger("Left"),
                finger("left thumb"),
                finger("Right Thumb").facts(data -> data.put("bioSubType", 7))))
        .containsExactly(
            IdaErrors.missing("request/biometrics/1/data/bioSubType"),
            IdaErrors.missing("request/biometrics/2/data/bioSubType"),
            IdaErrors.invalid("request/biometrics/3/data/bioSubType - Left Thumb"),
            IdaErrors.invalid("request/biometrics/4/data/bioSubType - Left"),
            IdaErrors.invalid("request/biometrics/5/data/bioSubType - left thumb"),
            IdaErrors.invalid("request/biometrics/6/data/bioSubType"));
  }

  @Test
  void typesAreLookedAtBeforePositionsAndPositionsBeforeNumbers() {
    assertThat(
            factors(finger("nowhere"), face(), face(), iris("Left").facts(CaptureChecksTest::palm)))
        .containsExactly(IdaErrors.unsupported("bio-Palm"));
    assertThat(factors(finger("nowhere"), face(), face()))
        .containsExactly(IdaErrors.invalid("request/biometrics/0/data/bioSubType - nowhere"));
  }

  private static void palm(tools.jackson.databind.node.ObjectNode data) {
    data.put("bioType", "Palm");
  }

  @Test
  void aNamedFingerTwiceOrTheSameSampleTwiceIsADuplicate() {
    var duplicate =
        new IdaError(
            "IDA-BIA-002",
            "Duplicate fingers in request",
            "Please try again with distinct fingers");
    assertThat(
            factors(finger("Left Thumb"), Shot.of("Finger", "Left Thumb", bytes("another image"))))
        .containsExactly(duplicate);
    assertThat(
            factors(
                Shot.of("Finger", "Left Thumb", bytes("same")),
                Shot.of("Finger", "UNKNOWN", bytes("same"))))
        .containsExactly(duplicate);
    assertThat(
            factors(
                Shot.of("Finger", "UNKNOWN", bytes("one")),
                Shot.of("Finger", "UNKNOWN", bytes("other"))))
        .isEmpty();
  }

  @Test
  void anEleventhFingerIsOneTooMany() {
    Shot[] eleven = new Shot[11];
    Shot[] ten = new Shot[10];
    for (int i = 0; i < 11; i++) {
      eleven[i] = Shot.of("Finger", "UNKNOWN", bytes("finger " + i));
      ten[Math.min(i, 9)] = eleven[i];
    }
    assertThat(factors(eleven))
        .containsExactly(IdaErrors.of("IDA-BIA-003", "Number of Fingers should not exceed 10"));
    assertThat(factors(ten)).isEmpty();
  }

  @Test
  void irisesAreCountedByEyeAndComparedByTheirSamples() {
    var tooMany = IdaErrors.of("IDA-BIA-008", "Number of Iris should not exceed 2");
    var duplicate =
        new IdaError(
            "IDA-BIA-007", "Duplicate Irises in request", "Please try again with distinct Irises");
    assertThat(factors(iris("Left"), Shot.of("Iris", "Left", bytes("another image"))))
        .containsExactly(tooMany);
    assertThat(
            factors(
                Shot.of("Iris", "Left", bytes("same")), Shot.of("Iris", "Right", bytes("same"))))
        .containsExactly(duplicate);
    assertThat(
            factors(Shot.of("Iris", "Left", bytes("same")), Shot.of("Iris", "Left", bytes("same"))))
        .containsExactly(duplicate, tooMany);
    assertThat(
            factors(
                Shot.of("Iris", "UNKNOWN", bytes("1")),
                Shot.of("Iris", "UNKNOWN", bytes("2")),
                Shot.of("Iris", "UNKNOWN", bytes("3"))))
        .containsExactly(tooMany);
    assertThat(factors(iris("Left"), iris("Right"))).isEmpty();
  }

  @Test
  void aSecondFaceIsOneTooMany() {
    assertThat(factors(face(), Shot.of("Face", "", bytes("another face"))))
        .containsExactly(IdaErrors.of("IDA-BIA-009", "Number of FACE records should not exceed 1"));
  }

  @Test
  void aFaceNeedsNoPositionAndTheSameSampleOfTwoModalitiesIsNoDuplicate() {
    assertThat(
            factors(
                Shot.of("Face", "anything", bytes("same")),
                Shot.of("Iris", "Left", bytes("same")),
                Shot.of("Finger", "Left Thumb", bytes("same"))))
        .isEmpty();
  }

  @Test
  void aCaptureForAnotherTransactionIsRefused() {
    assertThat(
            errors(
                (checks, errors) -> checks.transactions(TRANSACTION, errors),
                finger("Left Thumb").facts(data -> data.remove("transactionId")),
                iris("Left"),
                iris("Right").facts(data -> data.put("transactionId", "1234567891")),
                face().facts(data -> data.put("transactionId", ""))))
        .containsExactly(
            IdaErrors.missing("request/biometrics/0/data/transactionId"),
            IdaErrors.invalid("request/biometrics/2/data/transactionId"),
            IdaErrors.invalid("request/biometrics/3/data/transactionId"));
  }

  @Test
  void whatADeviceDoesNotSayOfItselfIsMissedAtTheOddPlacesOfTheContract() {
    assertThat(
            errors(
                CaptureChecks::devices,
                finger("Left Thumb"),
                face()
                    .facts(data -> data.put("deviceCode", "").remove("deviceServiceVersion"))
                    .digitalId(id ->
                        id.put("serialNo", "")
                            .put("make", "")
                            .put("model", 7)
                            .putNull("deviceSubType")
                            .remove(List.of("deviceProvider", "deviceProviderId")))))
        .containsExactly(
            IdaErrors.missing("request/biometrics/1/deviceCode"),
            IdaErrors.missing("request/biometrics/1/deviceServiceVersion"),
            IdaErrors.missing("request/biometrics/1/digitalId/serialNo"),
            IdaErrors.missing("request/biometrics/1/data/digitalId/make"),
            IdaErrors.missing("request/biometrics/1/data/digitalId/model"),
            IdaErrors.missing("request/biometrics/1/data/digitalId/deviceSubType"),
            IdaErrors.missing("request/biometrics/1/data/digitalId/deviceProvider"),
            IdaErrors.missing("request/biometrics/1/data/digitalId/deviceProviderId"));
  }

  private static String sent(String name) {
    return name.equals("env") ? ENV : DOMAIN;
  }

  private static List<IdaError> factors(Shot... shots) {
    return errors((checks, errors) -> checks.factors(TAKEN, ALL, errors), shots);
  }

  private static List<IdaError> errors(
      BiConsumer<CaptureChecks, List<IdaError>> check, Shot... shots) {
    var errors = new ArrayList<IdaError>();
    check.accept(new CaptureChecks(studio.captures(shots)), errors);
    return errors;
  }
}

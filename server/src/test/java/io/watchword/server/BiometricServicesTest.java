package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.CapturingParty.Given;
import io.watchword.server.people.Imports;
import io.watchword.testkit.biosdk.BiometricService;
import io.watchword.testkit.device.Shot;
import io.watchword.wire.cbeff.BdbInfo;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.CbeffReader;
import io.watchword.wire.cbeff.CbeffWriter;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.RegistryId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Irises and faces at both doors, compared by a service behind MOSIP's BioSDK contract, of people
 * whose biometrics came on file as CBEFF (contracts biosdk, identity-v1 8.4, ida 6.8).
 */
class BiometricServicesTest {

  private static final String IBRAHIM = "678956453456";
  private static final String PIN = "987654";
  private static final String JAMES = "2047631038";

  private static final byte[] LEFT = record("IIR\u0000020\u0000", "the left eye");
  private static final byte[] RIGHT = record("IIR\u0000020\u0000", "the right eye");
  private static final byte[] FACE = record("FAC\u0000030\u0000", "the face");
  private static final byte[] OTHER = record("IIR\u0000020\u0000", "somebody's eye");

  private static final byte[] OTHER_FACE = record("FAC\u0000030\u0000", "somebody's face");

  @TempDir static Path data;
  private static BiometricService service;
  private static DemoServer demo;
  private static CapturingParty party;

  private static byte[] record(String head, String content) {
    return (head + content).getBytes(StandardCharsets.US_ASCII);
  }

  @BeforeAll
  static void start() throws Exception {
    service = BiometricService.start();
    Path settings =
        Files.writeString(
            data.resolve("my.yaml"),
            """
            biometrics:
              services:
                - name: kit
                  address: %s
                  modalities: [iris, face]
            budgets:
              wrong-per-person: 100
              wrong-per-person-and-caller: 100
            """
                .formatted(service.address()));
    demo = DemoServer.in(data, settings);
    party = new CapturingParty(demo);
    Files.write(data.resolve("eyes.xml"), cbeff());
    for (String uin : List.of(IBRAHIM, JAMES)) {
      assertThat(
              imported(
                  "{\"uin\":\"%s\",\"attributes\":{\"dateOfBirth\":\"1992/04/29\"},\"biometrics\":\"eyes.xml\"}"
                      .formatted(uin)))
          .as("refusals")
          .isEmpty();
    }
  }

  @AfterAll
  static void stop() {
    party.close();
    demo.close();
    service.close();
  }

  @BeforeEach
  void well() {
    service.behave(new BiometricService.Conforming());
  }

  private static byte[] cbeff() throws Exception {
    return CbeffWriter.write(
        Bir.person(
            List.of(
                segment(RegistryId.IRIS_IMAGE, BiometricType.IRIS, List.of("Left"), LEFT),
                segment(RegistryId.IRIS_IMAGE, BiometricType.IRIS, List.of("Right"), RIGHT),
                segment(RegistryId.FACE_IMAGE, BiometricType.FACE, List.of(), FACE))));
  }

  private static Bir segment(
      RegistryId format, BiometricType type, List<String> subtypes, byte[] record) {
    return Bir.segment(
        BdbInfo.of(format, type, subtypes, ProcessedLevel.RAW, Purpose.ENROLL), record);
  }

  private static List<String> imported(String line) throws Exception {
    List<String> refusals = new ArrayList<>();
    demo.server()
        .platform()
        .administration()
        .imports(true)
        .run(
            "test",
            new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
            data,
            new Imports.Observer() {
              @Override
              public void refused(long number, String reason) {
                refusals.add(reason);
              }
            });
    return refusals;
  }

  @Test
  void anIrisIsThePersonsOrNotAtBothDoors() throws Exception {
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("IRIS", "LEFT", LEFT))).isEmpty();
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("IRIS", "UNKNOWN", RIGHT))).isEmpty();
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("IRIS", "RIGHT", LEFT)))
        .containsExactly("IDA-BIA-015");
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("IRIS", "LEFT", OTHER)))
        .containsExactly("IDA-BIA-015");
    assertThat(party.atIda("auth", JAMES, Shot.of("Iris", "Left", LEFT)).codes()).isEmpty();
    assertThat(party.atIda("auth", JAMES, Shot.of("Iris", "Left", OTHER)).codes())
        .containsExactly("IDA-BIA-001");
  }

  /** Contract identity-v1 14, case 21. */
  @Test
  void whoeverHasNoIrisesOnFileIsToldSo() throws Exception {
    assertThat(party.atIdentityV1("753028461938", "", new Given("IRIS", "LEFT", LEFT)))
        .containsExactly("IDA-BIA-011");
  }

  @Test
  void aFaceIsNoFactorByItselfAtTheEarlyDoor() throws Exception {
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("FACE", "", FACE)))
        .containsExactly("IDA-IDV-002");
    assertThat(party.atIdentityV1(IBRAHIM, PIN, new Given("FACE", "", FACE))).isEmpty();
    assertThat(party.atIdentityV1(IBRAHIM, PIN, new Given("FACE", "", OTHER_FACE)))
        .containsExactly("IDA-BIA-018");
    assertThat(party.atIdentityV1(IBRAHIM, PIN, new Given("FACE", "", OTHER)))
        .as("an iris is no face")
        .containsExactly("IDA-BIA-009");
    assertThat(party.atIda("auth", JAMES, Shot.of("Face", "", FACE)).codes()).isEmpty();
  }

  @Test
  void severalModalitiesHaveToAgree() throws Exception {
    assertThat(
            party.atIdentityV1(
                IBRAHIM, "", new Given("IRIS", "LEFT", LEFT), new Given("FACE", "", FACE)))
        .isEmpty();
    assertThat(
            party.atIdentityV1(
                IBRAHIM, "", new Given("IRIS", "LEFT", OTHER), new Given("FACE", "", FACE)))
        .containsExactly("IDA-BIA-015");
    assertThat(
            party
                .atIda(
                    "auth", JAMES, Shot.of("Iris", "Left", OTHER), Shot.of("Face", "", OTHER_FACE))
                .codes())
        .containsExactly("IDA-BIA-001");
  }

  @Test
  void aServiceThatIsGoneOrTalksNonsenseIsAFaultAndNeverAMismatch() throws Exception {
    List<BiometricService.Behaviour> bad =
        List.of(
            new BiometricService.Gone(),
            new BiometricService.Garbage(100),
            new BiometricService.Wrong(500, "oops"),
            BiometricService.Wrong.response("[]"));
    for (BiometricService.Behaviour each : bad) {
      service.behave(each);
      assertThat(party.atIda("auth", JAMES, Shot.of("Iris", "Left", LEFT)).codes())
          .as(each.toString())
          .containsExactly("IDA-BIA-018");
    }
    service.behave(new BiometricService.Wrong(500, "oops"));
    assertThat(party.atIdentityV1(IBRAHIM, "", new Given("IRIS", "LEFT", LEFT)))
        .containsExactly("IDA-MLC-007");
    assertThat(party.atIda("auth", JAMES, Shot.of("Iris", "Left", LEFT)).codes())
        .as("the breaker is open")
        .containsExactly("IDA-BIA-018");
    assertThat(service.requests()).as("of all these").isNotEmpty();
  }

  @Test
  void whatCameInGoesOutAgain() throws Exception {
    byte[] out =
        demo.server().platform().administration().show().biometrics("test", JAMES).orElseThrow();
    Bir person = CbeffReader.read(out);
    assertThat(
            person.birs().stream()
                .map(segment -> new String(segment.bdb(), StandardCharsets.US_ASCII)))
        .contains(
            new String(LEFT, StandardCharsets.US_ASCII),
            new String(FACE, StandardCharsets.US_ASCII));
    assertThat(person.birs()).as("his finger, too").hasSize(4);
    assertThat(demo.server().platform().administration().show().biometrics("test", "1")).isEmpty();
  }

  @Test
  void badDocumentsAreRefusedWithAReason() throws Exception {
    String bomb =
        "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
            + "<BIR xmlns=\"http://standards.iso.org/iso-iec/19785/-3/ed-2/\">&b;</BIR>";
    Files.writeString(data.resolve("bomb.xml"), bomb);
    Files.write(data.resolve("cut.xml"), Arrays.copyOf(cbeff(), 300));
    for (String file : List.of("bomb.xml", "cut.xml")) {
      assertThat(imported("{\"uin\":\"%s\",\"biometrics\":\"%s\"}".formatted(JAMES, file)))
          .hasSize(1)
          .allMatch(reason -> reason.startsWith("biometrics is no CBEFF"));
    }
    assertThat(imported("{\"uin\":\"%s\",\"biometrics\":\"../eyes.xml\"}".formatted(JAMES)))
        .hasSize(1);
  }
}

package io.watchword.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.CapturingParty.Given;
import io.watchword.server.RelyingParty.Reply;
import io.watchword.testkit.device.Shot;
import io.watchword.testkit.prints.Crowd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Fingers at both doors, through HTTP (contracts identity-v1 8.3 and ida 4.4, 6.8). */
class FingersTest {

  private static final int OTHERS = 1_000;
  private static final String IBRAHIM = "678956453456";
  private static final String JAMES = "2047631038";

  @TempDir static Path data;
  private static DemoServer demo;
  private static CapturingParty party;

  @BeforeAll
  static void start() throws Exception {
    // Wrong fingers count like wrong codes; here they have to be compared, each of them.
    Map<String, String> wide =
        Map.of(
            "budgets.wrong-per-person", "100000", "budgets.wrong-per-person-and-caller", "100000");
    demo = DemoServer.in(data, wide, Clock.systemUTC());
    party = new CapturingParty(demo);
  }

  @AfterAll
  static void stop() {
    party.close();
    demo.close();
  }

  /** Another impression of a finger that is on file. */
  private static byte[] impression(String uin, int number) {
    for (String kind : List.of("identity-v1", "fictitious")) {
      for (JsonNode person : demo.people(kind)) {
        if (person.get("uin").stringValue().equals(uin)) {
          return Base64.getDecoder()
              .decode(person.get("impressions").get(number).get("record").stringValue());
        }
      }
    }
    throw new AssertionError("nobody has " + uin);
  }

  private static List<String> atIdentityV1(String uin, Given... given) throws Exception {
    return party.atIdentityV1(uin, "", given);
  }

  private static Reply atIda(String operation, String uin, Shot... shots) {
    return party.atIda(operation, uin, shots);
  }

  private static boolean isYes(Reply reply, String member) {
    JsonNode response = reply.json().get("response");
    return reply.codes().isEmpty() && response.get(member).booleanValue();
  }

  @Test
  void anotherImpressionPassesAndNoneOfAThousandOtherFingersDoes() throws Exception {
    byte[] right = impression(IBRAHIM, 0);
    assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", right))).isEmpty();
    byte[] james = impression(JAMES, 0);
    Reply accepted = atIda("auth", JAMES, Shot.of("Finger", "Right IndexFinger", james));
    assertThat(isYes(accepted, "authStatus")).as("%s", accepted.json()).isTrue();

    List<byte[]> others = Crowd.templates(OTHERS);
    assertThat(others).hasSize(OTHERS);
    long start = System.nanoTime();
    for (byte[] other : others) {
      assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", other)))
          .containsExactly("IDA-BIA-001");
    }
    long between = System.nanoTime();
    for (byte[] other : others) {
      assertThat(atIda("auth", JAMES, Shot.of("Finger", "Right IndexFinger", other)).codes())
          .containsExactly("IDA-BIA-001");
    }
    System.out.printf(
        Locale.ROOT,
        "fingers through HTTP: %,d others at each door, none matched; %.1f ms a request at"
            + " identity v1, %.1f ms at ida with signing and sealing%n",
        OTHERS,
        (between - start) / 1e6 / OTHERS,
        (System.nanoTime() - between) / 1e6 / OTHERS);
    assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", right))).as("still").isEmpty();
  }

  @Test
  void positionsAndNumbersAreJudgedAsTheContractSays() throws Exception {
    byte[] index = impression(IBRAHIM, 0);
    byte[] thumb = impression(IBRAHIM, 1);
    assertThat(atIdentityV1(IBRAHIM, Given.finger("UNKNOWN", thumb))).isEmpty();
    assertThat(
            atIdentityV1(
                IBRAHIM, Given.finger("LEFT_INDEX", index), Given.finger("UNKNOWN", thumb)))
        .isEmpty();
    assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", thumb)))
        .as("another of the person's own fingers")
        .containsExactly("IDA-BIA-001");
    assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_RING", index)))
        .as("a finger that is not on file")
        .containsExactly("IDA-BIA-001");
    assertThat(
            atIdentityV1(
                IBRAHIM,
                Given.finger("LEFT_INDEX", index),
                Given.finger("RIGHT_THUMB", index.clone())))
        .as("one capture twice")
        .containsExactly("IDA-BIA-003");
    assertThat(atIdentityV1("753028461938", Given.finger("LEFT_INDEX", index)))
        .as("somebody without fingers on file")
        .containsExactly("IDA-BIA-011");
  }

  @Test
  void whatIsNoTemplateIsRefusedByEachDoorInItsWords() throws Exception {
    byte[] right = impression(JAMES, 0);
    byte[] several = right.clone();
    several[22] = 2;
    byte[] garbage = "no finger at all".getBytes(StandardCharsets.US_ASCII);
    assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", several)))
        .containsExactly("IDA-BIA-005");
    for (byte[] bad : List.of(garbage, Arrays.copyOf(right, right.length - 7), new byte[1])) {
      assertThat(atIdentityV1(IBRAHIM, Given.finger("LEFT_INDEX", bad)))
          .containsExactly("IDA-BIA-009");
      assertThat(atIda("auth", JAMES, Shot.of("Finger", "UNKNOWN", bad)).codes())
          .containsExactly("IDA-BIA-001");
    }
  }

  @Test
  void aFingerOpensAKycToo() {
    Reply reply = atIda("kyc", JAMES, Shot.of("Finger", "Right IndexFinger", impression(JAMES, 0)));
    assertThat(isYes(reply, "kycStatus")).as("%s", reply.json()).isTrue();
    assertThat(party.identity(reply).toString()).contains("James Rodrigious");
  }

  @Test
  void irisesAndFacesAreRefusedWhereNobodyComparesThem() {
    assertThat(atIda("auth", JAMES, Shot.of("Iris", "Left", new byte[] {1})).codes())
        .containsExactly("IDA-MLC-011");
  }

  @Test
  void ofSeveralFingersEachHasToBeThePersons() {
    byte[] right = impression(JAMES, 0);
    byte[] foreign = impression(IBRAHIM, 1);
    Map<String, byte[]> both = Map.of("Right IndexFinger", right, "UNKNOWN", foreign);
    Shot[] shots =
        both.entrySet().stream()
            .map(each -> Shot.of("Finger", each.getKey(), each.getValue()))
            .toArray(Shot[]::new);
    assertThat(atIda("auth", JAMES, shots).codes()).containsExactly("IDA-BIA-001");
  }
}

package io.watchword.server.ida;

import static io.watchword.server.ida.CaptureStudio.NOW;
import static io.watchword.server.ida.CaptureStudio.SETTINGS;
import static io.watchword.server.ida.CaptureStudio.face;
import static io.watchword.server.ida.CaptureStudio.finger;
import static io.watchword.server.ida.CaptureStudio.iris;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.testkit.device.Shot;
import io.watchword.wire.ida.IdaError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract ida 4.4, row timestamps. */
class CaptureTimesTest {

  private static final String DATA = "request/biometrics/0/data/timestamp";
  private static final String ID = "request/biometrics/0/data/digitalId/dateTime";
  private static final IdaError APART =
      new IdaError(
          "IDA-MLC-030",
          "Biometrics not captured within 120 seconds of previous biometrics",
          "Please capture biometrics within 120 seconds of previous biometric capture");
  private static final IdaError IDS_APART =
      new IdaError(
          "IDA-MLC-031",
          "DigitalId of Biometrics not captured within 120 seconds of previous biometrics",
          "Please capture DigitalId of biometrics within 120 seconds of previous biometric"
              + " capture");

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
  @ValueSource(
      strings = {
        "2026-01-05 10:00:00Z......",
        "2026-01-05T10:00:00.......",
        "2026-02-30T10:00:00Z",
        "2026-01-05T10:00:00.1Z",
        "2026-01-05T10:00:00+0000",
        "yesterday, at ten o'clock"
      })
  void aTimeInAnotherFormatIsInvalid(String text) {
    assertThat(check(NOW, timed(face(), text, text)))
        .containsExactly(IdaErrors.invalid(DATA), IdaErrors.invalid(ID));
  }

  @Test
  void aDigitalIdWithoutTimeIsMissedInEveryElement() {
    assertThat(
            check(
                NOW,
                iris("Left").digitalId(id -> id.remove("dateTime")),
                iris("Right").digitalId(id -> id.put("dateTime", ""))))
        .containsExactly(
            IdaErrors.missing(ID),
            IdaErrors.missing("request/biometrics/1/data/digitalId/dateTime"));
  }

  @Test
  void theLastCaptureMustBeAsFreshAsTheRequest() {
    String late = "Request to be received at MOSIP within 30 seconds. Attribute: ";
    String action = "Please send the request within 30 seconds";
    var data = new IdaError("IDA-MLC-001", late + DATA, action);
    var id = new IdaError("IDA-MLC-001", late + ID, action);
    assertThat(check(NOW.plusSeconds(61), face())).containsExactly(data, id);
    assertThat(check(NOW.minusSeconds(31), face())).containsExactly(data, id);
    assertThat(check(NOW.plusSeconds(60), face())).isEmpty();
    assertThat(check(NOW.minusSeconds(30), face())).isEmpty();
    assertThat(check(NOW, timed(face(), "2026-01-05T10:00:00Z", "2026-01-05T09:58:59Z")))
        .containsExactly(id);
  }

  @Test
  void earlierCapturesMayBeOlderThanTheRequest() {
    assertThat(
            check(
                NOW.plusSeconds(170),
                finger("Left Thumb"),
                finger("Right Thumb").after(Duration.ofSeconds(110))))
        .isEmpty();
  }

  @Test
  void aCaptureMoreThanTwoMinutesAfterTheOneBeforeItIsTooLate() {
    Shot second = finger("Right Thumb").after(Duration.ofSeconds(121));
    assertThat(check(NOW.plusSeconds(121), finger("Left Thumb"), second))
        .containsExactly(APART, IDS_APART);
    Shot third = iris("Left").after(Duration.ofSeconds(240));
    assertThat(
            check(
                NOW.plusSeconds(240),
                finger("Left Thumb"),
                finger("Right Thumb").after(Duration.ofSeconds(120)),
                third))
        .isEmpty();
  }

  @Test
  void aCaptureBeforeTheOneBeforeItIsOutOfOrder() {
    assertThat(check(NOW, finger("Left Thumb").after(Duration.ofSeconds(1)), iris("Left")))
        .containsExactly(APART, IDS_APART);
  }

  @Test
  void timeOfCaptureAndOfDigitalIdAreToldApart() {
    Shot early = timed(iris("Left"), "2026-01-05T10:00:00Z", "2026-01-05T09:57:00Z");
    assertThat(check(NOW, early, face())).containsExactly(IDS_APART);
    early = timed(iris("Left"), "2026-01-05T09:57:00Z", "2026-01-05T10:00:00Z");
    assertThat(check(NOW, early, face())).containsExactly(APART);
  }

  @Test
  void millisecondsAndZonesAreRead() {
    assertThat(
            check(
                NOW,
                timed(iris("Left"), "2026-01-05T11:00:00+01:00", "2026-01-05T09:59:59.999Z"),
                timed(iris("Right"), "2026-01-05T10:00:00.000Z", "2026-01-05T08:00:00.500-02:00")))
        .isEmpty();
  }

  private static Shot timed(Shot shot, String data, String digitalId) {
    return shot.facts(node -> node.put("timestamp", data))
        .digitalId(node -> node.put("dateTime", digitalId));
  }

  private static List<IdaError> check(Instant now, Shot... shots) {
    var errors = new ArrayList<IdaError>();
    new CaptureTimes(studio.captures(shots), SETTINGS).check(errors, now);
    return errors;
  }
}

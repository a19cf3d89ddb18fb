package io.watchword.core.individual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.individual.Attribute.Plain;
import io.watchword.core.individual.Enrolment.Added;
import io.watchword.core.individual.Enrolment.Known;
import io.watchword.core.individual.Enrolment.Replaced;
import io.watchword.core.individual.Enrolment.StandingChange;
import io.watchword.core.individual.Enrolment.Taken;
import io.watchword.core.individual.Enrolment.Unchanged;
import io.watchword.core.individual.IdentifierRow.State;
import io.watchword.core.unit.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnrolmentTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ANN = "a".repeat(32);
  private static final String BOB = "b".repeat(32);
  private static final StandingChange NOTHING = new StandingChange(null, null);
  private static final Key<IdentifierRow> UIN = IdentifierRow.key("UIN|2047631038");
  private static final Key<IdentifierRow> VID = IdentifierRow.key("VID|4370296312658178");

  private final MapStore store = new MapStore();
  private Instant now = NOW;
  private final AuditTrail audit = AuditTrail.open(store, new PlainKeyring(), "chain", NOW);

  private static IdentifierRow row(String person, IdentifierType type) {
    return new IdentifierRow(person, type, State.ACTIVE, null, null);
  }

  private Enrolment enrolment(
      String person, String token, StandingChange standing, Portrait portrait) {
    return enrolment(person, token, standing, portrait, Map.of());
  }

  private Enrolment enrolment(
      String person,
      String token,
      StandingChange standing,
      Portrait portrait,
      Map<Modality, List<Sample>> biometrics) {
    Map<Key<IdentifierRow>, IdentifierRow> rows = new HashMap<>();
    rows.put(UIN, row(person, IdentifierType.UIN));
    rows.put(VID, new IdentifierRow(person, IdentifierType.VID, State.ACTIVE, NOW, 1));
    Individual individual =
        new Individual(token, Map.of("phone", new Plain(token)), "2047631038", null);
    return new Enrolment(
        person,
        individual,
        UIN,
        rows,
        standing,
        portrait,
        biometrics,
        new Enrolment.Entry(audit, "op", now));
  }

  private Enrolment enrolment(String person, String token) {
    return enrolment(person, token, NOTHING, null);
  }

  @Test
  void anIdentifierOfSomebodyElseIsNotTakenAway() {
    store.with(VID, row(BOB, IdentifierType.VID));
    assertThat(store.commit(enrolment(ANN, "1"))).isEqualTo(new Taken(IdentifierType.VID));
    assertThat(store.read(UIN)).isNull();
    assertThat(store.read(Individual.TABLE.key(ANN))).isNull();
    assertThat(store.read(VID).person()).isEqualTo(BOB);
  }

  @Test
  void aUinThatLeadsToAnotherIdChangesNothingAndSaysWhere() {
    store.with(UIN, row(BOB, IdentifierType.UIN));
    assertThat(store.commit(enrolment(ANN, "1"))).isEqualTo(new Known(BOB));
    assertThat(store.read(Individual.TABLE.key(ANN))).isNull();
    assertThat(store.read(VID)).isNull();
  }

  @Test
  void aPersonWithoutUinIsRefused() {
    assertThatThrownBy(() ->
            new Enrolment(
                ANN,
                new Individual("1", Map.of(), null, null),
                UIN,
                Map.of(VID, row(ANN, IdentifierType.VID)),
                NOTHING,
                null,
                Map.of(),
                new Enrolment.Entry(audit, "op", NOW)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoeverIsOnFileKeepsTheTokenAndGetsNewAttributes() {
    assertThat(store.commit(enrolment(ANN, "1"))).isEqualTo(new Added());
    assertThat(store.commit(enrolment(ANN, "2"))).isEqualTo(new Replaced());
    Individual person = store.read(Individual.TABLE.key(ANN));
    assertThat(person.token()).isEqualTo("1");
    assertThat(person.plain("phone")).contains("2");
  }

  @Test
  void aSpentUseStaysSpentAndARevokedIdentifierStaysRevoked() {
    store.commit(enrolment(ANN, "1"));
    store.with(VID, store.read(VID).used());
    store.with(UIN, new IdentifierRow(ANN, IdentifierType.UIN, State.REVOKED, null, null));
    store.commit(enrolment(ANN, "1"));
    assertThat(store.read(VID))
        .isEqualTo(new IdentifierRow(ANN, IdentifierType.VID, State.USED, NOW, 0));
    assertThat(store.read(UIN).state()).isEqualTo(State.REVOKED);
  }

  @Test
  void whatIsNotSaidAboutTheStandingStaysAsItIs() {
    store.commit(enrolment(ANN, "1", new StandingChange(true, Set.of("otp")), null));
    store.commit(enrolment(ANN, "1"));
    Standing standing = store.read(Standing.key(ANN));
    assertThat(standing.deactivatedAt()).isEqualTo(NOW);
    assertThat(standing.locked("otp", NOW)).isTrue();
  }

  @Test
  void nobodyGetsAStandingWithoutNeed() {
    store.commit(enrolment(ANN, "1"));
    assertThat(store.read(Standing.key(ANN))).isNull();
  }

  @Test
  void deactivationKeepsItsFirstDateAndLocksAreReplaced() {
    store.commit(enrolment(ANN, "1", new StandingChange(true, Set.of("otp")), null));
    now = NOW.plusSeconds(60);
    store.commit(enrolment(ANN, "1", new StandingChange(true, Set.of("demo")), null));
    Standing standing = store.read(Standing.key(ANN));
    assertThat(standing.deactivatedAt()).isEqualTo(NOW);
    assertThat(standing.locks()).containsOnlyKeys("demo");
    store.commit(enrolment(ANN, "1", new StandingChange(false, Set.of()), null));
    assertThat(store.read(Standing.key(ANN))).isEqualTo(Standing.GOOD);
  }

  @Test
  void aPortraitStaysUntilAnotherOneComes() {
    store.commit(enrolment(ANN, "1", NOTHING, new Portrait(new byte[] {1})));
    store.commit(enrolment(ANN, "1"));
    assertThat(store.read(Portrait.TABLE.key(ANN)).image()).containsExactly(1);
    store.commit(enrolment(ANN, "1", NOTHING, new Portrait(new byte[] {2})));
    assertThat(store.read(Portrait.TABLE.key(ANN)).image()).containsExactly(2);
  }

  private AuditRecord recorded(int sequence) {
    AuditRow row = store.read(AuditRow.TABLE.key("chain/%012d".formatted(sequence)));
    return row == null ? null : row.body();
  }

  @Test
  void whatChangesNothingIsNotRecorded() {
    StandingChange locked = new StandingChange(false, Set.of("otp"));
    Portrait face = new Portrait(new byte[] {1});
    store.commit(enrolment(ANN, "1", locked, face));
    now = NOW.plusSeconds(60);
    Portrait same = new Portrait(new byte[] {1});
    assertThat(store.commit(enrolment(ANN, "1", locked, same))).isEqualTo(new Unchanged());
    assertThat(recorded(1)).isNotNull();
    assertThat(recorded(2)).isNull();
  }

  @Test
  void whatIsRefusedIsNotRecorded() {
    store.with(VID, row(BOB, IdentifierType.VID));
    store.commit(enrolment(ANN, "1"));
    assertThat(recorded(1)).isNull();
  }

  @Test
  void aChangeIsRecordedWithWhoDidItAndNothingOfThePerson() {
    store.commit(enrolment(ANN, "1"));
    store.commit(enrolment(ANN, "2"));
    assertThat(recorded(1).factors()).containsExactly("individual=added");
    assertThat(recorded(2).factors()).containsExactly("individual=replaced");
    assertThat(recorded(2))
        .returns("op", AuditRecord::caller)
        .returns(ANN, AuditRecord::person)
        .returns(AuditRecord.Event.ADMINISTRATION, AuditRecord::event);
    assertThat(recorded(2).toString()).doesNotContain("2047631038");
  }

  private static Sample finger(String position, int content) {
    return new Sample(position, new byte[] {(byte) content});
  }

  private Enrolment.Outcome enrol(Map<Modality, List<Sample>> biometrics) {
    return store.commit(enrolment(ANN, "1", NOTHING, null, biometrics));
  }

  private EnrolledBiometrics biometrics() {
    return store.read(EnrolledBiometrics.TABLE.key(ANN));
  }

  @Test
  void biometricsAreReplacedByModalityAndTakenAwayByAnEmptyList() {
    List<Sample> thumb = List.of(finger("Left Thumb", 1));
    List<Sample> eye = List.of(finger("Left", 2));
    assertThat(enrol(Map.of(Modality.FINGER, thumb, Modality.IRIS, eye))).isEqualTo(new Added());
    assertThat(enrol(Map.of())).isEqualTo(new Enrolment.Unchanged());
    assertThat(enrol(Map.of(Modality.FINGER, List.of(finger("Left Thumb", 1)))))
        .isEqualTo(new Enrolment.Unchanged());

    List<Sample> other = List.of(finger("Left Thumb", 3));
    assertThat(enrol(Map.of(Modality.FINGER, other))).isEqualTo(new Replaced());
    assertThat(biometrics().samples())
        .isEqualTo(Map.of(Modality.FINGER, other, Modality.IRIS, eye));

    assertThat(enrol(Map.of(Modality.FINGER, List.of()))).isEqualTo(new Replaced());
    assertThat(biometrics().samples()).isEqualTo(Map.of(Modality.IRIS, eye));
    assertThat(enrol(Map.of(Modality.FINGER, List.of()))).isEqualTo(new Enrolment.Unchanged());
  }
}

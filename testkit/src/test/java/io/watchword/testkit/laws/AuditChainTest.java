package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.CodeGivenBackTest.accepted;
import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.WIDE;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.NOBODY;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.AuditVerification;
import io.watchword.core.audit.AuditVerification.SeenHead;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.testkit.store.PlainUnit;
import io.watchword.testkit.store.StoreEngine;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the audit proves against somebody who can write any row but has no key. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class AuditChainTest {

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private String chain = "";

  /** Six records: a send, a wrong and a right code, a second use, and two about nobody. */
  @BeforeEach
  void decide() {
    deployment = Deployment.over(engine);
    chain = deployment.audit.chain();
    People.james(deployment);
    String code = deployment.code(BANK, UIN, TX);
    deployment.give(BANK, UIN, TX, wrong(code));
    deployment.give(BANK, UIN, TX, code);
    deployment.give(BANK, UIN, TX, code);
    deployment.ask(BANK, NOBODY, TX);
    deployment.give(BANK, NOBODY, TX, code);
  }

  private static Key<AuditRow> row(String chain, int sequence) {
    return AuditRow.TABLE.key(chain + "/" + "%012d".formatted(sequence));
  }

  private Key<ChainHead> head(String of) {
    return ChainHead.TABLE.key(of);
  }

  private AuditRow read(int sequence) {
    AuditRow row = deployment.store.read(row(chain, sequence));
    assertThat(row).isNotNull();
    return row;
  }

  private void delete(Key<?> key) {
    boolean _ =
        deployment.store.commit(
            PlainUnit.over(
                key,
                rows -> {
                  rows.delete(key);
                  return true;
                }));
  }

  private List<SeenHead> outside() {
    var heads = new ArrayList<SeenHead>();
    deployment
        .store
        .scan(ChainHead.TABLE, "", 100)
        .forEach(each ->
            heads.add(new SeenHead(each.id(), each.row().sequence(), each.row().link().value())));
    return heads;
  }

  private List<String> faults() {
    return deployment.verify().faults();
  }

  private List<String> faults(List<SeenHead> seen) {
    return new AuditVerification(deployment.store, deployment.keyring)
        .verify(seen, _ -> {})
        .faults();
  }

  private void found(String fault) {
    assertThat(faults()).contains("chain " + chain + ": " + fault);
  }

  @Test
  void eachDecisionHasExactlyOneRecordAndTheChainIsWhole() {
    assertThat(deployment.records())
        .extracting(AuditRecord::event, AuditRecord::outcome)
        .containsExactly(
            tuple(AuditRecord.Event.CODE_SEND, "accepted"),
            tuple(AuditRecord.Event.AUTHENTICATION, "Mismatch"),
            tuple(AuditRecord.Event.AUTHENTICATION, "accepted"),
            tuple(AuditRecord.Event.AUTHENTICATION, "NoCode"),
            tuple(AuditRecord.Event.CODE_SEND, "Unknown"),
            tuple(AuditRecord.Event.AUTHENTICATION, "Unknown"));
    assertThat(deployment.verify()).isEqualTo(new AuditVerification.Report(7, 2, 0, List.of()));
    assertThat(faults(outside())).isEmpty();
  }

  @Test
  void noRecordHoldsAnIdentifierAnAddressOrACode() {
    String all = deployment.records().toString();
    assertThat(all)
        .doesNotContain(UIN.value())
        .doesNotContain(NOBODY.value())
        .doesNotContain(People.PHONE)
        .doesNotContain(deployment.courier.lastCode());
  }

  @Test
  void anAlteredBodyIsFound() {
    AuditRow row = read(2);
    AuditRecord body = row.body();
    assertThat(body).isNotNull();
    var altered =
        new AuditRecord(
            body.at(),
            body.event(),
            body.door(),
            body.caller(),
            body.person(),
            body.transaction(),
            AuditRecord.ACCEPTED,
            body.factors(),
            body.request());
    deployment.put(row(chain, 2), new AuditRow(row.digest(), row.link(), altered));
    found("record 2 was altered");
  }

  @Test
  void anAlteredDigestIsFound() {
    AuditRow row = read(2);
    String digest = HexFormat.of().formatHex(new byte[32]);
    deployment.put(row(chain, 2), new AuditRow(digest, row.link(), null));
    found("the link of record 2 does not hold");
  }

  @Test
  void anAlteredLinkIsFound() {
    AuditRow row = read(2);
    var forged = new Mac(row.link().version(), "A".repeat(43));
    deployment.put(row(chain, 2), new AuditRow(row.digest(), forged, row.body()));
    found("the link of record 2 does not hold");
    found("the link of record 3 does not hold");
  }

  @Test
  void twoRecordsThatChangedPlacesAreFound() {
    AuditRow two = read(2);
    deployment.put(row(chain, 2), read(3));
    deployment.put(row(chain, 3), two);
    found("the link of record 2 does not hold");
  }

  @Test
  void aRecordOfAnotherChainIsFound() {
    Deployment other = Deployment.start(deployment.store, deployment.clock, WIDE);
    other.give(BANK, NOBODY, TX, "123456");
    AuditRow foreign = deployment.store.read(row(other.audit.chain(), 1));
    assertThat(foreign).isNotNull();
    deployment.put(row(chain, 1), foreign);
    found("the link of record 1 does not hold");
  }

  @Test
  void aRecordThatIsMissingInTheMiddleIsFound() {
    delete(row(chain, 3));
    delete(row(chain, 4));
    found("records 3 to 4 are missing");
  }

  @Test
  void aChainWithoutItsBeginningIsFound() {
    delete(row(chain, 1));
    found("records 1 to 1 are missing");
  }

  @Test
  void aTailThatWasCutOffIsFoundByTheHead() {
    delete(row(chain, 6));
    found("ends at record 5, its head says 6");
  }

  @Test
  void aTailThatWasCutOffTogetherWithTheHeadIsFoundByHeadsOutsideTheDatabaseAlone() {
    List<SeenHead> seen = outside();
    delete(row(chain, 6));
    deployment.put(head(chain), new ChainHead(5, read(5).link(), false));
    assertThat(faults()).isEmpty();
    assertThat(faults(seen))
        .containsExactly(
            "chain " + chain + ": ends at record 5, but 6 was seen outside the database");
  }

  @Test
  void aTailThatWasCutOffAndWrittenAnewIsFoundByHeadsOutsideTheDatabase() {
    List<SeenHead> seen = outside();
    delete(row(chain, 6));
    deployment.put(head(chain), new ChainHead(5, read(5).link(), false));
    deployment.give(CLINIC, NOBODY, OTHER_TX, "123456");
    assertThat(faults()).isEmpty();
    assertThat(faults(seen))
        .containsExactly(
            "chain " + chain + ": record 6 is not the one that was seen outside the database");
  }

  @Test
  void aHeadThatWasRolledBackAloneIsFound() {
    deployment.put(head(chain), new ChainHead(5, read(5).link(), false));
    found("ends at record 6, its head says 5");
  }

  @Test
  void aHeadWithAnotherLinkIsFound() {
    deployment.put(head(chain), new ChainHead(6, read(5).link(), false));
    found("its head is not that of record 6");
  }

  @Test
  void aChainThatVanishedWithItsHeadIsFoundByTheRegister() {
    for (int i = 1; i <= 6; i++) {
      delete(row(chain, i));
    }
    delete(head(chain));
    assertThat(faults()).containsExactly("chain " + chain + ": has no head");
  }

  @Test
  void aClosedChainThatVanishedIsFoundEvenIfItsHeadSaysThatItNeverBegan() {
    deployment.audit.close(deployment.store, deployment.now());
    for (int i = 1; i <= 6; i++) {
      delete(row(chain, i));
    }
    deployment.put(head(chain), ChainHead.EMPTY);
    assertThat(faults()).containsExactly("chain " + chain + ": closed at record 6, but ends at 0");
  }

  @Test
  void aChainThatTheRegisterDoesNotKnowIsFound() {
    delete(row(AuditTrail.REGISTER, 1));
    deployment.put(head(AuditTrail.REGISTER), ChainHead.EMPTY);
    found("is not in the register");
  }

  @Test
  void aRegisterEntryThatWasAlteredIsFoundAndTheWalkGoesOn() {
    deployment.audit.close(deployment.store, deployment.now());
    AuditRow closing = deployment.store.read(row(AuditTrail.REGISTER, 2));
    assertThat(closing).isNotNull();
    var nonsense =
        new AuditRecord(
            deployment.now(),
            AuditRecord.Event.CHAIN_CLOSED,
            "audit",
            chain,
            null,
            "no number",
            AuditRecord.ACCEPTED,
            List.of(),
            "");
    deployment.put(
        row(AuditTrail.REGISTER, 2), new AuditRow(closing.digest(), closing.link(), nonsense));
    assertThat(faults())
        .contains(
            "chain register: record 2 was altered",
            "chain " + chain + ": closed at record no number, but ends at 6");
  }

  @Test
  void aClosedChainTakesNoRecordAndTheDecisionChangesNothing() {
    String code = deployment.code(BANK, UIN, TX);
    deployment.audit.close(deployment.store, deployment.now());
    assertThatThrownBy(() -> deployment.give(BANK, UIN, TX, code))
        .isInstanceOfSatisfying(
            StoreUnavailable.class,
            refused -> assertThat(refused.reason()).isEqualTo(StoreUnavailable.Reason.CLOSED));
    assertThatThrownBy(() -> deployment.ask(BANK, UIN, TX)).isInstanceOf(StoreUnavailable.class);
    assertThat(faults()).isEmpty();
    accepted(Deployment.start(deployment.store, deployment.clock, WIDE).give(BANK, UIN, TX, code));
    assertThat(faults()).isEmpty();
  }

  @Test
  void aClosedChainThatSomebodyExtendedIsFound() {
    deployment.audit.close(deployment.store, deployment.now());
    deployment.put(head(chain), new ChainHead(6, read(6).link(), false));
    deployment.give(BANK, NOBODY, TX, "123456");
    assertThat(faults()).containsExactly("chain " + chain + ": closed at record 6, but ends at 7");
  }

  @Test
  void aChainIsClosedOnce() {
    deployment.audit.close(deployment.store, deployment.now());
    deployment.audit.close(deployment.store, deployment.now());
    assertThat(deployment.verify()).isEqualTo(new AuditVerification.Report(8, 2, 0, List.of()));
  }

  @Test
  void aNameIsNeverUsedTwice() {
    assertThatThrownBy(
            () -> AuditTrail.open(deployment.store, deployment.keyring, chain, deployment.now()))
        .isInstanceOf(IllegalStateException.class);
    for (String name : List.of(AuditTrail.REGISTER, "a/b", "", "x".repeat(65))) {
      assertThatThrownBy(
              () -> AuditTrail.open(deployment.store, deployment.keyring, name, deployment.now()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(faults()).isEmpty();
  }

  @Test
  void anErasedBodyLeavesTheChainWhole() {
    AuditRow row = read(3);
    deployment.put(row(chain, 3), new AuditRow(row.digest(), row.link(), null));
    assertThat(deployment.verify()).isEqualTo(new AuditVerification.Report(7, 2, 1, List.of()));
  }

  @Test
  void aRecordUnderAnIdThatNoChainGivesIsFound() {
    deployment.put(AuditRow.TABLE.key("stray"), read(1));
    assertThat(faults()).contains("a record has the id \"stray\", which no chain gives");
  }

  @Test
  void aWalkFindsNoFaultInWhatIsWrittenMeanwhile() {
    var stop = new AtomicBoolean();
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              while (!stop.get()) {
                Deployment next = Deployment.start(deployment.store, deployment.clock, WIDE);
                next.give(BANK, VID, TX, "123456");
                deployment.give(BANK, NOBODY, TX, "123456");
                next.audit.close(next.store, next.now());
              }
            },
            Thread::startVirtualThread);
    for (int i = 0; i < 30; i++) {
      assertThat(faults()).isEmpty();
    }
    stop.set(true);
    writer.join();
    assertThat(faults()).isEmpty();
  }
}

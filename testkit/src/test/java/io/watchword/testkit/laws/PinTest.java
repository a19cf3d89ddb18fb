package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.UIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Attempt;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.Guesses;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.individual.StaticPin;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract identity-v1 6 and 3.3: a PIN is compared outside the unit that decides. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class PinTest {

  private static final String PIN = "987654";
  private static final int TRIES = 5;

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private IdentityV1Factors door;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    People.james(deployment);
    deployment.put(StaticPin.TABLE.key(ID), new StaticPin(PIN, List.of()));
    door = new IdentityV1Factors(deployment, Deployment.WIDE, Deployment.letters());
  }

  private Authenticate.Outcome pin(String pin) {
    return door.give(BANK, UIN, TX, null, pin);
  }

  private static void wrong(Authenticate.Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Authenticate.Mismatched.class,
            mismatched ->
                assertThat(mismatched.mismatches()).containsExactly(new Mismatch.WrongPin()));
  }

  @Test
  void sixtyFourTimesTwentyGuessesAreFiveComparisons() throws Exception {
    List<Integer> right =
        Race.run(thread -> {
          int accepted = 0;
          for (int turn = 0; turn < 20; turn++) {
            accepted += pin("%06d".formatted(turn)) instanceof Authenticate.Accepted ? 1 : 0;
          }
          return accepted;
        });
    assertThat(right).containsOnly(0);
    assertThat(deployment.hash.comparisons()).isEqualTo(TRIES);
    assertThat(deployment.records()).hasSize(64 * 20);
    assertThat(deployment.store.scan(Attempt.TABLE, "", 10)).isEmpty();
    wrong(pin(PIN));
  }

  @Test
  void theRightPinBeginsTheCountAnew() {
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i < TRIES; i++) {
        wrong(pin("000000"));
      }
      assertThat(pin(PIN)).isInstanceOf(Authenticate.Accepted.class);
    }
  }

  @Test
  void aLockedPinOpensAfterHalfAnHour() {
    for (int i = 0; i < TRIES; i++) {
      wrong(pin("000000"));
    }
    deployment.clock.move(Duration.ofMinutes(30).minusMillis(1));
    wrong(pin(PIN));
    deployment.clock.move(Duration.ofMillis(1));
    assertThat(pin(PIN)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void whoHasNoPinIsToldThatItIsWrong() {
    deployment.put(StaticPin.TABLE.key(ID), new StaticPin("another", List.of()));
    wrong(pin(PIN));
  }

  @Test
  void aServerThatIsTooBusyToCompareSpendsNeitherTryNorCode() {
    String code = door.code(BANK, UIN, TX);
    deployment.hash.busy = true;
    for (int i = 0; i < 2 * TRIES; i++) {
      assertThat(door.give(BANK, UIN, TX, code, PIN))
          .isInstanceOfSatisfying(
              Authenticate.Refused.class,
              refused ->
                  assertThat(refused.why()).isEqualTo(new AuthenticationRefusal.NotCompared()));
    }
    deployment.hash.busy = false;
    assertThat(door.give(BANK, UIN, TX, code, PIN)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void aBusyServerLiftsNoLockAndEmptiesNoCounter() {
    var narrow = new IdentityV1Factors(deployment, BudgetPolicy.DEFAULT, Deployment.letters());
    for (int i = 0; i < TRIES; i++) {
      wrong(narrow.give(BANK, UIN, TX, null, "000000"));
    }
    WrongCodes counted = deployment.store.read(WrongCodes.TABLE.key(Guesses.Kind.PIN.of(ID)));
    assertThat(counted.count()).isEqualTo(TRIES);
    deployment.hash.busy = true;
    for (int i = 0; i < 3 * TRIES; i++) {
      narrow.give(BANK, UIN, TX, null, PIN);
    }
    deployment.hash.busy = false;
    wrong(narrow.give(BANK, UIN, TX, null, PIN));
    assertThat(deployment.store.read(WrongCodes.TABLE.key(Guesses.Kind.PIN.of(ID))).count())
        .isGreaterThanOrEqualTo(TRIES);
  }

  @Test
  void aRightCodeEmptiesNoCounterOfPins() {
    for (int i = 1; i < TRIES; i++) {
      String code = door.code(BANK, UIN, TX);
      door.give(BANK, UIN, TX, code, "000000");
      deployment.clock.move(Duration.ofMinutes(2));
    }
    assertThat(deployment.store.read(WrongCodes.TABLE.key(Guesses.Kind.PIN.of(ID))).count())
        .isEqualTo(TRIES - 1);
    assertThat(deployment.store.read(WrongCodes.TABLE.key(Guesses.Kind.CODE.of(ID)))).isNull();
  }

  @Test
  void aWrongCodeAndAWrongPinAreToldTogether() {
    String code = door.code(BANK, UIN, TX);
    assertThat(door.give(BANK, UIN, TX, Deployment.wrong(code), "000000"))
        .isInstanceOfSatisfying(
            Authenticate.Mismatched.class,
            mismatched ->
                assertThat(mismatched.mismatches())
                    .containsExactly(new Mismatch.WrongCode(), new Mismatch.WrongPin()));
    assertThat(deployment.lastRecord().factors()).containsExactly("otp=Different", "pin=Different");
  }

  @Test
  void anAttemptThatNobodyDecidesStaysSpentAndGetsItsOneRecord() {
    var dead = new IdentityV1Factors(deployment, Deployment.WIDE, Deployment.letters());
    deployment.hash.dies = true;
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> dead.give(BANK, UIN, TX, null, PIN)))
        .isInstanceOf(IllegalStateException.class);
    deployment.hash.dies = false;
    assertThat(deployment.records()).isEmpty();

    door.abandoned().close();
    assertThat(deployment.records()).as("perhaps it is still at work").isEmpty();
    deployment.clock.move(Duration.ofMinutes(2).plusMillis(1));
    door.abandoned().close();
    door.abandoned().close();
    assertThat(deployment.records()).hasSize(1);
    AuditRecord record = deployment.lastRecord();
    assertThat(record.outcome()).isEqualTo("Abandoned");
    assertThat(record.person()).isEqualTo(ID);

    for (int i = 1; i < TRIES; i++) {
      wrong(pin("000000"));
    }
    wrong(pin(PIN));
    assertThat(deployment.verify().sound()).isTrue();
  }

  @Test
  void anotherRelyingPartyBringsNoOtherTries() {
    for (int i = 0; i < TRIES; i++) {
      wrong(pin("000000"));
    }
    wrong(door.give(CLINIC, UIN, TX, null, PIN));
  }
}

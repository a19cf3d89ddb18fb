package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.People.UIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract identity-v1 2.3 and 3.3: codes live a transaction each, tries are the person's. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class PersonTriesTest {

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private IdentityV1Factors door;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    People.james(deployment);
    door = new IdentityV1Factors(deployment, Deployment.WIDE, Deployment.letters());
  }

  private Authenticate.Outcome give(String caller, String transaction, String code) {
    return door.give(caller, UIN, transaction, code, null);
  }

  private static void refused(Authenticate.Outcome outcome, AuthenticationRefusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Authenticate.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  @Test
  void codesOfTwoTransactionsLiveBesideEachOther() {
    String one = door.code(BANK, UIN, TX);
    String other = door.code(CLINIC, UIN, OTHER_TX);
    assertThat(give(BANK, TX, one)).isInstanceOf(Authenticate.Accepted.class);
    assertThat(give(CLINIC, OTHER_TX, other)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void theFourthTryFreezesThoughItBeRightAndInAnotherTransaction() {
    String one = door.code(BANK, UIN, TX);
    String other = door.code(CLINIC, UIN, OTHER_TX);
    for (int i = 0; i < 3; i++) {
      assertThat(give(BANK, TX, Deployment.wrong(one))).isInstanceOf(Authenticate.Mismatched.class);
    }
    refused(give(CLINIC, OTHER_TX, other), new AuthenticationRefusal.Frozen());
    refused(give(BANK, TX, one), new AuthenticationRefusal.Frozen());
    assertThat(door.ask(BANK, UIN, "third"))
        .isEqualTo(new SendCode.Refused(new SendRefusal.Frozen()));

    deployment.clock.move(Duration.ofHours(2));
    String fresh = door.code(BANK, UIN, "third");
    assertThat(give(BANK, "third", fresh)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void aNewCodeBringsNoNewTriesAndARightOneDoes() {
    String code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    give(BANK, TX, Deployment.wrong(code));
    code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    refused(give(BANK, TX, code), new AuthenticationRefusal.Frozen());

    deployment.clock.move(Duration.ofHours(2));
    for (int round = 0; round < 3; round++) {
      code = door.code(BANK, UIN, TX);
      give(BANK, TX, Deployment.wrong(code));
      give(BANK, TX, Deployment.wrong(code));
      assertThat(give(BANK, TX, code)).isInstanceOf(Authenticate.Accepted.class);
      deployment.clock.move(Duration.ofMinutes(2));
    }
  }

  @Test
  void twoHoursWithoutAWrongOneForgetThem() {
    String code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    give(BANK, TX, Deployment.wrong(code));
    deployment.clock.move(Duration.ofHours(2).minusMillis(1));
    code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    refused(give(BANK, TX, code), new AuthenticationRefusal.Frozen());

    deployment.clock.move(Duration.ofHours(2));
    code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    give(BANK, TX, Deployment.wrong(code));
    deployment.clock.move(Duration.ofHours(2));
    code = door.code(BANK, UIN, TX);
    give(BANK, TX, Deployment.wrong(code));
    assertThat(give(BANK, TX, code)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void thatACodeIsLateIsToldBeforeThatThereWereTooManyTries() {
    String code = door.code(BANK, UIN, TX);
    for (int i = 0; i < 3; i++) {
      give(BANK, TX, Deployment.wrong(code));
    }
    deployment.clock.move(Duration.ofMinutes(3));
    refused(give(BANK, TX, code), new AuthenticationRefusal.CodeExpired());
  }

  @Test
  void aTransactionOfNobodysOrOfAnotherPartyIsRefused() {
    String code = door.code(BANK, UIN, TX);
    refused(give(BANK, OTHER_TX, code), new AuthenticationRefusal.OtherTransaction());
    refused(give(CLINIC, TX, code), new AuthenticationRefusal.OtherCaller());
    assertThat(give(BANK, TX, code)).isInstanceOf(Authenticate.Accepted.class);
  }
}

package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OFFICE;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.NOBODY;
import static io.watchword.testkit.laws.People.OTHER_ID;
import static io.watchword.testkit.laws.People.OTHER_UIN;
import static io.watchword.testkit.laws.People.PHONE;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static io.watchword.testkit.laws.People.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract ida 6.6, "Validation" and its consequences. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class CodeGivenBackTest {

  private static final Duration LIFETIME = Duration.ofMinutes(3);

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private People people;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    people = People.james(deployment);
  }

  static void refused(Authenticate.Outcome outcome, AuthenticationRefusal why) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Authenticate.Refused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  static void mismatched(Authenticate.Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Authenticate.Mismatched.class,
            wrong -> assertThat(wrong.mismatches()).isEqualTo(List.of(new Mismatch.WrongCode())));
  }

  static void accepted(Authenticate.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Authenticate.Accepted.class);
  }

  /** After this many wrong ones, one more right one is still compared. */
  private void fourWrongTriesAreLeft(String code) {
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    }
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aTransactionThatNeverSentACodeIsAnotherOne() {
    refused(deployment.give(BANK, UIN, TX, "123456"), new AuthenticationRefusal.OtherTransaction());
    assertThat(deployment.keyring.comparisons()).isZero();
  }

  @Test
  void aTransactionWhoseCodeNoCourierTookIsAnotherOne() {
    deployment.courier.from(_ -> KeptLetters.FAILED);
    deployment.ask(BANK, UIN, TX);
    refused(
        deployment.give(BANK, UIN, TX, deployment.courier.lastCode()),
        new AuthenticationRefusal.OtherTransaction());
  }

  @Test
  void aWrongTransactionNeverSpendsATry() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 20; i++) {
      refused(
          deployment.give(BANK, UIN, OTHER_TX, code), new AuthenticationRefusal.OtherTransaction());
    }
    assertThat(deployment.keyring.comparisons()).isZero();
    fourWrongTriesAreLeft(code);
  }

  @Test
  void anotherTypeOfIdentifierNeverSpendsATry() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 20; i++) {
      refused(
          deployment.give(BANK, VID, TX, code), new AuthenticationRefusal.OtherIdentifierType());
    }
    fourWrongTriesAreLeft(code);
  }

  @Test
  void anotherPersonsTransactionIsAnotherOne() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, "1990/01/01"), null);
    String code = deployment.code(BANK, UIN, TX);
    refused(
        deployment.give(BANK, OTHER_UIN, TX, code), new AuthenticationRefusal.OtherTransaction());
    fourWrongTriesAreLeft(code);
  }

  @Test
  void codesThatOthersSendToThePersonDoNotPushATransactionOutWhoseCodeIsValid() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 1; i < BudgetPolicy.DEFAULT.sendsPerPersonHour(); i++) {
      deployment.code(CLINIC, VID, "%010d".formatted(i));
    }
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void noMoreThanTheLatestTransactionsAreRemembered() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 16; i++) {
      deployment.code(CLINIC, VID, "%010d".formatted(i));
    }
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.OtherTransaction());
  }

  @Test
  void anotherCallerNeverSpendsATry() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 20; i++) {
      refused(deployment.give(CLINIC, UIN, TX, code), new AuthenticationRefusal.OtherCaller());
    }
    assertThat(deployment.keyring.comparisons()).isZero();
    fourWrongTriesAreLeft(code);
  }

  @Test
  void aStrangerWhoReusesATransactionIdShadowsNobody() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, "1990/01/01"), null);
    String code = deployment.code(BANK, UIN, TX);
    deployment.code(CLINIC, OTHER_UIN, TX);
    deployment.code(OFFICE, OTHER_UIN, TX);
    fourWrongTriesAreLeft(code);
  }

  @Test
  void aFailedSecondRequestShadowsNoGoodOne() {
    String code = deployment.code(BANK, UIN, TX);
    deployment.courier.from(_ -> KeptLetters.FAILED);
    deployment.ask(BANK, UIN, TX);
    people.lock("otp-phone");
    deployment.ask(BANK, UIN, TX);
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aWrongCodeIsAMismatchAndARightOneAfterItIsAccepted() {
    String code = deployment.code(BANK, UIN, TX);
    mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    mismatched(deployment.give(BANK, UIN, TX, ""));
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aSecondUseOfARightCodeFindsNoCode() {
    String code = deployment.code(BANK, UIN, TX);
    accepted(deployment.give(BANK, UIN, TX, code));
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.NoCode());
    refused(deployment.give(BANK, UIN, TX, wrong(code)), new AuthenticationRefusal.NoCode());
    assertThat(deployment.keyring.comparisons()).isEqualTo(1);
  }

  @Test
  void theFifthWrongCodeFreezes() {
    String code = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    }
    refused(deployment.give(BANK, UIN, TX, wrong(code)), new AuthenticationRefusal.Frozen());
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.Frozen());
    assertThat(deployment.keyring.comparisons()).isEqualTo(5);
  }

  @Test
  void aCodeLivesUpToItsLastMillisecond() {
    String code = deployment.code(BANK, UIN, TX);
    deployment.clock.move(LIFETIME.minusMillis(1));
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aRightCodeThatIsLateIsConsumed() {
    String code = deployment.code(BANK, UIN, TX);
    deployment.clock.move(LIFETIME);
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.CodeExpired());
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.NoCode());
  }

  @Test
  void aWrongCodeAgainstAnExpiredOneIsAMismatchAndCounts() {
    String code = deployment.code(BANK, UIN, TX);
    deployment.clock.move(LIFETIME.plusSeconds(60));
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    }
    refused(deployment.give(BANK, UIN, TX, wrong(code)), new AuthenticationRefusal.Frozen());
  }

  @Test
  void onlyTheNewestCodeWorksAndAskingAgainGivesAllTriesBack() {
    String former = deployment.code(BANK, UIN, TX);
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(former)));
    }
    String newest = deployment.code(BANK, UIN, OTHER_TX);
    mismatched(deployment.give(BANK, UIN, TX, former));
    refused(
        deployment.give(CLINIC, UIN, OTHER_TX, newest), new AuthenticationRefusal.OtherCaller());
    for (int i = 0; i < 3; i++) {
      mismatched(deployment.give(BANK, UIN, OTHER_TX, wrong(newest)));
    }
    accepted(deployment.give(BANK, UIN, OTHER_TX, newest));
  }

  @Test
  void aCodeIsBoundToItsTransactionEvenIfTheDigitsAreTheSame() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, "1990/01/01"), "111111");
    deployment.code(BANK, OTHER_UIN, TX);
    deployment.code(BANK, OTHER_UIN, OTHER_TX);
    mismatched(deployment.give(BANK, OTHER_UIN, TX, "111111"));
    accepted(deployment.give(BANK, OTHER_UIN, OTHER_TX, "111111"));
  }

  @Test
  void aUinAndAVidHaveSlotsOfTheirOwn() {
    String byUin = deployment.code(BANK, UIN, TX);
    String byVid = deployment.code(BANK, VID, OTHER_TX);
    for (int i = 0; i < 4; i++) {
      mismatched(deployment.give(BANK, UIN, TX, wrong(byUin)));
    }
    refused(deployment.give(BANK, UIN, TX, wrong(byUin)), new AuthenticationRefusal.Frozen());
    accepted(deployment.give(BANK, VID, OTHER_TX, byVid));
  }

  @Test
  void aCodeOfOneVidIsNothingToAnother() {
    var second = new Identifier(IdentifierType.VID, "9830872690593682");
    people.give(second, ID, null, null);
    String code = deployment.code(BANK, VID, TX);
    deployment.code(BANK, second, TX);
    mismatched(deployment.give(BANK, second, TX, code));
    accepted(deployment.give(BANK, VID, TX, code));
  }

  @Test
  void somebodyUnknownIsRefusedAndRecorded() {
    refused(
        deployment.give(BANK, NOBODY, TX, "123456"),
        new AuthenticationRefusal.NotServed(new StandingRefusal.Unknown(IdentifierType.UIN)));
    assertThat(deployment.records()).hasSize(1);
    assertThat(deployment.lastRecord().person()).isNull();
    assertThat(deployment.lastRecord().outcome()).isEqualTo("Unknown");
  }
}

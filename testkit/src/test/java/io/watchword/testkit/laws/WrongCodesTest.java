package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.CodeGivenBackTest.accepted;
import static io.watchword.testkit.laws.CodeGivenBackTest.refused;
import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OFFICE;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.individual.Identifier;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The counters above the slots, DESIGN section 5, law 4: no resend and no identifier resets them.
 */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class WrongCodesTest {

  private static final AuthenticationRefusal FROZEN = new AuthenticationRefusal.Frozen();
  private static final Duration SHUT = Duration.ofMinutes(30);
  private static final Duration DAY = Duration.ofDays(1);

  @Parameter StoreEngine engine;

  private Deployment deployment;

  /** Production's limits of wrong codes, and wide ones of sending. */
  @BeforeEach
  void enrolJames() {
    BudgetPolicy wide = Deployment.WIDE;
    BudgetPolicy production = BudgetPolicy.DEFAULT;
    assertThat(production.wrongPerPersonAndCaller()).isEqualTo(10);
    assertThat(production.wrongPerPerson()).isEqualTo(30);
    deployment =
        Deployment.over(
            engine,
            new BudgetPolicy(
                wide.sendsPerPersonHour(),
                wide.sendsPerDestinationHour(),
                wide.sendsPerDestinationDay(),
                wide.sendsPerPrefixHour(),
                wide.sendsPerCallerHour(),
                wide.sendsPerHour(),
                production.wrongPerPersonAndCaller(),
                production.wrongPerPerson(),
                production.shut(),
                production.longestShut(),
                production.forgotten()));
    People.james(deployment);
  }

  /** Wrong codes that were compared, each against a code of its own: no slot ever freezes. */
  private void guess(int times, String caller, Identifier identifier) {
    for (int i = 0; i < times; i++) {
      String code = deployment.code(caller, identifier, TX);
      assertThat(deployment.give(caller, identifier, TX, wrong(code)))
          .isInstanceOf(Authenticate.Mismatched.class);
    }
  }

  private void shut(String caller, Identifier identifier) {
    assertThat(deployment.ask(caller, identifier, TX))
        .isEqualTo(new SendCode.Refused(new SendRefusal.Frozen()));
  }

  private void open(String caller, Identifier identifier) {
    accepted(deployment.give(caller, identifier, TX, deployment.code(caller, identifier, TX)));
  }

  @Test
  void tenWrongCodesAtOneCallerShutItOutOverAllSlotsAndResends() {
    guess(5, BANK, VID);
    guess(5, BANK, UIN);
    String code = deployment.courier.lastCode();
    shut(BANK, UIN);
    shut(BANK, VID);
    int compared = deployment.keyring.comparisons();
    refused(deployment.give(BANK, UIN, TX, code), FROZEN);
    assertThat(deployment.keyring.comparisons()).isEqualTo(compared);
  }

  @Test
  void aStrangersWrongCodesShutOutTheStrangerAlone() {
    guess(10, BANK, UIN);
    shut(BANK, UIN);
    open(CLINIC, UIN);
    shut(BANK, UIN);
  }

  @Test
  void thirtyWrongCodesShutThePersonAtEveryCaller() {
    guess(10, BANK, UIN);
    guess(10, CLINIC, VID);
    guess(9, OFFICE, UIN);
    guess(1, "shop", UIN);
    shut("school", VID);
    shut(OFFICE, UIN);
    deployment.clock.move(SHUT.minusMillis(1));
    shut("school", UIN);
    deployment.clock.move(Duration.ofMillis(1));
    open("school", UIN);
  }

  @Test
  void whileThePersonIsShutAnOpenCallersRightCodeIsNotCompared() {
    String code = deployment.code("school", UIN, TX);
    guess(10, BANK, VID);
    guess(10, CLINIC, VID);
    guess(10, OFFICE, VID);
    int compared = deployment.keyring.comparisons();
    refused(deployment.give("school", UIN, TX, code), FROZEN);
    assertThat(deployment.keyring.comparisons()).isEqualTo(compared);
  }

  @Test
  void eachClosingLastsTwiceAsLongUntilADay() {
    Duration length = SHUT;
    for (int closing = 0; closing < 7; closing++) {
      guess(10, BANK, UIN);
      deployment.clock.move(length.minusMillis(1));
      shut(BANK, UIN);
      refused(deployment.give(BANK, UIN, TX, "123456"), FROZEN);
      deployment.clock.move(Duration.ofMillis(1));
      clearThePersonsOwnCounter();
      length = length.multipliedBy(2).compareTo(DAY) > 0 ? DAY : length.multipliedBy(2);
    }
  }

  /** A success at another caller, so that only the caller's counter is looked at. */
  private void clearThePersonsOwnCounter() {
    open(CLINIC, UIN);
  }

  @Test
  void aRightCodeEmptiesBothCounters() {
    guess(9, BANK, UIN);
    open(BANK, UIN);
    guess(9, BANK, UIN);
    open(BANK, VID);
    guess(9, BANK, UIN);
    guess(9, CLINIC, UIN);
    guess(9, OFFICE, UIN);
    open("shop", UIN);
    guess(9, "school", UIN);
    open(CLINIC, UIN);
  }

  @Test
  void aRightCodeElsewhereLeavesTheCallersCounterAlone() {
    guess(9, BANK, UIN);
    open(CLINIC, UIN);
    String code = deployment.code(BANK, UIN, TX);
    assertThat(deployment.give(BANK, UIN, TX, wrong(code)))
        .isInstanceOf(Authenticate.Mismatched.class);
    shut(BANK, UIN);
  }

  @Test
  void wrongCodesAreForgottenADayAfterTheLastAndNoMillisecondEarlier() {
    guess(9, BANK, UIN);
    deployment.clock.move(DAY.minusMillis(1));
    guess(1, BANK, UIN);
    shut(BANK, UIN);
    deployment.clock.move(DAY);
    guess(9, BANK, UIN);
    deployment.clock.move(DAY);
    guess(9, BANK, UIN);
    open(BANK, UIN);
  }

  @Test
  void aDayWithoutAWrongCodeMakesTheNextClosingShortAgain() {
    guess(10, BANK, UIN);
    deployment.clock.move(SHUT);
    guess(10, BANK, UIN);
    deployment.clock.move(DAY);
    guess(10, BANK, UIN);
    deployment.clock.move(SHUT);
    open(BANK, UIN);
  }

  @Test
  void aLateCodeNeitherCountsNorClears() {
    guess(9, BANK, UIN);
    String code = deployment.code(BANK, UIN, TX);
    deployment.clock.move(Duration.ofMinutes(3));
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.CodeExpired());
    guess(1, BANK, UIN);
    shut(BANK, UIN);
  }

  @Test
  void aTryThatWasNotComparedCountsNowhere() {
    for (int i = 0; i < 40; i++) {
      deployment.give(BANK, UIN, TX, "123456");
    }
    open(BANK, UIN);
    for (int i = 0; i < 40; i++) {
      refused(deployment.give(BANK, UIN, TX, "123456"), new AuthenticationRefusal.NoCode());
    }
    open(BANK, UIN);
  }

  @Test
  void anotherPersonIsNotShut() {
    guess(10, BANK, UIN);
    var people = People.james(deployment);
    people.enrol(
        People.OTHER_ID,
        People.OTHER_UIN,
        People.attributes("+15550100", null, "1990/01/01"),
        null);
    open(BANK, People.OTHER_UIN);
  }
}

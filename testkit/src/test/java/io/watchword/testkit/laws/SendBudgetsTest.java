package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.People.NOBODY;
import static io.watchword.testkit.laws.People.PHONE;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static io.watchword.testkit.laws.People.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierType;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of sending, DESIGN section 5, law 4, with the values that production starts with. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class SendBudgetsTest {

  private static final BudgetPolicy PRODUCTION = BudgetPolicy.DEFAULT;
  private static final Duration HOUR = Duration.ofHours(1);

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private People people;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine, PRODUCTION);
    people = People.james(deployment);
  }

  private static Identifier uin(int number) {
    return new Identifier(IdentifierType.UIN, "%010d".formatted(number));
  }

  /** Somebody else with this phone. */
  private Identifier other(int number, String phone) {
    people.enrol("%032x".formatted(number), uin(number), attributes(phone, null, null), null);
    return uin(number);
  }

  private void sent(int times, String caller, Identifier identifier) {
    for (int i = 0; i < times; i++) {
      assertThat(deployment.ask(caller, identifier, TX)).isInstanceOf(SendCode.Sent.class);
    }
  }

  private void tooMany(String budget, String caller, Identifier identifier) {
    int letters = deployment.courier.count();
    int records = deployment.records().size();
    assertThat(deployment.ask(caller, identifier, TX))
        .isEqualTo(new SendCode.Refused(new SendRefusal.TooMany(budget)));
    assertThat(deployment.courier.count()).isEqualTo(letters);
    assertThat(deployment.records()).hasSize(records + 1);
    assertThat(deployment.lastRecord().outcome()).isEqualTo("TooMany:" + budget);
  }

  /** Lets a counter stand as if it had counted that often since now. */
  private void counted(String key, int times) {
    String name = key.substring(0, key.indexOf('/'));
    var window = new SendWindows.Window(deployment.now().plus(HOUR), times);
    deployment.put(SendWindows.TABLE.key(key), new SendWindows(Map.of(name, window)));
  }

  @Test
  void theEleventhCodeOfAPersonInAnHourIsRefusedWhateverIdentifierChannelOrCaller() {
    sent(5, BANK, UIN);
    sent(5, CLINIC, VID);
    tooMany("person", BANK, UIN);
    tooMany("person", "shop", VID);
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL))
        .isEqualTo(new SendCode.Refused(new SendRefusal.TooMany("person")));
  }

  @Test
  void aPersonsHourEndsToTheMillisecond() {
    sent(10, BANK, UIN);
    deployment.clock.move(HOUR.minusMillis(1));
    tooMany("person", BANK, UIN);
    deployment.clock.move(Duration.ofMillis(1));
    sent(1, BANK, UIN);
  }

  @Test
  void anAddressThatSeveralPeopleShareGetsTenCodesAnHour() {
    sent(6, BANK, UIN);
    sent(4, BANK, other(1, PHONE));
    tooMany("to-hour", BANK, other(2, "+91 98765-43210"));
    deployment.clock.move(HOUR);
    sent(1, BANK, other(2, PHONE));
  }

  @Test
  void anAddressGetsThirtyCodesADay() {
    for (int hour = 0; hour < 3; hour++) {
      sent(10, BANK, other(10 + hour, PHONE));
      deployment.clock.move(HOUR);
    }
    tooMany("to-day", BANK, UIN);
    deployment.clock.move(Duration.ofHours(21).minusMillis(1));
    tooMany("to-day", BANK, UIN);
    deployment.clock.move(Duration.ofMillis(1));
    sent(1, BANK, UIN);
  }

  @Test
  void oneAddressThatIsFullStopsBothAndCountsNeither() {
    sent(9, BANK, UIN);
    other(1, PHONE);
    sent(1, BANK, uin(1));
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(new SendCode.Refused(new SendRefusal.TooMany("to-hour")));
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL)).isInstanceOf(SendCode.Sent.class);
  }

  @Test
  void numbersThatBeginAlikeShareAnHour() {
    String prefix = deployment.keyring.lookup("prefix", PHONE.substring(0, 6));
    counted("prefix/" + prefix, PRODUCTION.sendsPerPrefixHour() - 1);
    sent(1, BANK, UIN);
    tooMany("prefix", BANK, other(1, "+919870000000"));
    sent(1, BANK, other(2, "+919970000000"));
    deployment.clock.move(HOUR);
    sent(1, BANK, uin(1));
  }

  @Test
  void aCallerHasAnHourOfItsOwn() {
    counted("caller/" + BANK, PRODUCTION.sendsPerCallerHour() - 1);
    sent(1, BANK, UIN);
    tooMany("caller", BANK, UIN);
    sent(1, CLINIC, UIN);
    deployment.clock.move(HOUR);
    sent(1, BANK, UIN);
  }

  @Test
  void whoAsksForPeopleWhoAreNotOnFileSpendsTheSameHour() {
    counted("caller/" + BANK, PRODUCTION.sendsPerCallerHour() - 1);
    assertThat(deployment.ask(BANK, NOBODY, TX))
        .isInstanceOfSatisfying(
            SendCode.Refused.class,
            refused -> assertThat(refused.why()).isInstanceOf(SendRefusal.NotServed.class));
    tooMany("caller", BANK, NOBODY);
    tooMany("caller", BANK, UIN);
  }

  @Test
  void theWholeDeploymentHasACeiling() {
    counted("all/", PRODUCTION.sendsPerHour() - 1);
    sent(1, BANK, UIN);
    tooMany("all", CLINIC, other(1, "+4915112345678"));
    deployment.clock.move(HOUR);
    sent(1, CLINIC, uin(1));
  }

  @Test
  void aLetterThatNobodyTookIsPaidForAllTheSame() {
    deployment.courier.from(_ -> KeptLetters.FAILED);
    for (int i = 0; i < 10; i++) {
      deployment.ask(BANK, UIN, TX);
    }
    tooMany("person", BANK, UIN);
  }

  @Test
  void aFloodOfAHundredRequestsInAMinuteStopsEvenIfNoneOfThemSends() {
    People.james(deployment = Deployment.over(engine, PRODUCTION));
    for (int i = 0; i < 100; i++) {
      assertThat(deployment.ask(i % 2 == 0 ? BANK : CLINIC, i % 3 == 0 ? VID : UIN, TX))
          .isNotEqualTo(new SendCode.Refused(new SendRefusal.TooMany("flood")));
    }
    tooMany("flood", BANK, UIN);
    tooMany("flood", BANK, VID);
    deployment.clock.move(Duration.ofMinutes(1));
    tooMany("flood", BANK, UIN);
    deployment.clock.move(Duration.ofMillis(1));
    tooMany("person", BANK, UIN);
  }

  @Test
  void theMinuteOfAFloodSlides() {
    sent(1, BANK, UIN);
    deployment.clock.move(Duration.ofSeconds(59));
    for (int i = 0; i < 99; i++) {
      deployment.ask(BANK, UIN, TX);
    }
    deployment.clock.move(Duration.ofSeconds(2));
    deployment.ask(BANK, UIN, TX);
    tooMany("flood", BANK, UIN);
  }
}

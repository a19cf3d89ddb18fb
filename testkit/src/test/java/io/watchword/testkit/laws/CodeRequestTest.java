package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.MAIL;
import static io.watchword.testkit.laws.People.NOBODY;
import static io.watchword.testkit.laws.People.OTHER_ID;
import static io.watchword.testkit.laws.People.OTHER_UIN;
import static io.watchword.testkit.laws.People.PHONE;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static io.watchword.testkit.laws.People.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.code.Recipient;
import io.watchword.core.code.SendCode;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract ida 6.6, "Request", step by step; each refusal leaves no code and one record. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class CodeRequestTest {

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private People people;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    people = People.james(deployment);
  }

  private void refused(SendCode.Outcome outcome, SendRefusal why) {
    assertThat(outcome).isEqualTo(new SendCode.Refused(why));
    assertThat(deployment.courier.count()).as("letters").isZero();
    assertThat(deployment.records()).hasSize(1);
    assertThat(deployment.lastRecord().event()).isEqualTo(AuditRecord.Event.CODE_SEND);
    assertThat(deployment.lastRecord().outcome()).isNotEqualTo(AuditRecord.ACCEPTED).isNotBlank();
  }

  private static SendRefusal notServed(StandingRefusal why) {
    return new SendRefusal.NotServed(why);
  }

  @Test
  void anIdentifierThatNobodyHasIsUnknownRecordedAndCounted() {
    refused(
        deployment.ask(BANK, NOBODY, TX),
        notServed(new StandingRefusal.Unknown(IdentifierType.UIN)));
    assertThat(deployment.lastRecord().person()).isNull();
  }

  @Test
  void aRevokedVidIsGone() {
    people.give(
        VID, new IdentifierRow(ID, IdentifierType.VID, IdentifierRow.State.REVOKED, null, null));
    refused(deployment.ask(BANK, VID, TX), notServed(new StandingRefusal.Gone(IdentifierType.VID)));
  }

  @Test
  void aVidIsExpiredFromTheInstantOfItsExpiryOn() {
    people.give(VID, ID, deployment.now().plusMillis(1), null);
    assertThat(deployment.ask(BANK, VID, TX)).isInstanceOf(SendCode.Sent.class);
    deployment.clock.move(Duration.ofMillis(1));
    assertThat(deployment.ask(BANK, VID, TX))
        .isEqualTo(new SendCode.Refused(notServed(new StandingRefusal.VidExpired())));
  }

  @Test
  void aDeactivatedPersonGetsNoCode() {
    people.stand(deployment.now(), Map.of());
    refused(deployment.ask(BANK, UIN, TX), notServed(new StandingRefusal.Deactivated()));
  }

  @Test
  void aBlockedIndividualGetsNoCodeUntilTheEntryExpires() {
    people.block(
        HotListed.Subject.INDIVIDUAL, UIN.value(), deployment.now().plus(Duration.ofHours(1)));
    refused(
        deployment.ask(BANK, UIN, TX),
        notServed(new StandingRefusal.Blocked(HotListed.Subject.INDIVIDUAL)));
    deployment.clock.move(Duration.ofHours(1));
    assertThat(deployment.ask(BANK, UIN, TX)).isInstanceOf(SendCode.Sent.class);
  }

  @Test
  void aBlockedPartnerGetsNoCode() {
    people.block(HotListed.Subject.PARTNER, BANK, null);
    refused(
        deployment.ask(BANK, UIN, TX),
        notServed(new StandingRefusal.Blocked(HotListed.Subject.PARTNER)));
  }

  @Test
  void theGeneralLockOfOtpStopsEveryChannel() {
    people.lock("otp");
    refused(
        deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE), new SendRefusal.Locked("otp"));
  }

  @Test
  void ifEveryChannelIsLockedTheFirstThatWasAskedForIsNamed() {
    people.lock("otp-phone", "otp-email");
    refused(
        deployment.ask(BANK, UIN, TX, Channel.PHONE, Channel.EMAIL),
        new SendRefusal.Locked("otp-phone"));
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(new SendCode.Refused(new SendRefusal.Locked("otp-email")));
  }

  @Test
  void aLockedChannelIsDroppedAndTheOtherIsUsed() {
    people.lock("otp-phone", "demo", "bio-Face", "pin");
    assertThat(deployment.ask(BANK, UIN, TX, Channel.PHONE, Channel.EMAIL))
        .isEqualTo(new SendCode.Sent(Map.of(Channel.EMAIL, MAIL)));
    assertThat(deployment.courier.count(Channel.PHONE)).isZero();
  }

  @Test
  void aTemporaryUnlockOpensAChannelUntilItsInstant() {
    people.stand(null, Map.of("otp-phone", new Standing.Lock(deployment.now().plusMillis(1))));
    assertThat(deployment.ask(BANK, UIN, TX)).isInstanceOf(SendCode.Sent.class);
    deployment.clock.move(Duration.ofMillis(1));
    assertThat(deployment.ask(BANK, UIN, TX))
        .isEqualTo(new SendCode.Refused(new SendRefusal.Locked("otp-phone")));
  }

  @Test
  void anAddressThatIsNotOnFileIsNamedByItsChannel() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(null, null, null), null);
    refused(
        deployment.ask(BANK, OTHER_UIN, TX, Channel.PHONE),
        new SendRefusal.NoAddress(Set.of(Channel.PHONE)));
    assertThat(deployment.ask(BANK, OTHER_UIN, TX, Channel.EMAIL))
        .isEqualTo(new SendCode.Refused(new SendRefusal.NoAddress(Set.of(Channel.EMAIL))));
    assertThat(deployment.ask(BANK, OTHER_UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(
            new SendCode.Refused(new SendRefusal.NoAddress(Set.of(Channel.EMAIL, Channel.PHONE))));
  }

  @Test
  void aPhoneThatIsOnFileButLockedIsNotCalledMissing() {
    people.enrol(ID, UIN, attributes(PHONE, null, null), null).lock("otp-phone");
    refused(
        deployment.ask(BANK, UIN, TX, Channel.PHONE, Channel.EMAIL),
        new SendRefusal.NoAddress(Set.of(Channel.EMAIL)));
  }

  @Test
  void withOneAddressMissingTheOtherIsUsed() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, "  ", null), null);
    assertThat(deployment.ask(BANK, OTHER_UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(new SendCode.Sent(Map.of(Channel.PHONE, PHONE)));
  }

  @Test
  void aLetterThatNoCourierTakesIsNotSentAndTheFormerCodeStaysValid() {
    String former = deployment.code(BANK, UIN, TX);
    deployment.courier.from(_ -> KeptLetters.FAILED);
    assertThat(deployment.ask(BANK, UIN, OTHER_TX, Channel.PHONE, Channel.EMAIL))
        .isEqualTo(new SendCode.Refused(new SendRefusal.NotTaken()));
    String untaken = deployment.courier.lastCode();
    assertThat(deployment.give(BANK, UIN, OTHER_TX, untaken))
        .isNotInstanceOf(Authenticate.Accepted.class);
    assertThat(deployment.give(BANK, UIN, TX, former)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void aCourierThatThrowsHasTakenNothingAndTheRefusalIsRecorded() {
    deployment.courier.from(_ -> {
      throw new IllegalStateException("broken");
    });
    assertThat(deployment.ask(BANK, UIN, TX, Channel.PHONE, Channel.EMAIL))
        .isEqualTo(new SendCode.Refused(new SendRefusal.NotTaken()));
    assertThat(deployment.records()).hasSize(1);
    assertThat(deployment.lastRecord().outcome()).isEqualTo("NotTaken");
  }

  @Test
  void oneLetterOfTwoIsEnoughAndOnlyItsAddressIsTold() {
    deployment.courier.from(letter -> {
      if (letter.channel() == Channel.EMAIL) {
        throw new IllegalStateException("broken");
      }
      return KeptLetters.TAKEN;
    });
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(new SendCode.Sent(Map.of(Channel.PHONE, PHONE)));
    assertThat(deployment.give(BANK, UIN, TX, deployment.courier.lastCode()))
        .isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void withoutAnyChannelThePersonIsJudgedAndCountedAndNoCodeIsMade() {
    String former = deployment.code(BANK, UIN, TX);
    assertThat(deployment.ask(BANK, UIN, OTHER_TX, new Channel[0]))
        .isEqualTo(new SendCode.Sent(Map.of()));
    assertThat(deployment.courier.count()).isEqualTo(1);
    assertThat(deployment.lastRecord().outcome()).isEqualTo(AuditRecord.ACCEPTED);
    assertThat(deployment.give(BANK, UIN, TX, former)).isInstanceOf(Authenticate.Accepted.class);
    people.lock("otp");
    assertThat(deployment.ask(BANK, UIN, TX, new Channel[0]))
        .isEqualTo(new SendCode.Refused(new SendRefusal.Locked("otp")));
    people.stand(deployment.now(), Map.of());
    assertThat(deployment.ask(BANK, UIN, TX, new Channel[0]))
        .isEqualTo(new SendCode.Refused(notServed(new StandingRefusal.Deactivated())));
    assertThat(deployment.records()).hasSize(5);
  }

  @Test
  void aVidThatIsRevokedAfterItWasFoundIsGone() {
    Directory.Found found = deployment.directory.find(VID).orElseThrow();
    people.give(
        VID, new IdentifierRow(ID, IdentifierType.VID, IdentifierRow.State.REVOKED, null, null));
    var request = new SendCode.Request("ida", BANK, VID, TX, Set.of(Channel.PHONE), "request");
    refused(
        deployment.send.send(request, Recipient.of(found)),
        notServed(new StandingRefusal.Gone(IdentifierType.VID)));
  }

  @Test
  void bothLettersHoldTheOneCode() {
    assertThat(deployment.ask(BANK, UIN, TX, Channel.EMAIL, Channel.PHONE))
        .isEqualTo(new SendCode.Sent(Map.of(Channel.PHONE, PHONE, Channel.EMAIL, MAIL)));
    List<String> codes = deployment.courier.codes();
    assertThat(codes).hasSize(2).containsOnly(codes.getFirst());
    assertThat(codes.getFirst()).matches("[0-9]{6}");
    assertThat(deployment.records()).hasSize(1);
    assertThat(deployment.lastRecord().outcome()).isEqualTo(AuditRecord.ACCEPTED);
  }

  @Test
  void askingSpendsNoUseOfAVid() {
    people.give(VID, ID, null, 1);
    deployment.code(BANK, VID, TX);
    String code = deployment.code(BANK, VID, TX);
    assertThat(deployment.give(BANK, VID, TX, code)).isInstanceOf(Authenticate.Accepted.class);
  }

  @Test
  void aFictitiousPersonsCodeIsFixedAndWorthNothingBeforeItIsAskedFor() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, "1990/01/01"), "111111");
    assertThat(deployment.give(BANK, OTHER_UIN, TX, "111111"))
        .isInstanceOf(Authenticate.Refused.class);
    assertThat(deployment.code(BANK, OTHER_UIN, TX)).isEqualTo("111111");
    assertThat(deployment.give(CLINIC, OTHER_UIN, TX, "111111"))
        .isInstanceOf(Authenticate.Refused.class);
    assertThat(deployment.give(BANK, OTHER_UIN, TX, wrong("111111")))
        .isInstanceOf(Authenticate.Mismatched.class);
    assertThat(deployment.give(BANK, OTHER_UIN, TX, "111111"))
        .isInstanceOf(Authenticate.Accepted.class);
    assertThat(deployment.give(BANK, OTHER_UIN, TX, "111111"))
        .isInstanceOf(Authenticate.Refused.class);
  }
}

package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.CodeGivenBackTest.accepted;
import static io.watchword.testkit.laws.CodeGivenBackTest.mismatched;
import static io.watchword.testkit.laws.CodeGivenBackTest.refused;
import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.CLINIC;
import static io.watchword.testkit.laws.Deployment.OTHER_TX;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.OTHER_ID;
import static io.watchword.testkit.laws.People.OTHER_UIN;
import static io.watchword.testkit.laws.People.PHONE;
import static io.watchword.testkit.laws.People.UIN;
import static io.watchword.testkit.laws.People.VID;
import static io.watchword.testkit.laws.People.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.AuthenticationRefusal.Locked;
import io.watchword.core.authentication.AuthenticationRefusal.NotServed;
import io.watchword.core.authentication.Claim;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract ida 6.4 and 6.5: looking up the person, then the filters, before any factor. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class StandingOfPeopleTest {

  private static final NotServed GONE_VID =
      new NotServed(new StandingRefusal.Gone(IdentifierType.VID));

  @Parameter StoreEngine engine;

  private Deployment deployment;
  private People people;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    people = People.james(deployment);
  }

  private Authenticate.Outcome claim(Identifier identifier, String phone) {
    var claim =
        new Claim("phoneNumber", List.of(Individual.PHONE), null, phone, Claim.Kind.TEXT, false);
    return deployment.decide(BANK, identifier, TX, null, List.of(claim));
  }

  @Test
  void aRevokedVidIsGoneAndSpendsNoTry() {
    String code = deployment.code(BANK, VID, TX);
    people.give(
        VID, new IdentifierRow(ID, IdentifierType.VID, IdentifierRow.State.REVOKED, null, null));
    refused(deployment.give(BANK, VID, TX, code), GONE_VID);
    assertThat(deployment.keyring.comparisons()).isZero();
  }

  @Test
  void aUsedUpVidIsGoneAndStaysOnFile() {
    people.give(VID, ID, null, 1);
    String code = deployment.code(BANK, VID, TX);
    accepted(deployment.give(BANK, VID, TX, code));
    refused(deployment.give(BANK, VID, TX, code), GONE_VID);
    assertThat(deployment.store.read(deployment.directory.key(VID)))
        .isEqualTo(new IdentifierRow(ID, IdentifierType.VID, IdentifierRow.State.USED, null, 0));
  }

  @Test
  void aUseIsSpentEvenIfTheFactorIsWrong() {
    people.give(VID, ID, null, 2);
    mismatched(deployment.give(BANK, VID, TX, wrong(deployment.code(BANK, VID, TX))));
    assertThat(claim(VID, "+10000000")).isInstanceOf(Authenticate.Mismatched.class);
    refused(claim(VID, PHONE), GONE_VID);
  }

  @Test
  void aUseIsSpentEvenIfAFilterRefusesLater() {
    people.give(VID, ID, null, 1).lock("otp");
    refused(deployment.give(BANK, VID, TX, "123456"), new Locked("otp"));
    people.lock();
    refused(deployment.give(BANK, VID, TX, "123456"), GONE_VID);
  }

  @Test
  void aUseIsSpentEvenIfTheCallerIsBlocked() {
    people.give(VID, ID, null, 1);
    people.block(HotListed.Subject.PARTNER, BANK, deployment.now().plusMillis(1));
    refused(
        claim(VID, PHONE), new NotServed(new StandingRefusal.Blocked(HotListed.Subject.PARTNER)));
    deployment.clock.move(Duration.ofMillis(1));
    refused(claim(VID, PHONE), GONE_VID);
  }

  @Test
  void whatChangesBetweenTheLookUpAndTheDecisionCounts() {
    String code = deployment.code(BANK, VID, TX);
    var meddled =
        Deployment.start(
            new MeddledStore(
                deployment.store,
                () ->
                    people.give(
                        VID,
                        new IdentifierRow(
                            ID, IdentifierType.VID, IdentifierRow.State.REVOKED, null, null))),
            deployment.clock,
            Deployment.WIDE);
    refused(meddled.give(BANK, VID, TX, code), GONE_VID);
    assertThat(meddled.keyring.comparisons()).isZero();
  }

  @Test
  void anExpiredVidSpendsNoUse() {
    people.give(VID, ID, deployment.now(), 1);
    refused(claim(VID, PHONE), new NotServed(new StandingRefusal.VidExpired()));
    people.give(VID, ID, deployment.now().plusMillis(1), 1);
    accepted(claim(VID, PHONE));
  }

  @Test
  void aDeactivatedPersonIsRefusedByUinAndByVid() {
    people.stand(deployment.now(), Map.of());
    refused(claim(UIN, PHONE), new NotServed(new StandingRefusal.Deactivated()));
    refused(claim(VID, PHONE), new NotServed(new StandingRefusal.VidOfDeactivated()));
    people.stand(null, Map.of());
    accepted(claim(UIN, PHONE));
  }

  @Test
  void aBlockedPartnerIsNamedBeforeABlockedIndividual() {
    people.block(HotListed.Subject.PARTNER, BANK, deployment.now().plusMillis(1));
    people.block(HotListed.Subject.INDIVIDUAL, UIN.value(), null);
    refused(
        claim(UIN, PHONE), new NotServed(new StandingRefusal.Blocked(HotListed.Subject.PARTNER)));
    deployment.clock.move(Duration.ofMillis(1));
    refused(
        claim(UIN, PHONE),
        new NotServed(new StandingRefusal.Blocked(HotListed.Subject.INDIVIDUAL)));
    accepted(claim(VID, PHONE));
  }

  @Test
  void aBlockedIndividualIsNamedBeforeTheChildAndTheChildBeforeTheLock() {
    people.enrol(ID, UIN, attributes(PHONE, null, "2024/01/01"), null).lock("otp");
    people.block(HotListed.Subject.INDIVIDUAL, UIN.value(), deployment.now().plusMillis(1));
    refused(
        deployment.give(BANK, UIN, TX, "123456"),
        new NotServed(new StandingRefusal.Blocked(HotListed.Subject.INDIVIDUAL)));
    deployment.clock.move(Duration.ofMillis(1));
    refused(
        deployment.give(BANK, UIN, TX, "123456"), new AuthenticationRefusal.DeniedToChild("otp"));
  }

  @Test
  void nobodyIsAChildFromTheFifthBirthdayOn() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, "2021/03/01"), null);
    String code = deployment.code(BANK, OTHER_UIN, TX);
    deployment.clock.set(Instant.parse("2026-02-28T23:59:59.999Z"));
    refused(
        deployment.give(BANK, OTHER_UIN, TX, code), new AuthenticationRefusal.DeniedToChild("otp"));
    deployment.clock.set(Instant.parse("2026-03-01T00:00:00Z"));
    accepted(deployment.give(BANK, OTHER_UIN, TX, deployment.code(BANK, OTHER_UIN, TX)));
  }

  @Test
  void withoutADateOfBirthACodeIsRefusedAndAClaimIsNot() {
    people.enrol(OTHER_ID, OTHER_UIN, attributes(PHONE, null, null), null);
    String code = deployment.code(BANK, OTHER_UIN, TX);
    refused(deployment.give(BANK, OTHER_UIN, TX, code), new AuthenticationRefusal.NoBirthDate());
    accepted(claim(OTHER_UIN, PHONE));
  }

  @Test
  void aLockedFactorIsRefusedAndTheOtherIsNot() {
    people.lock("demo");
    refused(claim(UIN, PHONE), new Locked("demo"));
    accepted(deployment.give(BANK, UIN, TX, deployment.code(BANK, UIN, TX)));
    people.lock("otp");
    accepted(claim(UIN, PHONE));
  }

  @Test
  void aCodeIsRefusedOnlyIfBothChannelsAreLocked() {
    String code = deployment.code(BANK, UIN, TX);
    people.lock("otp-phone", "otp-email");
    refused(deployment.give(BANK, UIN, TX, code), new Locked("otp"));
    people.lock("otp-phone");
    accepted(deployment.give(BANK, UIN, TX, code));
  }

  @Test
  void aTemporaryUnlockEndsAtItsInstant() {
    String code = deployment.code(BANK, UIN, TX);
    people.stand(null, Map.of("otp", new Standing.Lock(deployment.now().plusSeconds(10))));
    mismatched(deployment.give(BANK, UIN, TX, wrong(code)));
    deployment.clock.move(Duration.ofSeconds(10));
    refused(deployment.give(BANK, UIN, TX, code), new Locked("otp"));
  }

  @Test
  void aWrongCodeEndsTheDecisionBeforeTheClaims() {
    String code = deployment.code(BANK, UIN, TX);
    var claim =
        new Claim("phoneNumber", List.of(Individual.PHONE), null, "x", Claim.Kind.TEXT, false);
    mismatched(deployment.decide(BANK, UIN, TX, wrong(code), List.of(claim)));
    assertThat(deployment.decide(BANK, UIN, TX, code, List.of(claim)))
        .isInstanceOf(Authenticate.Mismatched.class);
    refused(deployment.give(BANK, UIN, TX, code), new AuthenticationRefusal.NoCode());
    assertThat(deployment.records().get(2).factors())
        .isEqualTo(List.of("otp=Right", "demo=Different"));
  }

  @Test
  void theTokenIsTheSameForUinAndVidAndAnotherAtAnotherPartner() {
    String byUin = ((Authenticate.Accepted) claim(UIN, PHONE)).pseudonym();
    String byVid = ((Authenticate.Accepted) claim(VID, PHONE)).pseudonym();
    assertThat(byUin).isEqualTo(byVid).matches("[0-9]{36}");
    String code = deployment.code(CLINIC, UIN, OTHER_TX);
    assertThat(((Authenticate.Accepted) deployment.give(CLINIC, UIN, OTHER_TX, code)).pseudonym())
        .isNotEqualTo(byUin);
  }
}

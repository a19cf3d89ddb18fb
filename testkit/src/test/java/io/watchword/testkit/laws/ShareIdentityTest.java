package io.watchword.testkit.laws;

import static io.watchword.testkit.laws.Deployment.BANK;
import static io.watchword.testkit.laws.Deployment.TX;
import static io.watchword.testkit.laws.Deployment.wrong;
import static io.watchword.testkit.laws.People.ID;
import static io.watchword.testkit.laws.People.PHONE;
import static io.watchword.testkit.laws.People.UIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.authentication.Authenticate;
import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Factors;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Portrait;
import io.watchword.core.kyc.ShareIdentity;
import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Policy;
import io.watchword.testkit.store.StoreEngine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract ida 5.4 and 6.2: a KYC gives out what the policy allows, and only to the right code. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class ShareIdentityTest {

  private static final Attribute NAME = new Attribute.Localized(names("eng", "fra", "ara"));

  @Parameter StoreEngine engine;

  private Deployment deployment;

  @BeforeEach
  void enrolJames() {
    deployment = Deployment.over(engine);
    Map<String, Attribute> attributes = People.attributes(PHONE, "j@test.io", "1980/03/01");
    attributes.put("fullName", NAME);
    attributes.put("city", new Attribute.Localized(names("ara")));
    People.james(deployment).enrol(ID, UIN, attributes, null);
  }

  private static Map<String, String> names(String... languages) {
    var names = new LinkedHashMap<String, String>();
    for (String language : languages) {
      names.put(language, "James in " + language);
    }
    return names;
  }

  private static Policy policy(List<String> attributes, List<String> languages) {
    return new Policy(
        "policy",
        Partner.Status.ACTIVE,
        Instant.EPOCH,
        null,
        Set.of(Policy.Action.values()),
        List.of(),
        attributes,
        languages,
        Policy.Pseudonym.PARTNER,
        Map.of());
  }

  private ShareIdentity.Outcome share(Policy policy, String code) {
    var caller =
        new Admitted(
            new Partner(BANK, BANK, Partner.Status.ACTIVE, new byte[] {1}, "", null), policy);
    return new ShareIdentity(deployment.authenticate, deployment.directory, List.of("eng", "fra"))
        .share(
            new Authenticate.Request(
                "ida",
                AuditRecord.Event.KYC,
                caller,
                UIN,
                TX,
                Factors.of(code, List.of()),
                ShareIdentity.wantsPortrait(policy),
                "request"));
  }

  private Map<String, Attribute> shared(Policy policy) {
    ShareIdentity.Outcome outcome = share(policy, deployment.code(BANK, UIN, TX));
    assertThat(outcome).isInstanceOf(ShareIdentity.Shared.class);
    return ((ShareIdentity.Shared) outcome).attributes();
  }

  @Test
  void aWrongCodeLearnsNothing() {
    String code = deployment.code(BANK, UIN, TX);
    assertThat(share(policy(List.of("phone"), List.of()), wrong(code)))
        .isInstanceOf(ShareIdentity.Mismatched.class);
    assertThat(deployment.lastRecord().event()).isEqualTo(AuditRecord.Event.KYC);
  }

  @Test
  void whatThePolicyDoesNotNameIsNotGivenOut() {
    assertThat(shared(policy(List.of(), List.of()))).isEmpty();
    assertThat(shared(policy(List.of("name", "FULLNAME", "token", "uin"), List.of()))).isEmpty();
    assertThat(shared(policy(List.of("phone", "nonsense"), List.of())))
        .isEqualTo(Map.of("phone", new Attribute.Plain(PHONE)));
  }

  @Test
  void aLanguageThatIsNotConfiguredIsNotGivenOut() {
    assertThat(shared(policy(List.of("fullName", "city"), List.of("ara", "fra"))))
        .isEqualTo(Map.of("fullName", new Attribute.Localized(names("fra"))));
    assertThat(shared(policy(List.of("fullName"), List.of("ara"))))
        .as("none of the policy's languages is configured: all configured ones")
        .isEqualTo(Map.of("fullName", new Attribute.Localized(names("eng", "fra"))));
    assertThat(shared(policy(List.of("fullName"), List.of())))
        .isEqualTo(Map.of("fullName", new Attribute.Localized(names("eng", "fra"))));
  }

  @Test
  void aFacePictureThatIsNotOnFileIsRefusedButOnlyToTheRightCode() {
    Policy policy = policy(List.of("photo", "phone"), List.of());
    String code = deployment.code(BANK, UIN, TX);
    assertThat(share(policy, wrong(code))).isInstanceOf(ShareIdentity.Mismatched.class);
    assertThat(share(policy, code))
        .isInstanceOfSatisfying(
            ShareIdentity.Refused.class,
            refused -> assertThat(refused.why()).isEqualTo(new AuthenticationRefusal.NoPortrait()));
    deployment.put(Portrait.TABLE.key(ID), new Portrait(new byte[] {7}));
    assertThat(share(policy, deployment.code(BANK, UIN, TX)))
        .isInstanceOfSatisfying(
            ShareIdentity.Shared.class,
            shared -> {
              assertThat(shared.portrait()).isNotNull();
              assertThat(shared.portrait().image()).isEqualTo(new byte[] {7});
              assertThat(shared.toString()).doesNotContain(PHONE);
            });
    assertThat(share(policy(List.of("phone"), List.of()), deployment.code(BANK, UIN, TX)))
        .isInstanceOfSatisfying(
            ShareIdentity.Shared.class, shared -> assertThat(shared.portrait()).isNull());
  }
}

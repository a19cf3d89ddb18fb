package io.watchword.server.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.core.partner.Policy;
import io.watchword.core.partner.Policy.Action;
import io.watchword.core.partner.Policy.Pseudonym;
import io.watchword.core.partner.Strategy;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  /** Contract ida 6.2. */
  private static final String SAMPLE =
      """
      {"authTokenType":"policy",
       "allowedKycAttributes":[{"attributeName":"fullName"},{"attributeName":"dateOfBirth"}],
       "allowedAuthTypes":[{"authType":"otp-request","mandatory":false},
         {"authType":"otp","mandatory":false},
         {"authType":"demo","mandatory":false},{"authType":"kyc","mandatory":false},
         {"authType":"bio","authSubType":"FINGER","mandatory":false}],
       "kycLanguages":["eng"]}
      """;

  @Test
  void whatIsNotJsonIsRefused() {
    assertThat(problems("")).hasSize(1);
    assertThat(problems("{")).hasSize(1);
    assertThat(problems(SAMPLE + "x")).hasSize(1);
    assertThat(problems("{\"authTokenType\":\"policy\",\"authTokenType\":\"random\"}")).hasSize(1);
    assertThat(problems(" ".repeat(65 * 1024))).containsExactly("the policy is longer than 64 KiB");
    assertThat(problems("[]")).containsExactly("the policy must be an object");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThat(
            problems(
                """
                {"authTokenType":"sometimes","extra":1,
                 "allowedKycAttributes":[{"attributeName":"full name"},{"name":"x"},"y",
                   {"attributeName":"phone","masked":"no"},{"attributeName":"phone"}],
                 "allowedAuthTypes":[{"authType":"retina"},{"authType":"otp","mandatory":"yes"},
                   {"authType":"OTP"},{"authType":"bio","authSubType":"TOE"},
                   {"authType":"otp-request","authSubType":"FINGER"}],
                 "kycLanguages":["en","eng","eng",7]}
                """))
        .anyMatch(p -> p.contains("unknown member 'extra'"))
        .anyMatch(p -> p.startsWith("authTokenType: 'sometimes'"))
        .anyMatch(p -> p.startsWith("allowedKycAttributes[0]: 'full name'"))
        .anyMatch(p -> p.startsWith("allowedKycAttributes[1] has an unknown member 'name'"))
        .anyMatch(p -> p.equals("allowedKycAttributes[2] must be an object"))
        .anyMatch(p -> p.equals("allowedKycAttributes[3].masked must be true or false"))
        .anyMatch(p -> p.equals("allowedKycAttributes[4]: phone stands there twice"))
        .anyMatch(p -> p.startsWith("allowedAuthTypes[0]: there is no authType 'retina'"))
        .anyMatch(p -> p.equals("allowedAuthTypes[1].mandatory must be true or false"))
        .anyMatch(p -> p.equals("allowedAuthTypes[2]: OTP stands there twice"))
        .anyMatch(p -> p.startsWith("allowedAuthTypes[3]: there is no authType 'bio'"))
        .anyMatch(p -> p.startsWith("allowedAuthTypes[4]: there is no authType 'otp-request'"))
        .anyMatch(p -> p.startsWith("kycLanguages[0]: 'en'"))
        .anyMatch(p -> p.equals("kycLanguages[2]: eng stands there twice"))
        .anyMatch(p -> p.equals("kycLanguages[3] must be a text"));
  }

  @Test
  void aPolicyWithoutActionsIsRefused() {
    assertThat(problems("{\"authTokenType\":\"partner\"}"))
        .containsExactly("allowedAuthTypes must be an array");
  }

  @Test
  void theSampleOfTheContractIsRead() {
    Policy policy = PolicyDocument.parse("p", SAMPLE, NOW, null);
    assertThat(policy.allowed())
        .containsExactly(
            Action.OTP_REQUEST, Action.OTP, Action.DEMO, Action.KYC, Action.BIO_FINGER);
    assertThat(policy.mandatory()).isEmpty();
    assertThat(policy.attributes()).containsExactly("fullName", "dateOfBirth");
    assertThat(policy.languages()).containsExactly("eng");
    assertThat(policy.pseudonym()).isEqualTo(Pseudonym.POLICY);
  }

  @Test
  void caseOfActionsIsIgnoredAndMandatoryOnesKeepTheirOrder() {
    Policy policy =
        PolicyDocument.parse(
            "p",
            """
            {"authTokenType":"Random","allowedAuthTypes":[
              {"authType":"BIO","authSubType":"face","mandatory":true},{"authType":"bio"},
              {"authType":"Otp","mandatory":true},{"authType":"pin"}]}
            """,
            NOW,
            null);
    assertThat(policy.mandatory()).containsExactly(Action.BIO_FACE, Action.OTP);
    assertThat(policy.allowed())
        .containsExactly(Action.BIO_FACE, Action.BIO, Action.OTP, Action.PIN);
    assertThat(policy.attributes()).isEmpty();
  }

  @Test
  void whatIsShownIsReadAsTheSamePolicy() {
    Policy policy = PolicyDocument.parse("p", SAMPLE, NOW, null);
    String shown = PolicyDocument.print(policy);
    assertThat(PolicyDocument.parse("p", shown, NOW, null)).isEqualTo(policy);
    assertThat(shown.replaceAll("\\s", ""))
        .contains("{\"authType\":\"bio\",\"authSubType\":\"FINGER\",\"mandatory\":false}")
        .contains("{\"authType\":\"otp-request\",\"mandatory\":false}")
        .contains("[{\"attributeName\":\"fullName\"},{\"attributeName\":\"dateOfBirth\"}]")
        .contains("\"kycLanguages\":[\"eng\"]");
  }

  @Test
  void theOrderOfMandatoryActionsSurvivesShowing() {
    String json =
        "{\"authTokenType\":\"random\",\"allowedAuthTypes\":[{\"authType\":\"otp\"},"
            + "{\"authType\":\"pin\",\"mandatory\":true},"
            + "{\"authType\":\"demo\",\"mandatory\":true}]}";
    Policy policy = PolicyDocument.parse("p", json, NOW, null);
    Policy again = PolicyDocument.parse("p", PolicyDocument.print(policy), NOW, null);
    assertThat(again.mandatory()).containsExactly(Action.PIN, Action.DEMO);
    assertThat(again).isEqualTo(policy);
  }

  private static List<String> problems(String json) {
    return catchThrowableOfType(
            ProvisioningRefused.class, () -> PolicyDocument.parse("p", json, NOW, null))
        .problems();
  }

  @Test
  void howNearTextsMustBeIsReadAndWrittenAndRefusedIfItIsNothing() {
    String head = "{\"authTokenType\":\"policy\",\"allowedAuthTypes\":[],\"demographicMatching\":";
    Policy policy =
        PolicyDocument.parse(
            "near",
            head + "{\"name\":{\"strategy\":\"phonetic\",\"threshold\":80}}}",
            Instant.EPOCH,
            null);
    assertThat(policy.matching())
        .containsExactly(
            java.util.Map.entry(Policy.Text.NAME, new Strategy(Strategy.Method.PHONETIC, 80)));
    assertThat(
            PolicyDocument.parse("near", PolicyDocument.print(policy), Instant.EPOCH, null)
                .matching())
        .isEqualTo(policy.matching());
    for (String wrong :
        new String[] {
          "7",
          "{\"name\":{\"strategy\":\"partial\"}}",
          "{\"nickname\":{\"strategy\":\"exact\"}}",
          "{\"name\":{\"strategy\":\"vague\"}}",
          "{\"name\":{\"strategy\":\"partial\",\"threshold\":0}}",
          "{\"name\":{\"strategy\":\"partial\",\"threshold\":101}}"
        }) {
      assertThatThrownBy(
              () -> PolicyDocument.parse("near", head + wrong + "}", Instant.EPOCH, null))
          .isInstanceOf(ProvisioningRefused.class)
          .hasMessageContaining("demographicMatching");
    }
  }
}

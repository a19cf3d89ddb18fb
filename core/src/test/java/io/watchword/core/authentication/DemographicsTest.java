package io.watchword.core.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.Claim.Kind;
import io.watchword.core.authentication.DemographicResult.Matched;
import io.watchword.core.authentication.DemographicResult.Mismatch;
import io.watchword.core.authentication.DemographicResult.Missing;
import io.watchword.core.authentication.DemographicResult.UnparsableClaim;
import io.watchword.core.authentication.DemographicResult.UnreadableStored;
import io.watchword.core.authentication.DemographicResult.UnsupportedLanguage;
import io.watchword.core.authentication.DemographicResult.WithoutLanguage;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Attribute.Localized;
import io.watchword.core.individual.Attribute.Plain;
import io.watchword.core.individual.Individual;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemographicsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 4, 28);

  private final List<String> compared = new ArrayList<>();
  private final Demographics demographics =
      new Demographics(
          (kind, _, language, claimed, stored) -> {
            compared.add(kind + ":" + language + ":" + claimed + ":" + stored);
            return claimed.equals(stored);
          },
          List.of("eng", "ara", "fra"),
          Demographics.Absent.UNANSWERED);

  private final Map<String, Attribute> attributes = new HashMap<>();
  private final Individual james = new Individual("1".repeat(36), attributes, "2047631038", null);

  DemographicsTest() {
    attributes.put("fullName", localized("eng", "James", "ara", "جيمس"));
    attributes.put("dateOfBirth", new Plain("1992/04/29"));
    attributes.put("phone", new Plain("8763740607"));
    attributes.put("gender", localized("eng", "Male"));
    attributes.put("addressLine1", localized("eng", "12 Main Road", "ara", "شارع ١٢"));
    attributes.put("city", localized("eng", "Chennai"));
    attributes.put("postalCode", new Plain("600001"));
  }

  private static Localized localized(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new Localized(values);
  }

  private static Claim name(String language, String value) {
    return new Claim("name", List.of("fullName"), language, value, Kind.NAME, false);
  }

  private static Claim phone(String value) {
    return new Claim("phoneNumber", List.of("phone"), null, value, Kind.TEXT, false);
  }

  private static Claim number(String value) {
    return new Claim("phoneNumber", List.of("phone"), null, value, Kind.PHONE, false);
  }

  private static Claim dob(String value) {
    return new Claim("dob", List.of("dateOfBirth"), null, value, Kind.DATE_OF_BIRTH, false);
  }

  private static Claim age(String value) {
    return new Claim("age", List.of("dateOfBirth"), null, value, Kind.AGE, false);
  }

  private static Claim dynamic(String name, String language, String value) {
    return new Claim(name, List.of(name), language, value, Kind.TEXT, true);
  }

  private static Claim fullAddress(String language, String value) {
    return new Claim(
        "fullAddress",
        List.of("addressLine1", "addressLine2", "city", "postalCode"),
        language,
        value,
        Kind.ADDRESS,
        false);
  }

  private List<DemographicResult> evaluate(Claim... claims) {
    return demographics.evaluate(List.of(claims), james, TODAY);
  }

  @Test
  void aDifferentValueIsAMismatchAndTheOthersAreStillJudged() {
    Claim wrong = name("eng", "John");
    Claim alsoWrong = phone("1");
    assertThat(evaluate(wrong, dob("1992/04/29"), alsoWrong))
        .containsExactly(
            new Mismatch(wrong), new Matched(dob("1992/04/29")), new Mismatch(alsoWrong));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
  void aBlankValueMatchesNothingAndIsNotEvenCompared(String blank) {
    assertThat(evaluate(name("eng", blank), phone(blank), dob(blank), age(blank)))
        .containsExactly(
            new Mismatch(name("eng", blank)),
            new Mismatch(phone(blank)),
            new Mismatch(dob(blank)),
            new Mismatch(age(blank)));
    assertThat(compared).isEmpty();
  }

  @Test
  void aValueThatIsNotOnFileStopsTheEvaluation() {
    Claim email = new Claim("emailId", List.of("email"), null, "a@b.c", Kind.TEXT, false);
    assertThat(evaluate(phone("1"), email, name("eng", "James")))
        .containsExactly(new Mismatch(phone("1")), new Missing(email));
  }

  @Test
  void aValueThatIsNotOnFileInThisLanguageStopsTheEvaluation() {
    assertThat(evaluate(name("fra", "James"), phone("8763740607")))
        .containsExactly(new Missing(name("fra", "James")));
  }

  @Test
  void aBlankStoredValueCountsAsMissing() {
    attributes.put("phone", new Plain(" "));
    attributes.put("fullName", localized("eng", ""));
    attributes.put("dateOfBirth", new Plain(""));
    assertThat(evaluate(phone(" "))).containsExactly(new Missing(phone(" ")));
    assertThat(evaluate(name("eng", ""))).containsExactly(new Missing(name("eng", "")));
    assertThat(evaluate(dob(""))).containsExactly(new Missing(dob("")));
    assertThat(evaluate(age("1"))).containsExactly(new Missing(age("1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1992-04-29", "29/04/1992", "1992/02/30", "x"})
  void aClaimedDateThatCannotBeReadStopsTheEvaluation(String text) {
    assertThat(evaluate(dob(text), phone("1"))).containsExactly(new UnparsableClaim(dob(text)));
  }

  @Test
  void aStoredDateThatCannotBeReadStopsTheEvaluation() {
    attributes.put("dateOfBirth", new Plain("1992-04-29"));
    assertThat(evaluate(dob("1992/04/29"), phone("1")))
        .containsExactly(new UnreadableStored(dob("1992/04/29")));
    assertThat(evaluate(age("3"))).containsExactly(new UnreadableStored(age("3")));
    assertThat(evaluate(dob("x")))
        .as("the claim is read first")
        .containsExactly(new UnparsableClaim(dob("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "x", "+5", "٣", "9999999999", " 3"})
  void anAgeThatIsNoWholeNumberIsUnparsable(String text) {
    assertThat(evaluate(age(text))).containsExactly(new UnparsableClaim(age(text)));
    assertThat(Demographics.claimedAge(text)).isEmpty();
  }

  @Test
  void everybodyIsZeroYearsOldThoughTheFormOfOneDoorAsksForMore() {
    assertThat(evaluate(age("0")).getFirst()).isInstanceOf(Matched.class);
    assertThat(Demographics.claimedAge("0")).isEmpty();
  }

  @ParameterizedTest(name = "contract ida 6.7: 33 completed years, claimed {0}: {1}")
  @CsvSource({"34,false", "33,true", "32,true", "1,true", "999999999,false"})
  void anAgeMatchesIfThatManyYearsAreCompleted(String claimed, boolean matches) {
    assertThat(evaluate(age(claimed)).getFirst() instanceof Matched).isEqualTo(matches);
  }

  @Test
  void aPersonWhoIsNotYetBornHasNoAge() {
    attributes.put("dateOfBirth", new Plain("2026/04/29"));
    assertThat(evaluate(age("1"))).containsExactly(new Mismatch(age("1")));
  }

  @Test
  void everyLanguageOfAMemberIsComparedWithItsOwnValue() {
    assertThat(evaluate(name("eng", "James"), name("ara", "James")))
        .containsExactly(new Matched(name("eng", "James")), new Mismatch(name("ara", "James")));
    assertThat(compared).containsExactly("NAME:eng:James:James", "NAME:ara:James:جيمس");
  }

  @Test
  void languagesAreMatchedIgnoringCaseAndNamedAsConfigured() {
    attributes.put("fullName", localized("ENG", "James"));
    assertThat(evaluate(name("Eng", "James"))).containsExactly(new Matched(name("eng", "James")));
  }

  @Test
  void aStoredValueWithoutLanguageStandsForEveryLanguage() {
    attributes.put("gender", new Plain("Male"));
    Claim gender = new Claim("gender", List.of("gender"), "fra", "Male", Kind.TEXT, false);
    assertThat(evaluate(gender)).containsExactly(new Matched(gender));
  }

  @Test
  void theFullAddressIsComparedInMappingOrderJoinedByBlanks() {
    Claim right = fullAddress("eng", "12 Main Road Chennai 600001");
    assertThat(evaluate(right)).containsExactly(new Matched(right));
    assertThat(compared.getFirst()).startsWith("ADDRESS:eng:");
    Claim partly = fullAddress("ara", "شارع ١٢ 600001");
    assertThat(evaluate(partly)).containsExactly(new Matched(partly));
  }

  @Test
  void aPostalCodeAloneIsNoAddressInALanguageThatHasNone() {
    Claim french = fullAddress("fra", "600001");
    assertThat(evaluate(french)).containsExactly(new Missing(french));
  }

  @Test
  void aDynamicMemberNeedsAConfiguredLanguageIfTheStoredValueHasLanguages() {
    assertThat(evaluate(dynamic("city", null, "Chennai"), phone("1")))
        .containsExactly(new WithoutLanguage(dynamic("city", null, "Chennai")));
    assertThat(evaluate(dynamic("city", " ", "Chennai")))
        .containsExactly(new WithoutLanguage(dynamic("city", " ", "Chennai")));
    assertThat(evaluate(dynamic("city", "deu", "Chennai")))
        .containsExactly(new UnsupportedLanguage(dynamic("city", "deu", "Chennai")));
    assertThat(evaluate(dynamic("city", "ENG", "Chennai")))
        .containsExactly(new Matched(dynamic("city", "eng", "Chennai")));
    assertThat(evaluate(dynamic("city", "ara", "Chennai")))
        .containsExactly(new Missing(dynamic("city", "ara", "Chennai")));
  }

  @Test
  void theLanguageOfADynamicMemberIsIgnoredIfTheStoredValueHasNone() {
    assertThat(evaluate(dynamic("postalCode", "deu", "600002")))
        .containsExactly(new Mismatch(dynamic("postalCode", null, "600002")));
    assertThat(compared).containsExactly("TEXT::600002:600001");
  }

  @Test
  void aDynamicMemberThatNobodyStoredIsMissing() {
    assertThat(evaluate(dynamic("nickname", null, "Jim")))
        .containsExactly(new Missing(dynamic("nickname", null, "Jim")));
  }

  @Test
  void noClaimsGiveNoResults() {
    assertThat(evaluate()).isEmpty();
  }

  @Test
  void whoeverPrintsAClaimOrAResultLearnsNoValue() {
    assertThat(new Mismatch(name("eng", "Jonathan")).toString())
        .contains("name", "eng")
        .doesNotContain("Jonathan");
  }

  @Test
  void ofANumberDigitsAndALeadingPlusCount() {
    attributes.put("phone", new Plain("+212 6-12 34 56 78"));
    for (String other : List.of("212612345678", "+212612345679", "+21261234567", "+", "-")) {
      assertThat(evaluate(number(other))).containsExactly(new Mismatch(number(other)));
    }
    for (String same : List.of("+212612345678", " +212-612-345-678", "+2126 1234 5678")) {
      assertThat(evaluate(number(same))).containsExactly(new Matched(number(same)));
    }
  }

  @Test
  void aNumberWithoutDigitsIsNotTheOneThatIsUnknown() {
    for (String unknown : List.of("-", "none", "+")) {
      attributes.put("phone", new Plain(unknown));
      for (String claimed : List.of("---------", "+--------", unknown)) {
        assertThat(evaluate(number(claimed))).containsExactly(new Mismatch(number(claimed)));
      }
    }
  }
}

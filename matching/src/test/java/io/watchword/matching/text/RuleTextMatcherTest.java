package io.watchword.matching.text;

import static io.watchword.core.authentication.TextMatcher.Kind.ADDRESS;
import static io.watchword.core.authentication.TextMatcher.Kind.NAME;
import static io.watchword.core.authentication.TextMatcher.Kind.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.TextMatcher.Kind;
import io.watchword.core.partner.Strategy;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTextMatcherTest {

  private final RuleTextMatcher matcher = new RuleTextMatcher(TextRules.defaults());

  @ParameterizedTest
  @CsvSource({
    "ali khan,ali ali",
    "ali ali,ali khan",
    "ali ali khan,ali khan khan",
    "ali,ali ali",
    "ali khan,ali",
    "alikhan,ali khan",
    "jam,james",
    "james,jam",
    "jamés,james",
    "james rodrigious,james rodriguez"
  })
  void otherWordsOrAnotherNumberOfThemDoNotMatch(String claimed, String stored) {
    for (Kind kind : Kind.values()) {
      for (String language : List.of("", "eng", "deu")) {
        assertThat(matcher.matches(kind, Strategy.EXACT, language, claimed, stored)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSideWithoutWordsMatchesNothingNotEvenItself(Kind kind) {
    for (String language : List.of("", "eng", "ara")) {
      assertThat(matcher.matches(kind, Strategy.EXACT, language, "", "")).isFalse();
      assertThat(matcher.matches(kind, Strategy.EXACT, language, " \u00a0\u2003", " \u00a0\u2003"))
          .isFalse();
    }
  }

  @Test
  void punctuationAloneIsNoNameAndNoAddress() {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", ".", "-")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", ".,|", ".,|")).isFalse();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "eng", "No.", "no")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Amr Diab,A Diab",
    "Missy Lee,y Lee",
    "Drew Barry,ew Barry",
    "Profumo,umo",
    "Ermal Meta,mal Meta",
    "Mrx,x"
  })
  void titlesAreRemovedAsWholeWordsOnly(String claimed, String stored) {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", claimed, stored)).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", claimed, claimed)).isTrue();
  }

  @Test
  void titlesCountWhereTheyAreNotOfThisLanguageOrTheTextIsNoName() {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "fra", "Mr James", "James")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "", "Mr James", "James")).isFalse();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "eng", "Mr James", "James")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "deu", "Mr James", "James")).isFalse();
  }

  @Test
  void aTitleAloneIsAName() {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "Sir", "Madam")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "Sir", "sir")).isTrue();
  }

  @Test
  void abbreviationsThatNeedTheirDotAreNamesWithoutIt() {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "fra", "M Dupont", "Dupont")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "fra", "M. Dupont", "Dupont")).isTrue();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "ara", "د أحمد", "أحمد")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "ara", "د. أحمد", "أحمد")).isTrue();
  }

  @ParameterizedTest(name = "contract ida 6.7: names in {0}: \"{1}\" is \"{2}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "eng|JAMES rodrigious|Rodrigious James",
        "eng|Mr. James Rodrigious|James Rodrigious",
        "eng|mrs James|James",
        "eng|Dr.James|James",
        "eng|Prof. Dr. James|James",
        "eng|Dr James|Mr James",
        "eng|James, Dr.|James",
        "eng|O'Brien-Smith Pat|Pat O Brien Smith",
        "eng|Anne.Marie|Anne Marie",
        "eng|a`b\"c#d/e(f)[g]*h|a b c d e f g h",
        "fra|Mme Élodie Lefèvre|élodie lefèvre",
        "fra|M. Jean-François D'Aubigné|JEAN FRANÇOIS d aubigné",
        "fra|Maître Cœur|CŒUR",
        "fra|MM.Dupont|Dupont",
        "ara|السيد محمد علي|علي محمد",
        "ara|الدكتورة. فاطمة الزهراء|فاطمة الزهراء",
        "ara|د.أحمد بن سعيد|أحمد بن سعيد"
      })
  void namesMatchByWordsWithoutTitles(String language, String claimed, String stored) {
    assertThat(matcher.matches(NAME, Strategy.EXACT, language, claimed, stored)).isTrue();
    assertThat(matcher.matches(NAME, Strategy.EXACT, language, stored, claimed)).isTrue();
  }

  @ParameterizedTest(name = "contract ida 6.7: addresses in eng: \"{0}\" is \"{1}\"")
  @CsvSource(
      delimiter = '|',
      value = {
        "12, Main Road|12 mn rd",
        "No. 5 Cross Street|5 crs st",
        "no 5 CROSS street|5 Crs St",
        "Apartment 4|apt 4",
        "Opposite Market|opp mkt",
        "1st Cross|1 crs",
        "2nd Cross|2th crs",
        "11th Main|11 mn",
        "3rd 4th 5th 6th 7th 8th 9th 10th|3 4 5 6 7 8 9 10",
        "C/O Ravi|ravi",
        "S/o Ravi|w/O ravi",
        "Mr. Ravi Street|ravi st",
        "(Flat) [2]|flat 2",
        "#12/3|12 3"
      })
  void englishAddressesMatchByTheDefaultRules(String claimed, String stored) {
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "eng", claimed, stored)).isTrue();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "eng", stored, claimed)).isTrue();
  }

  @Test
  void englishRulesDoNotTouchAddressesOfOtherLanguages() {
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "fra", "1st Street", "1 st")).isFalse();
    assertThat(matcher.matches(ADDRESS, Strategy.EXACT, "fra", "12, rue (du) Bac", "12 RUE du bac"))
        .isTrue();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "Main Road", "mn rd")).isFalse();
  }

  @Test
  void textKeepsItsPunctuationAndIgnoresCaseAndOrder() {
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "eng", "fe-male", "fe male")).isFalse();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", "JAMES@test.io", "james@TEST.io"))
        .isTrue();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", "b\u00a0 A", "a b")).isTrue();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", "+91 98765", "+9198765")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Élodie Lefèvre", "Núñez", "Đặng Thị", "أُمَيّة", "आरती", "김민준"})
  void theSameLettersMatchHoweverTheyAreEncoded(String name) {
    String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
    String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
    for (Kind kind : Kind.values()) {
      assertThat(matcher.matches(kind, Strategy.EXACT, "fra", composed, decomposed)).isTrue();
      assertThat(matcher.matches(kind, Strategy.EXACT, "", decomposed, composed)).isTrue();
    }
  }

  @Test
  void nothingButEncodingAndCaseIsFolded() {
    assertThat(matcher.matches(NAME, Strategy.EXACT, "fra", "Elodie", "Élodie")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "ara", "احمد", "أحمد")).isFalse();
    assertThat(matcher.matches(NAME, Strategy.EXACT, "ara", "مُحمد", "محمد")).isFalse();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", "ﬁ", "fi")).isFalse();
  }

  @Test
  void lowerCaseDoesNotDependOnTheMachinesLocale() {
    java.util.Locale before = java.util.Locale.getDefault();
    try {
      java.util.Locale.setDefault(java.util.Locale.of("tr", "TR"));
      assertThat(matcher.matches(TEXT, Strategy.EXACT, "", "ISTANBUL", "istanbul")).isTrue();
      assertThat(matcher.matches(NAME, Strategy.EXACT, "eng", "MISS INES", "ines")).isTrue();
    } finally {
      java.util.Locale.setDefault(before);
    }
  }

  @Test
  void aTextOverTheLimitMatchesNothing() {
    String longest = "a".repeat(RuleTextMatcher.LONGEST);
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", longest, longest)).isTrue();
    assertThat(matcher.matches(TEXT, Strategy.EXACT, "", longest + "a", longest + "a")).isFalse();
  }

  @Test
  void aLanguageWithAnEmptyListOfTitlesChangesNoName() {
    RuleTextMatcher bare =
        new RuleTextMatcher(
            new TextRules(
                Map.of("eng", List.of()), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
    assertThat(bare.matches(NAME, Strategy.EXACT, "eng", "J a m e s", "James")).isFalse();
    assertThat(bare.matches(NAME, Strategy.EXACT, "eng", "James", "james")).isTrue();
  }
}

package io.watchword.matching.text;

import static io.watchword.core.authentication.TextMatcher.Kind.ADDRESS;
import static io.watchword.core.authentication.TextMatcher.Kind.GENDER;
import static io.watchword.core.authentication.TextMatcher.Kind.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.TextMatcher;
import io.watchword.core.authentication.TextMatcher.Kind;
import io.watchword.core.partner.Strategy;
import io.watchword.core.partner.Strategy.Method;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contract identity-v1, section 5, as far as it is this module's: ages, dates, phone numbers and
 * which value on file a claim is compared with are the core's.
 */
class IdentityV1Section5Test {

  private static final List<String> LATIN = List.of("eng", "fra", "spa");

  private final TextMatcher matcher =
      new RuleTextMatcher(TextRules.identityV1(), Normalizer.Form.NFKC);

  private boolean exact(Kind kind, String language, String claimed, String stored) {
    boolean same = matcher.matches(kind, Strategy.EXACT, language, claimed, stored);
    assertThat(matcher.matches(kind, Strategy.EXACT, language, stored, claimed))
        .as("the same the other way round")
        .isEqualTo(same);
    return same;
  }

  /** The highest threshold that two texts pass; 0 if they pass none. */
  private int score(Method method, Kind kind, String language, String claimed, String stored) {
    int score = 0;
    for (int threshold = 1; threshold <= 100; threshold++) {
      Strategy strategy = new Strategy(method, threshold);
      if (matcher.matches(kind, strategy, language, claimed, stored)) {
        assertThat(score).as("every lower threshold is passed too").isEqualTo(threshold - 1);
        score = threshold;
      }
    }
    return score;
  }

  @Nested
  @DisplayName("5.2 Attributes")
  class Attributes {

    @ParameterizedTest
    @CsvSource({
      "M,F",
      "M,female",
      "homme,femme",
      "ذكر,أنثى",
      "T,M",
      "متحول جنسيا,ذكر",
      "x,M",
      "جنسيا,T"
    })
    void anotherGenderIsAnother(String claimed, String stored) {
      assertThat(exact(GENDER, "", claimed, stored)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "M,M",
      "m,M",
      "Male,M",
      "MALE,m",
      "Homme,M",
      "masculin,male",
      "ذكر,M",
      "ذكر,Masculin",
      "F,female",
      "Féminin,F",
      "FEMININ,féminin",
      "أنثى,F",
      "انثى,أنثى",
      "T,transgenre",
      "متحول جنسيا,T",
      "متحول  جنسيا,Transgender",
      "' other ',OTHER"
    })
    void genderIsALetterOrANameInTheStoredLanguage(String claimed, String stored) {
      assertThat(exact(GENDER, "", claimed, stored)).isTrue();
    }

    @Test
    void aValueWithoutLanguageIsChangedByNoRule() {
      assertThat(exact(NAME, "", "Mr Ali", "Ali")).isFalse();
      assertThat(exact(NAME, "", "O'Brien", "OBrien")).isFalse();
      assertThat(exact(ADDRESS, "", "1st", "1")).isFalse();
      assertThat(exact(ADDRESS, "", "20-250", "20 250")).isFalse();
      assertThat(exact(ADDRESS, "", "sw1a 1aa", "SW1A 1AA")).isTrue();
    }
  }

  @Nested
  @DisplayName("5.3 Strategy and threshold")
  class StrategyAndThreshold {

    @Test
    void phoneticNeedsARuleSetForTheLanguage() {
      Strategy phonetic = new Strategy(Method.PHONETIC, 60);
      for (String language : List.of("deu", "spa", "", "en", "ENG")) {
        assertThat(matcher.supports(phonetic, language)).as(language).isFalse();
        assertThat(matcher.matches(NAME, new Strategy(Method.PHONETIC, 1), language, "ali", "ali"))
            .as(language)
            .isFalse();
      }
      for (String language : List.of("ara", "fra", "eng")) {
        assertThat(matcher.supports(phonetic, language)).as(language).isTrue();
      }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXACT", "PARTIAL"})
    void theOthersNeedNone(Method method) {
      for (String language : List.of("ara", "deu", "")) {
        assertThat(matcher.supports(new Strategy(method, 60), language)).isTrue();
      }
    }

    @Test
    void exactPassesAtAHundredOnlyWhateverTheThreshold() {
      Strategy low = new Strategy(Method.EXACT, 1);
      assertThat(matcher.matches(NAME, low, "eng", "Ibrahim Ali", "Ibrahim Ibn Ali")).isFalse();
      assertThat(matcher.matches(NAME, low, "eng", "Ali Ibn Ibrahim", "Ibrahim Ibn Ali")).isTrue();
    }

    @Test
    void theThresholdItselfPassesAndAHundredIsAllowed() {
      assertThat(partial("Ibrahim Ali", "Ibrahim Ibn Ali", 67)).isFalse();
      assertThat(partial("Ibrahim Ali", "Ibrahim Ibn Ali", 66)).isTrue();
      assertThat(partial("Ali Ibrahim", "Ibrahim Ali", 100)).isTrue();
    }

    private boolean partial(String claimed, String stored, int threshold) {
      Strategy strategy = new Strategy(Method.PARTIAL, threshold);
      return matcher.matches(NAME, strategy, "eng", claimed, stored);
    }
  }

  @Nested
  @DisplayName("5.4 Normalisation of names")
  class Names {

    @ParameterizedTest
    @CsvSource({
      "Mr Ali,Ali",
      "Mr. Ali,Ali",
      "MRS ALI,ali",
      "mrs. Ali,Ali",
      "Ms Ali,Ali",
      "Dr.Ali,Ali",
      "Drs. Ali,Ali",
      "M Ali,Ali",
      "M. Ali,Ali",
      "m ali,Ali",
      "Dr M. Ali,Ali",
      "'Ali, Dr.',Ali",
      "Mr & Mrs Ali,Ali"
    })
    void theLatinTitlesDoNotCountInAnyLanguage(String claimed, String stored) {
      for (String language : LATIN) {
        assertThat(exact(NAME, language, claimed, stored)).as(language).isTrue();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "Amr Diab,A Diab",
      "Omrs,O",
      "Drew Dray,ew Dray",
      "Mrad,ad",
      "Édr Ali,É Ali",
      "Drôme Ali,ôme Ali",
      "M'hamed Ali,hamed Ali",
      "M’hamed Ali,hamed Ali",
      "M´hamed Ali,hamed Ali",
      "M-Ali Khan,Ali Khan",
      "Jean M. Dupont,Jean Dupont",
      "Jean M Dupont,Jean Dupont",
      "Dupont M.,Dupont"
    })
    void titlesAreWholeWords(String claimed, String stored) {
      for (String language : LATIN) {
        assertThat(exact(NAME, language, claimed, stored)).as(language).isFalse();
        assertThat(exact(NAME, language, claimed, claimed)).as(language).isTrue();
      }
    }

    @Test
    void anInitialThatMayBeATitleCountsForWhoHasItToo() {
      assertThat(exact(NAME, "eng", "M Ali Khan", "Ali Khan M")).isTrue();
      assertThat(exact(NAME, "eng", "M Ali Khan", "Ali M. Khan")).isTrue();
      assertThat(exact(NAME, "eng", "Dr M Ali Khan", "Ali Khan M")).isTrue();
      assertThat(exact(NAME, "eng", "Ali Khan M", "Ali Khan")).isFalse();
      assertThat(score(Method.PARTIAL, NAME, "eng", "M Dupont", "M Martin")).isZero();
      assertThat(score(Method.PARTIAL, NAME, "eng", "Mr Dupont", "Mr Martin")).isZero();
    }

    @Test
    void titlesOfOneLanguageCountInAnother() {
      assertThat(exact(NAME, "eng", "Madame Ali", "Ali")).isFalse();
      assertThat(exact(NAME, "fra", "Madame Ali", "Ali")).isTrue();
      assertThat(exact(NAME, "fra", "السيد علي", "علي")).isFalse();
      assertThat(exact(NAME, "ara", "السيد علي", "علي")).isTrue();
    }

    @Test
    void aNameOfTitlesAloneIsOne() {
      assertThat(exact(NAME, "eng", "Mr", "Dr")).isFalse();
      assertThat(exact(NAME, "eng", "M", "M.")).isTrue();
      assertThat(exact(NAME, "eng", "Mr Dr", "dr mr")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "O'Brien,OBrien",
      "O’Brien,O'Brien",
      "O´Brien,O'Brien",
      "OʼBrien,O'Brien",
      "Jean-Pierre,JeanPierre",
      "Jean‑Pierre,Jean-Pierre",
      "'Ali, Khan;',Ali Khan",
      "Ali (Khan),Ali Khan",
      "Ali_Khan*,AliKhan",
      "Ali 2,ali 2"
    })
    void specialCharactersAreDropped(String claimed, String stored) {
      assertThat(exact(NAME, "eng", claimed, stored)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"O'Brien,O Brien", "Jean-Pierre,Jean Pierre", "Ali.Khan,Ali Khan", "Ali 2,Ali"})
    void theyAreNotMadeBlanksNorAreDigitsDropped(String claimed, String stored) {
      assertThat(exact(NAME, "eng", claimed, stored)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "  ali   khan ", "ali\tkhan", "ali\nkhan\r\n", "ali\u00a0khan", "ali\u2003\u3000khan",
          "ali\u2028khan", "ali\u000bkhan", "ali\u0085khan", "ali\u1680khan", "ALI Khan"
        })
    void whiteSpaceIsCollapsedAndCaseIgnored(String claimed) {
      assertThat(exact(NAME, "eng", claimed, "Ali Khan")).isTrue();
      assertThat(exact(NAME, "eng", claimed, "AliKhan")).isFalse();
    }

    @Test
    void lettersOfAnyAgeCount() {
      String adlam = Character.toString(0x1e900);
      String otherAdlam = Character.toString(0x1e901);
      String kanji = Character.toString(0x2b740);
      assertThat(exact(NAME, "eng", "Ali " + adlam, "Ali " + otherAdlam)).isFalse();
      assertThat(exact(NAME, "eng", "Ali " + kanji, "Ali")).isFalse();
      assertThat(exact(NAME, "eng", "Ali\u08a0", "Ali\u08a1")).isFalse();
      assertThat(exact(NAME, "eng", adlam + "- ali", "Ali " + adlam)).isTrue();
    }

    @Test
    void punctuationAloneIsNoName() {
      assertThat(exact(NAME, "eng", "...", "...")).isFalse();
      assertThat(exact(NAME, "eng", " - ", "Ali")).isFalse();
      assertThat(exact(NAME, "ara", "ــ", "ــ")).isFalse();
    }
  }

  @Nested
  @DisplayName("5.4 Normalisation of addresses, Latin script")
  class Addresses {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "C/O Ravi 12|Ravi 12",
          "s/o ravi|D/O Ravi",
          "W/o Ravi|h/O Ravi",
          "12 c/o s/o Ravi|12 Ravi",
          "Mr Ravi|Ravi",
          "Mrs. Ravi|Ms Ravi",
          "Dr. Mr Ravi|Ravi",
          "No. 5|5",
          "NO.5|5",
          "No. No. 5|5"
        })
    void rule1CareOfMarksTitlesAndNumberSignsGo(String claimed, String stored) {
      for (String language : LATIN) {
        assertThat(exact(ADDRESS, language, claimed, stored)).as(language).isTrue();
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "No 5 Rd|5 Rd",
          "Casano. Rd|Casa Rd",
          "Cc/o Ravi|C Ravi",
          "A/O Ravi|Ravi",
          "Andrew|An ew",
          "Rhêms|Rhê",
          "Drôme|ôme",
          "Bloc M 12|Bloc 12",
          "M. 12|12"
        })
    void rule1TouchesNothingElse(String claimed, String stored) {
      for (String language : List.of("eng", "spa")) {
        assertThat(exact(ADDRESS, language, claimed, stored)).as(language).isFalse();
      }
    }

    @ParameterizedTest
    @ValueSource(chars = {'.', ',', '-', '*', '(', ')', '[', ']', '`', '\'', '"', '/', '\\', '#'})
    void rule2EachMarkIsABlank(char mark) {
      for (String language : LATIN) {
        assertThat(exact(ADDRESS, language, "Flat" + mark + "12", "flat 12")).isTrue();
        assertThat(exact(ADDRESS, language, mark + "Flat 12" + mark, "flat 12")).isTrue();
        assertThat(exact(ADDRESS, language, "Flat" + mark + "12", "flat12")).isFalse();
      }
    }

    @ParameterizedTest
    @ValueSource(chars = {':', ';', '&', '+', '_', '@', '%'})
    void rule2OtherMarksCount(char mark) {
      assertThat(exact(ADDRESS, "eng", "Flat" + mark + "12", "flat 12")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "1st,1",
      "2nd,2",
      "3rd,3",
      "4th,4",
      "11TH,11",
      "1st 2nd 3rd 4th,1 2 3 4",
      "1th,1",
      "112th,112"
    })
    void rule3OrdinalsLoseTheirEnding(String claimed, String stored) {
      for (String language : LATIN) {
        assertThat(exact(ADDRESS, language, claimed, stored)).as(language).isTrue();
      }
    }

    @ParameterizedTest
    @CsvSource({"1sta,1a", "a1st,a1", "st,th", "12,1", "1 st,1", "10b,10"})
    void rule3OthersDoNot(String claimed, String stored) {
      for (String language : LATIN) {
        assertThat(exact(ADDRESS, language, claimed, stored)).as(language).isFalse();
      }
    }

    @ParameterizedTest
    @CsvSource({
      "apartment,apt",
      "Street,st",
      "ROAD,rd",
      "main,mn",
      "Cross,crs",
      "sector,sec",
      "opposite,opp",
      "market,mkt"
    })
    void rule4WordsHaveShortForms(String longForm, String shortForm) {
      for (String language : LATIN) {
        assertThat(exact(ADDRESS, language, "5 " + longForm, shortForm + ", 5")).isTrue();
        assertThat(exact(ADDRESS, language, longForm + " " + longForm, shortForm)).isFalse();
        assertThat(exact(ADDRESS, language, longForm + "s 5", shortForm + "s 5")).isFalse();
        assertThat(
                exact(
                    ADDRESS,
                    language,
                    longForm + " " + longForm + " " + longForm,
                    shortForm + " " + shortForm + " " + shortForm))
            .isTrue();
      }
    }

    @Test
    void rule4IsNotForNames() {
      assertThat(exact(NAME, "eng", "Della Street", "Della St")).isFalse();
    }

    @Test
    void rule5WhiteSpaceIsCollapsedAndCaseIgnored() {
      assertThat(exact(ADDRESS, "eng", " 12\u00a0\tMAIN \n road", "12 mn rd")).isTrue();
    }

    @Test
    void anAddressOfNothingThatCountsIsNone() {
      assertThat(exact(ADDRESS, "eng", "Mr.", "Mrs.")).isFalse();
      assertThat(exact(ADDRESS, "eng", "#/#", "#/#")).isFalse();
    }
  }

  @Nested
  @DisplayName("5.4 Other scripts, and what holds everywhere")
  class OtherScripts {

    @ParameterizedTest
    @EnumSource(names = {"NAME", "ADDRESS"})
    void arabicLosesTatweelAndHarakat(Kind kind) {
      assertThat(exact(kind, "ara", "مُحَمَّدٌ", "محمد")).isTrue();
      assertThat(exact(kind, "ara", "محـــمد", "محمد")).isTrue();
      assertThat(exact(kind, "ara", "رَحْمٰن", "رحمن")).isTrue();
      assertThat(exact(kind, "ara", "محمد", "محمود")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"أحمد,احمد", "فاطمة,فاطمه", "مصطفى,مصطفي", "عبد الله,عبدالله", "شارع,ش", "٣,3"})
    void arabicLosesNothingElse(String claimed, String stored) {
      for (Kind kind : List.of(NAME, ADDRESS)) {
        assertThat(exact(kind, "ara", claimed, stored)).isFalse();
      }
    }

    @Test
    void arabicAddressesLosePunctuation() {
      assertThat(exact(ADDRESS, "ara", "شارع الحسن، رقم 12/3", "شارع الحسن رقم 12 3")).isTrue();
      assertThat(exact(ADDRESS, "ara", "الدار-البيضاء", "الدار البيضاء")).isTrue();
      assertThat(exact(ADDRESS, "ara", "الدار-البيضاء", "الدارالبيضاء")).isFalse();
    }

    @Test
    void compatibleCharactersAreTheOnesThatTheyStandFor() {
      assertThat(exact(NAME, "ara", "ﻣﺤﻤﺪ", "محمد")).isTrue();
      assertThat(exact(NAME, "eng", "Ａｌｉ ﬁnn", "ali finn")).isTrue();
      assertThat(exact(ADDRESS, "eng", "１２", "12")).isTrue();
    }

    @Test
    void lowerCaseIsFreeOfTheMachinesLocale() {
      Locale before = Locale.getDefault();
      try {
        Locale.setDefault(Locale.of("tr", "TR"));
        assertThat(exact(NAME, "eng", "IBRAHIM", "ibrahim")).isTrue();
        assertThat(exact(ADDRESS, "eng", "MAIN", "mn")).isTrue();
      } finally {
        Locale.setDefault(before);
      }
    }
  }

  @Nested
  @DisplayName("5.5 Exact")
  class Exact {

    @ParameterizedTest
    @CsvSource({
      "ali khan,ali ali",
      "ali,ali ali",
      "ali ali khan,ali khan khan",
      "alikhan,ali khan"
    })
    void otherMultisetsOfWordsDiffer(String claimed, String stored) {
      assertThat(exact(NAME, "eng", claimed, stored)).isFalse();
    }

    @Test
    void orderIsFree() {
      assertThat(exact(NAME, "eng", "Ali Ibn Ibrahim Ali", "ali ali ibn ibrahim")).isTrue();
    }
  }

  @Nested
  @DisplayName("5.5 Partial")
  class Partial {

    @ParameterizedTest(name = "\"{0}\" against \"{1}\" scores {2}")
    @CsvSource({
      "Ali Ibn Ibrahim,Ibrahim Ibn Ali,100",
      "Ibrahim Ali,Ibrahim Ibn Ali,66",
      "I Ibn Ali,Ibrahim Ibn Ali,66",
      "dinesh t,dinesh thiagarajan,50",
      "Ibrahim x,Ibrahim Ali,33",
      "Ibrahim,Ibrahim Ibn Ali,33",
      "Ibrahim Khan,Ibrahim Ibn Ali,25"
    })
    void theTable(String claimed, String stored, int score) {
      for (String language : LATIN) {
        assertThat(score(Method.PARTIAL, NAME, language, claimed, stored)).isEqualTo(score);
        assertThat(score(Method.PARTIAL, ADDRESS, language, claimed, stored)).isEqualTo(score);
      }
    }

    @ParameterizedTest(name = "\"{0}\" against \"{1}\" scores {2}")
    @CsvSource({
      "Khan,Ali,0",
      "a,Ali,0",
      "Ali Ali,Ali Khan,33",
      "Ali,Ali Ali,50",
      "i i Ali,Ibrahim Ibn Ali,33",
      "i i i Ali,Ibrahim Ibn Ali,25",
      "t dinesh t,dinesh thiagarajan,33",
      "Ibrahim,I Ali,0",
      "ib Ali,Ibrahim Ali,33",
      "a Ali,a Ali,100",
      "é Ali,Élodie Ali,50",
      "e Ali,Élodie Ali,33"
    })
    void eachWordIsTakenOnceAndAnInitialTakesAWordWithoutCounting(
        String claimed, String stored, int score) {
      assertThat(score(Method.PARTIAL, NAME, "fra", claimed, stored)).isEqualTo(score);
    }

    @Test
    void anInitialIsALetter() {
      assertThat(score(Method.PARTIAL, ADDRESS, "eng", "1 Main Road", "12 Main Road"))
          .isEqualTo(50);
      assertThat(score(Method.PARTIAL, NAME, "ara", "م علي", "محمد علي")).isEqualTo(50);
    }

    @Test
    void fullAddressesAreNormalisedFirst() {
      String stored = "No. 12, Main Road, 4th Cross, Casablanca";
      assertThat(score(Method.PARTIAL, ADDRESS, "eng", "12 mn rd 4 crs", stored)).isEqualTo(83);
    }
  }

  @Nested
  @DisplayName("5.5 Phonetic")
  class Phonetic {

    @ParameterizedTest(name = "{0}: \"{1}\" against \"{2}\" scores {3}")
    @CsvSource({
      "eng,Smith,Smith,100",
      "eng,Smith,Smyth,100",
      "eng,Smith,Garcia,20",
      "eng,Catherine,Katherine,100",
      "fra,Philippe,Filip,100",
      "fra,Dupont,Martin,40",
      "ara,محمد,محمد,100",
      "ara,محمد,مُحَمّد,100"
    })
    void scoresGoByTwenties(String language, String claimed, String stored, int score) {
      assertThat(score(Method.PHONETIC, NAME, language, claimed, stored)).isEqualTo(score);
      assertThat(score(Method.PHONETIC, NAME, language, stored, claimed)).isEqualTo(score);
    }

    @Test
    void wordsAreSoundedInTheirOrder() {
      assertThat(score(Method.PHONETIC, NAME, "eng", "Khan Bilal", "Bilal Khan")).isLessThan(100);
      assertThat(score(Method.PHONETIC, NAME, "eng", "Bilal Khan", "Bilal Khan")).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"eng,123", "eng,محمد", "ara,Ali", "fra,٣", "eng,李"})
    void anEmptyEncodingOnEitherSideScoresNothing(String language, String silent) {
      String loud = language.equals("ara") ? "محمد" : "Ali";
      assertThat(score(Method.PHONETIC, NAME, language, silent, silent)).isZero();
      assertThat(score(Method.PHONETIC, NAME, language, silent, loud)).isZero();
      assertThat(score(Method.PHONETIC, NAME, language, loud, silent)).isZero();
    }
  }

  @Nested
  @DisplayName("5.6 Result")
  class Result {

    @ParameterizedTest
    @EnumSource
    void aSideWithoutWordsMatchesNothing(Kind kind) {
      for (Method method : Method.values()) {
        for (String language : List.of("", "eng", "fra", "ara")) {
          assertThat(score(method, kind, language, "", "")).isZero();
          assertThat(score(method, kind, language, " \u00a0", " \u00a0")).isZero();
          assertThat(score(method, kind, language, "ali", "")).isZero();
          assertThat(score(method, kind, language, "", "ali")).isZero();
        }
      }
    }
  }
}

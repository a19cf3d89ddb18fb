package io.watchword.matching.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.watchword.core.authentication.TextMatcher.Kind;
import io.watchword.core.partner.Strategy;
import io.watchword.core.partner.Strategy.Method;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws of identity v1's comparisons over generated texts. {@code -Dwatchword.text.seed=S} makes
 * others, {@code -Dwatchword.text.rounds=N} more; the seed is printed.
 */
class IdentityV1PropertiesTest {

  private static final long SEED = Long.getLong("watchword.text.seed", 20_190_121L);
  private static final int ROUNDS = Integer.getInteger("watchword.text.rounds", 400);
  private static final List<String> LANGUAGES = List.of("", "eng", "fra", "ara", "spa", "xxx");

  /** A comparison that takes longer has no bound; the slowest takes a fraction of a second. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private static final List<String> PIECES =
      List.of(
          "Mr",
          "Mr.",
          "M",
          "M.",
          "Dr",
          "M'",
          "السيد",
          "د.",
          "أ.د",
          "د/",
          "c/o",
          "No.",
          "n°",
          "chez",
          "street",
          "1st",
          "2ème",
          "12E",
          "محمد",
          "مُحَمَّد",
          "ـ",
          "Élodie",
          "E\u0301",
          "œ",
          "ß",
          "ẞ",
          "İ",
          "ı",
          "Σ",
          "ς",
          "ﷺ",
          "ﬁ",
          "´",
          "¨",
          " ",
          "\u00a0",
          "\u2003",
          "\u3000",
          "\u2028",
          "\n",
          "\u0085",
          "\u000b",
          ".",
          "-",
          "/",
          "'",
          "’",
          "\"",
          "\\",
          "$1",
          "|",
          "#",
          "،",
          "؟",
          "\u200b",
          "\u200c",
          "\u200d",
          "\u200e",
          "\u200f",
          "\u202a",
          "\u202e",
          "\u2066",
          "\u2069",
          "\u061c",
          "\ufeff",
          "\u00ad",
          "\u0301",
          "\u0323",
          "\u064b",
          "\u0654",
          "\u20dd",
          "\u0345",
          "\u0000",
          "\u001f",
          "\uffff",
          "\ud83d",
          "\ude00",
          "😀",
          "٣",
          "३",
          "３",
          "৩",
          "𝟛",
          "李",
          "김",
          "ᄀ",
          "ᅡ",
          "ᆨ",
          "आ",
          "\ue000",
          "de ",
          "la ",
          "d'",
          "van ",
          "sch",
          "\ufe0f",
          "\u180e");

  private final RuleTextMatcher matcher =
      new RuleTextMatcher(TextRules.identityV1(), Normalizer.Form.NFKC);
  private Random random = new Random();
  private long slowest;

  @BeforeEach
  void seed(TestInfo test) {
    random = new Random(SEED ^ test.getDisplayName().hashCode());
  }

  @AfterEach
  void say(TestInfo test) {
    System.out.printf(
        "-Dwatchword.text.seed=%d -Dwatchword.text.rounds=%d: %s, slowest comparison %d ms%n",
        SEED, ROUNDS, test.getDisplayName(), slowest / 1_000_000);
  }

  private boolean matches(Kind kind, Strategy strategy, String language, String a, String b) {
    long start = System.nanoTime();
    boolean same = matcher.matches(kind, strategy, language, a, b);
    slowest = Math.max(slowest, System.nanoTime() - start);
    return same;
  }

  private String text() {
    var text = new StringBuilder();
    int pieces = random.nextInt(14);
    for (int i = 0; i < pieces; i++) {
      text.append(
          switch (random.nextInt(8)) {
            case 0 -> Character.toString((char) random.nextInt(0x10000));
            case 1 -> Character.toString(random.nextInt(0x110000));
            default -> PIECES.get(random.nextInt(PIECES.size()));
          });
    }
    return text.toString();
  }

  private static List<Strategy> strategies() {
    List<Strategy> strategies = new ArrayList<>();
    for (Method method : Method.values()) {
      for (int threshold : List.of(1, 34, 60, 100)) {
        strategies.add(new Strategy(method, threshold));
      }
    }
    return strategies;
  }

  @Test
  void noTextMakesItThrowAndExactAndPhoneticDoNotCareWhoAsks() {
    int matched = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String a = text();
      String b = random.nextInt(3) == 0 ? a.toUpperCase(Locale.ROOT) : text();
      for (Kind kind : Kind.values()) {
        for (String language : LANGUAGES) {
          for (Strategy strategy : strategies()) {
            boolean same = matches(kind, strategy, language, a, b);
            boolean turned = matches(kind, strategy, language, b, a);
            matched += same ? 1 : 0;
            if (strategy.method() != Method.PARTIAL) {
              assertThat(turned)
                  .as("round %d: %s %s in \"%s\"", round, strategy, kind, language)
                  .isEqualTo(same);
            }
          }
        }
      }
    }
    assertThat(matched).as("texts that match are among them").isPositive();
  }

  @Test
  void whatMatchesExactlyMatchesPartlyToAHundred() {
    Strategy whole = new Strategy(Method.PARTIAL, 100);
    int matched = 0;
    for (int round = 0; round < ROUNDS * 5; round++) {
      String a = text();
      String b = random.nextBoolean() ? a.toUpperCase(Locale.ROOT) : text();
      for (String language : LANGUAGES) {
        if (matches(Kind.ADDRESS, Strategy.EXACT, language, a, b)) {
          matched++;
          assertThat(matches(Kind.ADDRESS, whole, language, a, b)).as("round %d", round).isTrue();
        } else {
          assertThat(matches(Kind.ADDRESS, whole, language, a, b)).as("round %d", round).isFalse();
        }
      }
    }
    assertThat(matched).isPositive();
  }

  @Test
  void partialDoesNotCareWhoAsksWhereNobodyGivesAnInitial() {
    for (int round = 0; round < ROUNDS; round++) {
      String a = String.join(" ", fewWords());
      String b = String.join(" ", fewWords());
      for (int threshold = 1; threshold <= 100; threshold++) {
        Strategy strategy = new Strategy(Method.PARTIAL, threshold);
        assertThat(matches(Kind.NAME, strategy, "eng", a, b))
            .as("round %d: %s, %s at %d", round, a, b, threshold)
            .isEqualTo(matches(Kind.NAME, strategy, "eng", b, a));
      }
    }
    // By contract 5.5 an initial stands for a word on file, and not the other way round.
    Strategy half = new Strategy(Method.PARTIAL, 50);
    assertThat(matcher.matches(Kind.NAME, half, "eng", "dinesh t", "dinesh thiagarajan")).isTrue();
    assertThat(matcher.matches(Kind.NAME, half, "eng", "dinesh thiagarajan", "dinesh t")).isFalse();
  }

  private List<String> fewWords() {
    List<String> words = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      words.add(List.of("ali", "khan", "ibn", "ibrahim", "amina").get(random.nextInt(5)));
    }
    return words;
  }

  /** Five to nine letters of any script, which no rule may take away. */
  private String word() {
    var word = new StringBuilder();
    int length = 5 + random.nextInt(5);
    while (word.codePointCount(0, word.length()) < length) {
      int letter = letter();
      word.appendCodePoint(letter);
    }
    return word.toString();
  }

  private int letter() {
    while (true) {
      int letter = random.nextInt(random.nextBoolean() ? 0x800 : 0x20000);
      if (Character.isLetter(letter)
          && letter != 0x640
          && letter != 0x2bc
          && Normalizer.isNormalized(Character.toString(letter), Normalizer.Form.NFKC)) {
        return letter;
      }
    }
  }

  private static String folded(String word) {
    return Normalizer.normalize(word.toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
  }

  @Test
  void oneOtherLetterIsAnotherNameAndTheOrderOfWordsIsFree() {
    for (int round = 0; round < ROUNDS * 5; round++) {
      List<String> words = new ArrayList<>(List.of(word(), word(), word()));
      String stored = String.join(" ", words);
      String changed = words.get(1);
      int at = changed.offsetByCodePoints(0, random.nextInt(5));
      int after = changed.offsetByCodePoints(at, 1);
      String other =
          changed.substring(0, at)
              + (random.nextBoolean() ? Character.toString(letter()) : "")
              + changed.substring(after);
      List<String> otherWords = List.of(words.get(0), other, words.get(2));
      Collections.shuffle(words, random);
      for (Kind kind : List.of(Kind.NAME, Kind.ADDRESS, Kind.TEXT)) {
        for (String language : LANGUAGES) {
          assertThat(matches(kind, Strategy.EXACT, language, String.join("  ", words), stored))
              .as("round %d: %s in \"%s\" itself", round, kind, language)
              .isTrue();
          assertThat(matches(kind, Strategy.EXACT, language, String.join(" ", otherWords), stored))
              .as("round %d: %s in \"%s\" with another letter", round, kind, language)
              .isEqualTo(folded(other).equals(folded(changed)));
        }
      }
    }
  }

  @Test
  void unseenSignsAndOrnamentsChangeNoName() {
    List<String> unseen =
        List.of(
            "\u200b", "\u200d", "\u200f", "\u202e", "\u2067", "\u061c", "\ufeff", "ـ", "َ", "ّ");
    for (int round = 0; round < ROUNDS; round++) {
      String name = List.of("محمد علي", "فاطمة الزهراء", "نور الدين").get(random.nextInt(3));
      var dressed = new StringBuilder(name);
      for (int i = random.nextInt(6); i >= 0; i--) {
        String sign = unseen.get(random.nextInt(unseen.size()));
        dressed.insert(random.nextInt(dressed.length() + 1), sign);
      }
      for (Kind kind : List.of(Kind.NAME, Kind.ADDRESS)) {
        assertThat(matches(kind, Strategy.EXACT, "ara", dressed.toString(), name))
            .as("round %d: %s", round, kind)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ".",
        " ",
        "a ",
        "Mr",
        "Mr ",
        "M ",
        "M.",
        "د.",
        "أ.د ",
        "د/",
        "c/o ",
        "No.",
        "1st ",
        "9",
        "\u0301",
        "e\u0301\u0323",
        "َّ",
        "ـ",
        "ﷺ",
        "ﷺ ",
        "\ud83d",
        "\ude00",
        "\u202e",
        "\u200b",
        "de la ",
        "d'",
        "van ",
        "sch",
        "n°1",
        "12ème ",
        "(",
        "ᄀ",
        "ᅡ",
        "\u0344",
        "ΐ"
      })
  void repetitionTakesBoundedTimeAndWhatIsTooLongMatchesNothing(String piece) {
    assertTimeoutPreemptively(
        LONG.multipliedBy(6),
        () -> {
          for (int length : List.of(155, Phonetics.LONGEST, RuleTextMatcher.LONGEST, 10_000)) {
            String text = piece.repeat(length / piece.length());
            for (Kind kind : Kind.values()) {
              for (String language : LANGUAGES) {
                for (Method method : Method.values()) {
                  boolean same =
                      matches(kind, new Strategy(method, 1), language, text, text + " x");
                  assertThat(same && text.length() + 2 > RuleTextMatcher.LONGEST).isFalse();
                }
              }
            }
          }
        });
    assertThat(slowest).as("nanoseconds of the slowest").isLessThan(LONG.toNanos());
  }

  @Test
  void aTextIsBoundedInTheFormThatIsCompared() {
    String blessing = "ﷺ".repeat(RuleTextMatcher.LONGEST / 18);
    assertThat(matches(Kind.TEXT, Strategy.EXACT, "", blessing, blessing)).isTrue();
    String more = blessing + "ﷺ";
    assertThat(matches(Kind.TEXT, Strategy.EXACT, "", more, more)).isFalse();
    assertThat(matches(Kind.NAME, Strategy.EXACT, "ara", more, more)).isFalse();
    assertThat(matches(Kind.GENDER, Strategy.EXACT, "", more, more)).isFalse();
  }

  @Test
  void soundsAreBoundedByTheLengthOfTheText() {
    String longest = "ab".repeat(Phonetics.LONGEST / 2);
    for (String language : List.of("eng", "fra")) {
      assertThat(Phonetics.score(language, List.of(longest), List.of(longest))).isEqualTo(100);
      assertThat(Phonetics.score(language, List.of(longest + "a"), List.of(longest + "a")))
          .isZero();
      assertThat(Phonetics.score(language, List.of(longest + "a"), List.of("ab"))).isZero();
      assertThat(Phonetics.score(language, List.of("ab"), List.of(longest, "a"))).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"do -", "dela  ", "di - ", "d'-da -", "- van -", "de la --"})
  void particlesInARowDoNotDoubleTheTimeOfTheEncoder(String piece) {
    String text = piece.repeat(Phonetics.LONGEST).substring(0, Phonetics.LONGEST);
    for (String language : List.of("eng", "fra", "ara")) {
      assertTimeoutPreemptively(
          LONG, () -> Phonetics.score(language, List.of(text), List.of("ali")));
    }
    assertThat(Phonetics.score("fra", List.of("jean-pierre"), List.of("jean", "pierre")))
        .as("a hyphen is a blank, as for the encoder")
        .isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eng", "fra", "ara"})
  void theWorstTextsForTheEncoderTakeBoundedTime(String language) {
    List<String> pieces =
        List.of(
            "de ", "la ", "de la ", "dela ", "del ", "della ", "des ", "do ", "di ", "da ", "van ",
            "von ", "d'", "-", "sch", "tsch", "ough", "eau", "gn", "ch", "c", "x", "w", "y",
            "aeiou", "ue", "ة", "و", "وي", "ح", "ه", "ع", "ج");
    assertTimeoutPreemptively(
        LONG.multipliedBy(6),
        () -> {
          for (int round = 0; round < ROUNDS / 16; round++) {
            List<String> few = new ArrayList<>();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
              few.add(pieces.get(random.nextInt(pieces.size())));
            }
            var text = new StringBuilder();
            while (text.length() < Phonetics.LONGEST) {
              text.append(few.get(random.nextInt(few.size())));
            }
            text.setLength(Phonetics.LONGEST);
            long start = System.nanoTime();
            Phonetics.score(language, List.of(text.toString()), List.of("ali"));
            slowest = Math.max(slowest, System.nanoTime() - start);
          }
        });
    assertThat(slowest).as("nanoseconds of the slowest").isLessThan(LONG.toNanos());
  }
}

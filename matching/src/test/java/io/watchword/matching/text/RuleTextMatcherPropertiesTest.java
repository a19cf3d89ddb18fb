package io.watchword.matching.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.watchword.core.authentication.TextMatcher.Kind;
import io.watchword.core.partner.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Laws over generated texts; a failure names the seed's round, which makes the same texts again.
 */
class RuleTextMatcherPropertiesTest {

  private static final long SEED = 0x77617463L;
  private static final int ROUNDS = 4_000;
  private static final List<String> LANGUAGES = List.of("", "eng", "fra", "ara", "deu");

  private static final List<String> PIECES =
      List.of(
          "james", "JAMES", "Mr", "Mr.", "M.", "Dr", "السيد", "د.", "محمد", "É", "E\u0301", "œ",
          "İ", "ı", "ß", "ẞ", "Σ", "ς", " ", "\u00a0", "\u2003", "\t", "\n", ".", "-", "/", "#",
          "(", "]", "\\", "$1", "\ud83d", "\ude00", "😀", "\u200f", "\u200d", "\u0301", "\u0000",
          "\uffff", "st", "street", "1st", "10TH", "no.", "c/o", "12", "٣", "ﷺ", "ﬁ");

  private final RuleTextMatcher matcher = new RuleTextMatcher(TextRules.defaults());
  private final Random random = new Random(SEED);

  private String text() {
    var text = new StringBuilder();
    int pieces = random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      text.append(
          random.nextInt(4) == 0
              ? Character.toString((char) random.nextInt(0x10000))
              : PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  @Test
  void whoIsWhoDoesNotDependOnWhoAsks() {
    for (int round = 0; round < ROUNDS; round++) {
      String a = text();
      String b = random.nextInt(3) == 0 ? a.toUpperCase(java.util.Locale.ROOT) : text();
      for (Kind kind : Kind.values()) {
        for (String language : LANGUAGES) {
          assertThat(matcher.matches(kind, Strategy.EXACT, language, a, b))
              .as("round %d, %s, %s", round, kind, language)
              .isEqualTo(matcher.matches(kind, Strategy.EXACT, language, b, a));
        }
      }
    }
  }

  @Test
  void aTextOfLettersMatchesItselfInAnyOrderOfItsWords() {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> words = new ArrayList<>();
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        words.add(word());
      }
      String stored = String.join(" ", words);
      Collections.shuffle(words, random);
      String claimed = String.join("  ", words);
      for (Kind kind : List.of(Kind.NAME, Kind.TEXT)) {
        assertThat(matcher.matches(kind, Strategy.EXACT, "fra", claimed, stored))
            .as("round %d", round)
            .isTrue();
      }
      words.add("zzz");
      assertThat(matcher.matches(Kind.NAME, Strategy.EXACT, "fra", String.join(" ", words), stored))
          .as("round %d", round)
          .isFalse();
    }
  }

  private String word() {
    var word = new StringBuilder();
    int length = 1 + random.nextInt(8);
    for (int i = 0; i < length; i++) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }

  @Test
  void noTextMakesItThrow() {
    for (int round = 0; round < ROUNDS; round++) {
      var chars = new StringBuilder();
      int length = random.nextInt(64);
      for (int i = 0; i < length; i++) {
        chars.append((char) random.nextInt(0x10000));
      }
      String noise = chars.toString();
      for (Kind kind : Kind.values()) {
        for (String language : LANGUAGES) {
          boolean itself = matcher.matches(kind, Strategy.EXACT, language, noise, noise);
          if (kind == Kind.TEXT && noise.chars().anyMatch(Character::isLetter)) {
            assertThat(itself).as("round %d", round).isTrue();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        ".",
        " ",
        "Mr",
        "Mr.",
        "Mr ",
        "M.",
        "1st",
        "no",
        "\u0301",
        "e\u0301\u0323",
        "\ud83d",
        "السيد",
        "d",
        "c/",
        "(",
        "0th"
      })
  void hostileRepetitionTakesBoundedTime(String piece) {
    String text = piece.repeat(RuleTextMatcher.LONGEST / piece.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (Kind kind : Kind.values()) {
            for (String language : LANGUAGES) {
              matcher.matches(kind, Strategy.EXACT, language, text, text);
            }
          }
        });
  }
}

package io.watchword.matching.text;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.UNICODE_CASE;

import io.watchword.core.authentication.TextMatcher;
import io.watchword.matching.text.TextRules.Rule;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The strategy "exact" of contract ida 6.7: two texts match if they consist of the same words, each
 * as often as in the other, in any order and any case.
 *
 * <p>The contract says nothing about how letters are encoded. Both sides are brought to Unicode
 * form NFC, so that {@code é} typed as one character is the one typed as two; nothing else is
 * folded: accents, Arabic vowel signs and the forms of alef count.
 */
public final class RuleTextMatcher implements TextMatcher {

  /** Longer texts match nothing; doors refuse them earlier. */
  static final int LONGEST = 4_000;

  private static final String NEITHER_SIDE = "[\\p{L}\\p{M}\\p{N}]";

  private final TextRules rules;
  private final Map<String, Pattern> titles = new HashMap<>();

  public RuleTextMatcher(TextRules rules) {
    this.rules = rules;
    rules
        .titles()
        .forEach((language, list) -> {
          if (!list.isEmpty()) {
            titles.put(language, anyOf(list));
          }
        });
  }

  @Override
  public boolean matches(Kind kind, String language, String claimed, String stored) {
    if (claimed.length() > LONGEST || stored.length() > LONGEST) {
      return false;
    }
    List<String> said = words(kind, language, claimed);
    return !said.isEmpty() && said.equals(words(kind, language, stored));
  }

  /** The words that count, sorted: two texts match if these lists are equal. */
  private List<String> words(Kind kind, String language, String text) {
    String composed = composed(text);
    if (language.isEmpty()) {
      return split(composed);
    }
    return switch (kind) {
      case TEXT -> split(composed);
      case ADDRESS -> split(common(language, apply(rules.address(), language, composed)));
      case NAME -> {
        List<String> untitled = split(common(language, untitled(language, composed)));
        // Somebody whose whole name is a title keeps it.
        yield untitled.isEmpty() ? split(common(language, composed)) : untitled;
      }
    };
  }

  private String untitled(String language, String name) {
    Pattern found = titles.get(language);
    return found == null ? name : found.matcher(name).replaceAll(" ");
  }

  private String common(String language, String text) {
    return apply(rules.common(), language, text);
  }

  /** The rules of the language, then those of any language. */
  private static String apply(Map<String, List<Rule>> rules, String language, String text) {
    String result = text;
    for (String key : List.of(language, TextRules.ANY)) {
      for (Rule rule : rules.getOrDefault(key, List.of())) {
        result = rule.expression().matcher(result).replaceAll(rule.replacement());
      }
    }
    return result;
  }

  private static List<String> split(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || blank(text.charAt(i))) {
        if (i > start) {
          // Word by word: the lower case of a Greek sigma depends on its place in the word.
          words.add(composed(text.substring(start, i).toLowerCase(Locale.ROOT)));
        }
        start = i + 1;
      }
    }
    words.sort(Comparator.naturalOrder());
    return words;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** One expression for all titles of a language: as whole words, the longest first. */
  private static Pattern anyOf(List<String> titles) {
    String alternatives =
        titles.stream()
            .map(RuleTextMatcher::composed)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(RuleTextMatcher::title)
            .collect(Collectors.joining("|"));
    return Pattern.compile(
        "(?<!" + NEITHER_SIDE + ")(?:" + alternatives + ")", CASE_INSENSITIVE | UNICODE_CASE);
  }

  private static String title(String title) {
    String dotOrEnd = "(?:\\.|(?!" + NEITHER_SIDE + "))";
    return Pattern.quote(title) + (title.endsWith(".") ? "" : dotOrEnd);
  }
}

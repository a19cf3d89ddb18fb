package io.watchword.matching.text;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.UNICODE_CASE;

import io.watchword.core.authentication.Strategy;
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
 * Compares texts by their words (contract ida 6.7, contract identity-v1 5.4 and 5.5), after rules
 * have taken away what does not count. Exactly: both consist of the same words, each as often as in
 * the other, in any order and any case. Partly: enough words are the same. Phonetically: they sound
 * alike.
 *
 * <p>Both sides are brought to one form of Unicode, so that {@code é} typed as one character is the
 * one typed as two. Nothing else is folded unless a rule says so: accents, Arabic vowel signs and
 * the forms of alef count.
 */
public final class RuleTextMatcher implements TextMatcher {

  /** Longer texts match nothing; doors refuse them earlier. */
  static final int LONGEST = 4_000;

  private static final String NEITHER_SIDE = "[\\p{L}\\p{M}\\p{N}]";

  private final TextRules rules;
  private final Normalizer.Form form;
  private final Map<String, Pattern> titles = new HashMap<>();

  /** With composed characters, and compatible ones told apart: contract ida 6.7. */
  public RuleTextMatcher(TextRules rules) {
    this(rules, Normalizer.Form.NFC);
  }

  /**
   * @param form of Unicode to which both sides are brought; one that composes
   */
  public RuleTextMatcher(TextRules rules, Normalizer.Form form) {
    this.rules = rules;
    this.form = form;
    rules
        .titles()
        .forEach((language, list) -> {
          if (!list.isEmpty()) {
            titles.put(language, anyOf(list));
          }
        });
  }

  @Override
  public boolean matches(
      Kind kind, Strategy strategy, String language, String claimed, String stored) {
    if (claimed.length() > LONGEST || stored.length() > LONGEST) {
      return false;
    }
    if (kind == Kind.GENDER) {
      String named = gender(claimed);
      return !named.isEmpty() && named.equals(gender(stored));
    }
    List<String> said = words(kind, language, claimed);
    List<String> known = words(kind, language, stored);
    if (said.isEmpty() || known.isEmpty()) {
      return false;
    }
    return switch (strategy.method()) {
      case EXACT -> said.equals(known);
      case PARTIAL -> PartialScore.of(said, known) >= strategy.threshold();
      case PHONETIC -> Phonetics.score(language, said, known) >= strategy.threshold();
    };
  }

  @Override
  public boolean supports(Strategy strategy, String language) {
    return strategy.method() != Strategy.Method.PHONETIC || Phonetics.knows(language);
  }

  private String gender(String text) {
    String name = String.join(" ", split(composed(text)));
    return rules.genders().getOrDefault(name, name);
  }

  /** The words that count, sorted: two texts match if these lists are equal. */
  private List<String> words(Kind kind, String language, String text) {
    String composed = composed(text);
    if (language.isEmpty()) {
      return split(composed);
    }
    return switch (kind) {
      case TEXT, GENDER -> split(composed);
      case ADDRESS -> split(common(language, apply(rules.address(), language, composed)));
      case NAME -> {
        List<String> untitled = split(name(language, untitled(language, composed)));
        // Somebody whose whole name is a title keeps it.
        yield untitled.isEmpty() ? split(name(language, composed)) : untitled;
      }
    };
  }

  private String untitled(String language, String name) {
    Pattern found = titles.get(language);
    return found == null ? name : found.matcher(name).replaceAll(" ");
  }

  private String name(String language, String text) {
    return common(language, apply(rules.names(), language, text));
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

  private List<String> split(String text) {
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

  private String composed(String text) {
    return Normalizer.normalize(text, form);
  }

  /** One expression for all titles of a language: as whole words, the longest first. */
  private Pattern anyOf(List<String> titles) {
    String alternatives =
        titles.stream()
            .map(this::composed)
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

package io.watchword.matching.text;

import io.watchword.core.authentication.TextMatcher;
import io.watchword.core.partner.Strategy;
import io.watchword.matching.text.TextRules.Rule;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

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

  /**
   * Longer texts match nothing, in UTF-16 units, before and after they were brought to their form:
   * one compatible character may stand for eighteen. Doors refuse them earlier.
   */
  static final int LONGEST = 4_000;

  private static final char NEXT_LINE = (char) 0x85; // white space that Java does not count

  private final TextRules rules;
  private final Normalizer.Form form;
  private final Map<String, Titles> titles = new HashMap<>();

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
    for (String language : rules.titles().keySet()) {
      Stream<String> own = rules.titles().getOrDefault(language, List.of()).stream();
      Stream<String> general = rules.titles().getOrDefault(TextRules.ANY, List.of()).stream();
      titles.put(
          language,
          new Titles(Stream.concat(own, general).map(this::composed).distinct().toList()));
    }
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
      case EXACT ->
          same(said, known)
              || (kind == Kind.NAME
                  && !language.isEmpty()
                  && same(withTitleAtStart(language, claimed), withTitleAtStart(language, stored)));
      case PARTIAL -> PartialScore.of(said, known) >= strategy.threshold();
      case PHONETIC -> Phonetics.score(language, said, known) >= strategy.threshold();
    };
  }

  @Override
  public boolean supports(Strategy strategy, String language) {
    return strategy.method() != Strategy.Method.PHONETIC || Phonetics.knows(language);
  }

  private String gender(String text) {
    String name = String.join(" ", words(Kind.GENDER, "", text));
    return rules.genders().getOrDefault(name, name);
  }

  /** The words that count, in their order. */
  private List<String> words(Kind kind, String language, String text) {
    String composed = composed(text);
    if (composed.length() > LONGEST) {
      return List.of();
    }
    if (language.isEmpty()) {
      return split(composed);
    }
    return switch (kind) {
      case TEXT, GENDER -> split(composed);
      case ADDRESS ->
          shortened(language, split(common(language, apply(rules.address(), language, composed))));
      case NAME -> name(language, composed, titles(language).removedFrom(composed));
    };
  }

  /**
   * The words of a name if what stands at its start is no title but an initial: "M Ali Khan" is
   * "Ali Khan M". Only whoever has it too is the same, so that it is not looked at in scores.
   */
  private List<String> withTitleAtStart(String language, String text) {
    String composed = composed(text);
    return name(language, composed, titles(language).removedInside(composed));
  }

  /** Somebody whose whole name is a title keeps it. */
  private List<String> name(String language, String whole, String untitled) {
    List<String> words = split(common(language, apply(rules.names(), language, untitled)));
    return words.isEmpty() && !untitled.equals(whole) ? name(language, whole, whole) : words;
  }

  private Titles titles(String language) {
    return titles.getOrDefault(language, titles.getOrDefault(TextRules.ANY, Titles.NONE));
  }

  private static boolean same(List<String> words, List<String> others) {
    return words.stream().sorted().toList().equals(others.stream().sorted().toList());
  }

  private List<String> shortened(String language, List<String> words) {
    return words.stream()
        .flatMap(word -> split(apply(rules.words(), language, word)).stream())
        .toList();
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
    return words;
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
  }

  private String composed(String text) {
    // The acute accent that stands alone is typed for an apostrophe; its compatible form would be a
    // blank with an accent and make two words of M´hamed.
    return Normalizer.normalize(
        form == Normalizer.Form.NFKC ? text.replace('\u00b4', '\'') : text, form);
  }
}

package io.watchword.matching.text;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.UNICODE_CASE;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the titles of a language out of names (contract ida 6.7, contract identity-v1 5.4). They
 * are found as whole words in any case, Arabic ones with or without vowel signs. What an apostrophe
 * or a hyphen ties to a name belongs to it: M'hamed is no Mr Hamed.
 */
final class Titles {

  /** For a language without. */
  static final Titles NONE = new Titles(List.of());

  /** Opens a title that is one only at the start of a name, or after other titles there. */
  private static final String AT_START = "^";

  private static final String PART_OF_WORD = "\\p{L}\\p{M}\\p{N}'\u2019`\u2010\u2011\\-";
  private static final String BETWEEN = "[^\\p{L}\\p{M}\\p{N}]*+";
  private static final String VOWEL_SIGNS = "[\u0640\u064b-\u0652\u0670]*+";

  private final @Nullable Pattern anywhere;
  private final @Nullable Pattern atStart;

  /**
   * @param titles in the form of {@link TextRules#titles}, in the form of Unicode of the names
   */
  Titles(List<String> titles) {
    anywhere = found(titles.stream().filter(title -> !title.startsWith(AT_START)).toList(), "%s");
    atStart =
        found(
            titles.stream()
                .filter(title -> title.startsWith(AT_START))
                .map(title -> title.substring(1))
                .toList(),
            "^" + BETWEEN + "(?:%s" + BETWEEN + ")++");
  }

  /** The name with a blank for each title; without words if it consists of titles. */
  String removedFrom(String name) {
    String rest = removedInside(name);
    return atStart == null ? rest : atStart.matcher(rest).replaceFirst("");
  }

  /** The same, but with those that are titles only at the start. */
  String removedInside(String name) {
    return anywhere == null ? name : anywhere.matcher(name).replaceAll(" ");
  }

  /** One expression for all, the longest first. */
  private static @Nullable Pattern found(List<String> titles, String frame) {
    if (titles.isEmpty()) {
      return null;
    }
    String alternatives =
        titles.stream()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Titles::expression)
            .collect(Collectors.joining("|", "(?<![" + PART_OF_WORD + "])(?:", ")"));
    return Pattern.compile(frame.replace("%s", alternatives), CASE_INSENSITIVE | UNICODE_CASE);
  }

  private static String expression(String title) {
    String letters = title.codePoints().mapToObj(Titles::letter).collect(Collectors.joining());
    boolean marked = title.endsWith(".") || title.endsWith("/");
    return letters + (marked ? "" : "(?:\\.|(?![" + PART_OF_WORD + "]))");
  }

  private static String letter(int codePoint) {
    String quoted = Pattern.quote(Character.toString(codePoint));
    boolean arabic =
        Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.ARABIC
            && Character.isLetter(codePoint);
    return arabic ? quoted + VOWEL_SIGNS : quoted;
  }
}

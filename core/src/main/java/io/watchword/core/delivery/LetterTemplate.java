package io.watchword.core.delivery;

import java.util.regex.Pattern;

/**
 * The text of one part of a letter in one language.
 *
 * @param family of texts; {@link Letters#COMMON} is what every deployment has
 * @param language ISO 639-3, for example {@code eng}
 */
public record LetterTemplate(
    LetterKind kind,
    String family,
    Channel channel,
    Part part,
    String language,
    TextTemplate text) {

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{3}");

  /** Which part of the letter a template is for. A letter to a phone has a text only. */
  public enum Part {
    SUBJECT,
    TEXT
  }

  /** Of the common family. */
  public LetterTemplate(
      LetterKind kind, Channel channel, Part part, String language, TextTemplate text) {
    this(kind, Letters.COMMON, channel, part, language, text);
  }

  public LetterTemplate {
    if (!isLanguage(language)) {
      throw new IllegalArgumentException("not an ISO 639-3 code: " + language);
    }
    if (channel == Channel.PHONE && part == Part.SUBJECT) {
      throw new IllegalArgumentException("a letter to a phone has no subject");
    }
  }

  /** Whether a string has the form of an ISO 639-3 code: three lower-case letters. */
  public static boolean isLanguage(String code) {
    return LANGUAGE.matcher(code).matches();
  }
}

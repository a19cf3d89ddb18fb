package io.watchword.server.settings;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings group {@code attributes}.
 *
 * @param mapping wire name → stored attributes, in their order (contract ida 5.4)
 * @param dateOfBirthPattern of stored and claimed dates of birth
 * @param titles by language: words that do not count when names are compared (contract ida 6.7)
 * @param normalisation what is evened out before texts are compared (contract ida 6.7)
 */
public record AttributeSettings(
    Map<String, List<String>> mapping,
    String dateOfBirthPattern,
    Map<String, List<String>> titles,
    Normalisation normalisation) {

  /** The language under which rules for every language stand. */
  public static final String ANY_LANGUAGE = "any";

  /**
   * By language or {@link #ANY_LANGUAGE}, in the order in which they are applied.
   *
   * @param address for addresses only, before the common ones
   * @param common for names and addresses
   */
  public record Normalisation(Map<String, List<Rule>> address, Map<String, List<Rule>> common) {}

  /** What is replaced by what, everywhere in the text. */
  public record Rule(Pattern pattern, @Default("") String replacement) {}
}

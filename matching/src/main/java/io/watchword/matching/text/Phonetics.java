package io.watchword.matching.text;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.EncoderException;
import org.apache.commons.codec.language.Soundex;
import org.apache.commons.codec.language.bm.Languages.LanguageSet;
import org.apache.commons.codec.language.bm.NameType;
import org.apache.commons.codec.language.bm.PhoneticEngine;
import org.apache.commons.codec.language.bm.RuleType;

/**
 * How alike two texts sound (contract identity-v1 5.5): Beider-Morse codes, generic names, exact
 * rules, words concatenated; then the difference of their Soundex codes.
 */
final class Phonetics {

  /**
   * Longer texts, in UTF-16 units, are not encoded: a code grows with the square of its text where
   * that is a row of particles ("de la de la"). An address of contract identity-v1 5.2 has 211 at
   * most, joined from its parts.
   */
  static final int LONGEST = 256;

  private static final Map<String, String> RULES =
      Map.of("ara", "arabic", "fra", "french", "eng", "english");
  private static final PhoneticEngine ENGINE =
      PhoneticEngine.builder()
          .setNameType(NameType.GENERIC)
          .setRuleType(RuleType.EXACT)
          .setConcat(true)
          .setMaxInputLength(LONGEST)
          .get();
  private static final Pattern BLANKS = Pattern.compile("[\\s-]+");
  private static final int STEP = 20;

  private Phonetics() {}

  /** Whether there are rules for a language, ISO 639-3. */
  static boolean knows(String language) {
    return RULES.containsKey(language);
  }

  /**
   * @param said words of the claim, in their order: the first ones weigh most, since Soundex looks
   *     at the first four sounds only
   * @param known words on file, in their order
   * @return 20, 40, 60, 80 or 100; 0 if either side has no code
   */
  static int score(String language, List<String> said, List<String> known) {
    String one = code(language, String.join(" ", said));
    String other = code(language, String.join(" ", known));
    try {
      if (Soundex.US_ENGLISH.encode(one).isEmpty() || Soundex.US_ENGLISH.encode(other).isEmpty()) {
        return 0;
      }
      return (Soundex.US_ENGLISH.difference(one, other) + 1) * STEP;
    } catch (EncoderException | IllegalArgumentException e) {
      return 0; // a letter that Soundex does not know
    }
  }

  private static String code(String language, String text) {
    String rules = RULES.get(language);
    if (rules == null || text.length() > LONGEST) {
      return "";
    }
    try {
      return ENGINE.encode(evenlySpaced(text), LanguageSet.from(Set.of(rules)));
    } catch (RuntimeException e) {
      return ""; // the library's word on texts that it was not made for
    }
  }

  /**
   * The library takes a hyphen for a blank and encodes what follows a particle twice, with it and
   * without. Where two blanks follow, both begin with a particle again: "do -do -do …" takes twice
   * the time for each of them, minutes at a hundred letters.
   */
  private static String evenlySpaced(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }
}

package io.watchword.core.mobile;

import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.delivery.LetterTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices to the holders of accounts that a device got a key (contract mobile 2.2).
 *
 * @param desk does them
 * @param zone in which their dates and times are told
 */
public record DeviceNotices(Errands.Desk desk, ZoneId zone) {

  private static final int LONGEST_NAME = 40;
  private static final int MOST_DIGITS = 7;
  private static final String NO_NAME = "-";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** The notice of an enrollment, taken up already. */
  Errand of(String id, Enrollment enrollment) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("device", shown(enrollment.device().name()));
    variables.put("app", enrollment.app());
    LetterTime.of(enrollment.enrolledAt(), zone).into(variables);
    return Errands.taken(
        Errand.device(id, enrollment.account(), variables, enrollment.enrolledAt()));
  }

  /**
   * A device's name as a letter may show it: letters, up to seven digits and the marks that names
   * have, at most 40 characters. Whoever stole a login chooses the name, and the letter is a
   * warning of them: it must have no room for a story of theirs, nor for a number to call or
   * anything that a mail program makes a link of.
   */
  static String shown(String name) {
    var shown = new StringBuilder();
    int[] characters = name.codePoints().toArray();
    int kept = 0;
    int digits = 0;
    for (int i = 0; i < characters.length && kept < LONGEST_NAME; i++) {
      int before = shown.isEmpty() ? ' ' : shown.codePointBefore(shown.length());
      int after = i + 1 < characters.length ? characters[i + 1] : ' ';
      boolean digit = Character.isDigit(characters[i]);
      if (digit ? ++digits <= MOST_DIGITS : mayStand(before, characters[i], after, shown)) {
        shown.appendCodePoint(characters[i]);
        kept++;
      } else if (!shown.isEmpty() && before != ' ') {
        shown.append(' ');
        kept++;
      }
    }
    String result = shown.toString().strip();
    return result.isEmpty() ? NO_NAME : result;
  }

  /** Of a character that is no digit. */
  private static boolean mayStand(int before, int character, int after, StringBuilder shown) {
    return switch (character) {
      // "Android 14.1", but no "bank.example" and no "10.0.0.1"
      case '.' -> Character.isDigit(before) && Character.isDigit(after) && shown.indexOf(".") < 0;
      case ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER -> isOfWord(before) && isOfWord(after);
      case '\'', '\u2019', '-', '_', '(', ')', '+', ',', '&', '#' -> true;
      default -> isOfWord(character);
    };
  }

  private static boolean isOfWord(int character) {
    return switch (Character.getType(character)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }
}

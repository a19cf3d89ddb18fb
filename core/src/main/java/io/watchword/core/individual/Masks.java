package io.watchword.core.individual;

/**
 * How addresses and identifiers are shown to somebody who may not know them: the same at every door
 * and in every letter (contract ida 5.1 and 9.5). Characters are counted as code points, so that no
 * mask cuts one in two.
 */
public final class Masks {

  private static final String MASK = "X";
  private static final int HIDDEN_OF_IDENTIFIER = 8;

  private Masks() {}

  /** The first half and one character more are hidden. */
  public static String mobile(String number) {
    return first(number, number.codePointCount(0, number.length()) / 2 + 1);
  }

  /** Before the first {@code @} every third character stays, counted from one. */
  public static String email(String address) {
    int at = address.indexOf('@');
    int end = at < 0 ? address.length() : at;
    var masked = new StringBuilder(address.length());
    int position = 1;
    for (int i = 0; i < end; i += Character.charCount(address.codePointAt(i))) {
      if (position % 3 == 0) {
        masked.appendCodePoint(address.codePointAt(i));
      } else {
        masked.append(MASK);
      }
      position++;
    }
    return masked.append(address, end, address.length()).toString();
  }

  /** The first eight characters of a UIN, VID or handle are hidden. */
  public static String identifier(String identifier) {
    return first(identifier, HIDDEN_OF_IDENTIFIER);
  }

  private static String first(String text, int hidden) {
    int hide = Math.min(hidden, text.codePointCount(0, text.length()));
    return MASK.repeat(hide) + text.substring(text.offsetByCodePoints(0, hide));
  }
}

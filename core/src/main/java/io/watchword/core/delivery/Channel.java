package io.watchword.core.delivery;

import java.util.regex.Pattern;

/** How a letter travels, and so what kind of address it is sent to. */
public enum Channel {
  EMAIL,
  PHONE;

  private static final Pattern MAIL_ADDRESS =
      Pattern.compile("[^\\s@<>,;\"]{1,64}@[^\\s@<>,;\"]{1,189}");

  /**
   * Whether a text may stand on file as a mail address: one {@code @} with something on both sides,
   * and nothing by which a header would end or another address begin.
   */
  public static boolean isMailAddress(String text) {
    return MAIL_ADDRESS.matcher(text).matches();
  }

  /**
   * An address of this channel as it is shown to somebody who may not know it, the same at every
   * door and in every letter (contract ida 5.1 and 9.5). In a mail address every third character
   * before the first {@code @} stays, counted from one; of a number the first half and one
   * character more are hidden. Characters are code points, so that no mask cuts one in two.
   */
  public String masked(String address) {
    return switch (this) {
      case EMAIL -> email(address);
      case PHONE -> phone(address);
    };
  }

  private static String phone(String number) {
    int length = number.codePointCount(0, number.length());
    int hidden = Math.min(length / 2 + 1, length);
    return "X".repeat(hidden) + number.substring(number.offsetByCodePoints(0, hidden));
  }

  private static String email(String address) {
    int at = address.indexOf('@');
    int end = at < 0 ? address.length() : at;
    var masked = new StringBuilder(address.length());
    int position = 1;
    for (int i = 0; i < end; i += Character.charCount(address.codePointAt(i))) {
      if (position % 3 == 0) {
        masked.appendCodePoint(address.codePointAt(i));
      } else {
        masked.append('X');
      }
      position++;
    }
    return masked.append(address, end, address.length()).toString();
  }
}

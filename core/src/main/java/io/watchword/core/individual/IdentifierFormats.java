package io.watchword.core.individual;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What identifiers look like in this deployment (contract ida 2.6). Only the shape is judged:
 * whether anybody has the identifier is the {@link Directory}'s question.
 *
 * <p>The last digit of a UIN or VID is a check digit: J. Verhoeff, "Error Detecting Decimal Codes",
 * 1969. It finds every single wrong digit and every swap of two neighbours. Only the ASCII digits
 * count as digits.
 *
 * @param uinLengths the numbers of digits that a UIN may have
 * @param vidLength the number of digits of a VID
 * @param handles regular expression of the whole handle, by its postfix including the {@code @}
 */
public record IdentifierFormats(
    Set<Integer> uinLengths, int vidLength, Map<String, Pattern> handles) {

  /** Longer texts are no identifiers, so that no expression of an operator runs over them. */
  public static final int LONGEST = 128;

  /** Products of the dihedral group of order ten. */
  private static final String[] PRODUCT = {
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210"
  };

  /** The permutation applied to a digit, by its position from the right modulo eight. */
  private static final String[] PERMUTATION = {
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258"
  };

  private static final String INVERSE = "0432156789";

  public IdentifierFormats {
    uinLengths = Set.copyOf(uinLengths);
    handles = Map.copyOf(handles);
    if (uinLengths.isEmpty() || uinLengths.stream().anyMatch(n -> n < 2 || n > LONGEST)) {
      throw new IllegalArgumentException("UINs need a length of 2 to " + LONGEST + " digits");
    }
    if (vidLength < 2 || vidLength > LONGEST) {
      throw new IllegalArgumentException("VIDs need a length of 2 to " + LONGEST + " digits");
    }
    if (uinLengths.contains(vidLength)) {
      throw new IllegalArgumentException("a UIN and a VID of one length cannot be told apart");
    }
    handles
        .keySet()
        .forEach(postfix -> {
          if (!postfix.startsWith("@") || postfix.lastIndexOf('@') != 0) {
            throw new IllegalArgumentException("a handle's postfix is one @ and its name");
          }
        });
  }

  /**
   * As settings write them.
   *
   * @param handles regular expressions by postfix
   * @throws IllegalArgumentException if lengths collide or an expression cannot be read
   */
  public static IdentifierFormats of(
      Set<Integer> uinLengths, int vidLength, Map<String, String> handles) {
    Map<String, Pattern> compiled = new LinkedHashMap<>();
    handles.forEach((postfix, regex) -> compiled.put(postfix, Pattern.compile(regex)));
    return new IdentifierFormats(uinLengths, vidLength, compiled);
  }

  /** The defaults of the IDA door: ten digits, sixteen digits, Indian phone numbers as handles. */
  public static IdentifierFormats ida() {
    return of(Set.of(10), 16, Map.of("@phone", "^\\+91[1-9][0-9]{7,9}@phone$"));
  }

  /** The type of an identifier that came without one; empty: it has no valid shape. */
  public Optional<IdentifierType> typeOf(String identifier) {
    if (wellFormed(IdentifierType.UIN, identifier)) {
      return Optional.of(IdentifierType.UIN);
    }
    if (wellFormed(IdentifierType.VID, identifier)) {
      return Optional.of(IdentifierType.VID);
    }
    return handle(identifier) ? Optional.of(IdentifierType.HANDLE) : Optional.empty();
  }

  /**
   * Whether length and check digit are right. Nothing is asked of a handle whose type the caller
   * names: it need not even match its expression.
   */
  public boolean wellFormed(IdentifierType type, String identifier) {
    return switch (type) {
      case UIN -> uinLengths.contains(identifier.length()) && endsInCheckDigit(identifier);
      case VID -> identifier.length() == vidLength && endsInCheckDigit(identifier);
      case HANDLE -> true;
      case LOGIN_NAME -> false; // no individual has one
    };
  }

  private boolean handle(String identifier) {
    int at = identifier.lastIndexOf('@');
    if (at < 1 || identifier.length() > LONGEST) {
      return false;
    }
    Pattern whole = handles.get(identifier.substring(at));
    return whole != null && whole.matcher(identifier).matches();
  }

  /** Whether the text is at least two digits of which the last one is the right check digit. */
  static boolean endsInCheckDigit(String digits) {
    return digits.length() > 1 && allDigits(digits) && checksum(digits, 0) == 0;
  }

  /**
   * The digit that makes the others valid when it is put behind them.
   *
   * @throws IllegalArgumentException if the text is empty or holds anything but digits
   */
  public static int checkDigit(String digits) {
    if (digits.isEmpty() || !allDigits(digits)) {
      throw new IllegalArgumentException("a check digit is made over digits alone");
    }
    return INVERSE.charAt(checksum(digits, 1)) - '0';
  }

  /**
   * @param first position from the right at which the last character stands
   */
  private static int checksum(String digits, int first) {
    int sum = 0;
    int position = first;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int permuted = PERMUTATION[position % 8].charAt(digits.charAt(i) - '0') - '0';
      sum = PRODUCT[sum].charAt(permuted) - '0';
      position++;
    }
    return sum;
  }

  private static boolean allDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}

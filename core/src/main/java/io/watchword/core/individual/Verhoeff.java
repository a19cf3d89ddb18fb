package io.watchword.core.individual;

/**
 * The check digit of UINs and VIDs: J. Verhoeff, "Error Detecting Decimal Codes", 1969. It finds
 * every single wrong digit and every swap of two neighbours.
 *
 * <p>Only the ASCII digits count as digits.
 */
public final class Verhoeff {

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

  private Verhoeff() {}

  /** Whether the text is at least two digits of which the last one is the right check digit. */
  public static boolean valid(String digits) {
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

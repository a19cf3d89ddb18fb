package io.watchword.core.mobile;

import io.watchword.core.keys.Keyring;
import java.math.BigInteger;

/** Ids of accounts at this door (contract mobile, amendment 2). */
public final class Profiles {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 8;

  private Profiles() {}

  /**
   * The id of an account: the same on every device, of no use elsewhere. Not unique for sure, so it
   * never stands alone for an account.
   */
  public static String of(Keyring keyring, String account) {
    var number = new BigInteger(keyring.lookup("mobile-profile", account), 16);
    var text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(DIGITS.charAt(number.shiftRight(5 * i).intValue() & 31));
    }
    return text.toString();
  }
}

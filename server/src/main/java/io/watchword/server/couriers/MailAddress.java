package io.watchword.server.couriers;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.util.Optional;

/** Reads mail addresses strictly: what is doubtful is no address. */
final class MailAddress {

  /** RFC 5321, 4.5.3.1.3, without the angle brackets. */
  private static final int LONGEST = 254;

  private MailAddress() {}

  /**
   * One bare address, {@code local@domain} in ASCII; a domain in other letters is turned into its
   * ASCII form (RFC 5891). Quoted local parts, comments, lists, display names, white space and
   * control characters are refused.
   */
  static Optional<InternetAddress> recipient(String address) {
    int at = address.lastIndexOf('@');
    if (at <= 0 || address.length() > LONGEST || !isPlain(address, at)) {
      return Optional.empty();
    }
    try {
      String domain = IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
      InternetAddress[] parsed = InternetAddress.parse(address.substring(0, at + 1) + domain, true);
      if (parsed.length != 1 || parsed[0].isGroup() || parsed[0].getPersonal() != null) {
        return Optional.empty();
      }
      parsed[0].validate();
      return Optional.of(parsed[0]);
    } catch (AddressException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A sender as an operator writes it: a bare address or {@code Name <address>}. */
  static Optional<InternetAddress> sender(String written) {
    if (written.chars().anyMatch(Character::isISOControl)) {
      return Optional.empty();
    }
    try {
      InternetAddress[] parsed = InternetAddress.parse(written, true);
      if (parsed.length != 1 || recipient(parsed[0].getAddress()).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new InternetAddress(parsed[0].getAddress(), parsed[0].getPersonal(), "UTF-8"));
    } catch (AddressException | java.io.UnsupportedEncodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlain(String address, int at) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      boolean inLocalPart = i < at;
      if (c <= ' ' || c == 0x7f || "\"(),:;<>[\\]".indexOf(c) >= 0) {
        return false;
      }
      if (inLocalPart && (c > 0x7f || c == '@')) {
        return false;
      }
    }
    return true;
  }
}

package io.watchword.server.couriers;

/** Counts the segments of a text message: 3GPP TS 23.038, 6.2.1, and 23.040, 9.2.3.24.1. */
final class SmsSegments {

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENSION = "\f^{}\\[~]|€";

  private SmsSegments() {}

  static boolean isGsm7(String text) {
    return text.chars().allMatch(c -> BASIC.indexOf(c) >= 0 || EXTENSION.indexOf(c) >= 0);
  }

  static int count(String text) {
    int units =
        isGsm7(text)
            ? text.chars().map(c -> EXTENSION.indexOf(c) >= 0 ? 2 : 1).sum()
            : text.length();
    int single = isGsm7(text) ? 160 : 70;
    int joined = isGsm7(text) ? 153 : 67;
    return units <= single ? 1 : Math.ceilDiv(units, joined);
  }
}

package io.watchword.wire.protection;

import java.util.Base64;

/**
 * Base64 with the URL alphabet (RFC 4648, section 5), as the wire has it (contract ida 3.1).
 *
 * <p>Decoding takes {@code A–Z a–z 0–9 - _} only; {@code +}, {@code /} and white space are refused.
 * Padding may be there in full or not at all. Bits that a canonical encoder leaves zero must be
 * zero, so that a value has exactly one spelling but for its padding.
 */
public final class Base64Url {

  private static final Base64.Encoder PADDED = Base64.getUrlEncoder();
  private static final Base64.Encoder UNPADDED = PADDED.withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private Base64Url() {}

  /** With {@code =} up to a multiple of four characters, as the published client writes it. */
  public static String encodePadded(byte[] bytes) {
    return PADDED.encodeToString(bytes);
  }

  /** Without {@code =}. */
  public static String encode(byte[] bytes) {
    return UNPADDED.encodeToString(bytes);
  }

  /**
   * Decodes strictly.
   *
   * @throws IllegalArgumentException if the text is not base64url; the message does not quote it
   */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    // Two characters carry 12 bits for 8, three carry 18 for 16: the rest must be zero.
    int slack = end % 4 == 2 ? 0b1111 : end % 4 == 3 ? 0b11 : 0;
    if (slack != 0 && (ALPHABET.indexOf(text.charAt(end - 1)) & slack) != 0) {
      throw malformed();
    }
    return bytes;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not base64url");
  }
}

package io.watchword.server.couriers.smpp;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as short messages carry it: in the default alphabet of GSM, an octet for each septet, if
 * that has all its characters, else in UCS-2 (3GPP TS 23.038, 6.2.1 and 6.2.3; as SMPP 3.4, 5.2.19
 * numbers them). Characters beyond the basic plane travel as surrogate pairs, as phones expect.
 */
public final class ShortMessageText {

  static final byte GSM = 0;
  static final byte UCS2 = 8;

  /** The information element of a part: length, identifier, its length, and three octets. */
  private static final int HEADER = 6;

  private static final int ESCAPE = 0x1b;

  /** Each character at its septet; at 0x1b the escape, which no text can hold. */
  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uffffÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  private static final String EXTENDED = "\f^{}\\[~]|€";
  private static final byte[] EXTENDED_SEPTETS = {
    0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65
  };

  private final byte dataCoding;
  private final int single;
  private final int joined;
  private final List<byte[]> characters;

  private ShortMessageText(byte dataCoding, int single, int joined, List<byte[]> characters) {
    this.dataCoding = dataCoding;
    this.single = single;
    this.joined = joined;
    this.characters = List.copyOf(characters);
  }

  static ShortMessageText of(String text) {
    var gsm = new ArrayList<byte[]>();
    for (int i = 0; i < text.length(); i++) {
      int septet = BASIC.indexOf(text.charAt(i));
      int extended = EXTENDED.indexOf(text.charAt(i));
      if (septet >= 0 && septet != ESCAPE) {
        gsm.add(new byte[] {(byte) septet});
      } else if (extended >= 0) {
        gsm.add(new byte[] {ESCAPE, EXTENDED_SEPTETS[extended]});
      } else {
        return new ShortMessageText(UCS2, 140, 134, ucs2(text));
      }
    }
    return new ShortMessageText(GSM, 160, 153, gsm);
  }

  private static List<byte[]> ucs2(String text) {
    return text.codePoints()
        .mapToObj(point -> Character.toString(point).getBytes(UTF_16BE))
        .toList();
  }

  /**
   * What a phone shows of octets without a header; what no alphabet has is a question mark.
   *
   * @param dataCoding 8 for UCS-2; any other is taken for the default alphabet
   */
  public static String decode(byte dataCoding, byte[] octets) {
    if (dataCoding == UCS2) {
      return new String(octets, UTF_16BE);
    }
    var text = new StringBuilder();
    boolean escaped = false;
    for (byte octet : octets) {
      if (octet == ESCAPE && !escaped) {
        escaped = true;
      } else {
        text.append(escaped ? extended(octet) : basic(octet));
        escaped = false;
      }
    }
    return text.toString();
  }

  private static char basic(byte octet) {
    return octet < 0 || octet == ESCAPE ? '?' : BASIC.charAt(octet);
  }

  private static char extended(byte octet) {
    for (int i = 0; i < EXTENDED_SEPTETS.length; i++) {
      if (EXTENDED_SEPTETS[i] == octet) {
        return EXTENDED.charAt(i);
      }
    }
    return basic(octet);
  }

  byte dataCoding() {
    return dataCoding;
  }

  /** All of it in one piece, as a message payload carries it. */
  byte[] whole() {
    var octets = new ByteArrayOutputStream();
    characters.forEach(octets::writeBytes);
    return octets.toByteArray();
  }

  /** Whether it fits into one message. */
  boolean isShort() {
    return whole().length <= single;
  }

  /**
   * The parts of a long text, each with the header by which a phone joins them (3GPP TS 23.040,
   * 9.2.3.24.1). No part ends within a character.
   *
   * @param reference the same for all parts, other for the next text to the same phone
   */
  List<byte[]> parts(int reference) {
    List<byte[]> bodies = new ArrayList<>();
    var body = new ByteArrayOutputStream();
    for (byte[] character : characters) {
      if (body.size() + character.length > joined) {
        bodies.add(body.toByteArray());
        body.reset();
      }
      body.writeBytes(character);
    }
    bodies.add(body.toByteArray());
    List<byte[]> parts = new ArrayList<>();
    for (byte[] each : bodies) {
      var part = new ByteArrayOutputStream(HEADER + each.length);
      part.writeBytes(
          new byte[] {
            HEADER - 1, 0, 3, (byte) reference, (byte) bodies.size(), (byte) (parts.size() + 1)
          });
      part.writeBytes(each);
      parts.add(part.toByteArray());
    }
    return parts;
  }
}

package io.watchword.testkit.smpp;

import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.SubmitSm;

/**
 * A message as it arrived.
 *
 * @param to as it stood in the destination address
 * @param toType type of number, in octet 10 of a telephone number (0 unknown, 1 international)
 * @param from as it stood in the source address
 * @param fromType type of number (5 alphanumeric)
 * @param coding data coding (0 default alphabet, 8 UCS-2)
 * @param text what a phone would show of it
 * @param length octets after the header
 * @param reference by which parts belong together; -1 for a message by itself
 * @param total parts of the text
 * @param number of this part, from 1
 * @param payload whether it came as {@code message_payload}
 * @param receipt what {@code registered_delivery} asked for
 * @param validity as it stood there
 * @param tlvs other parameters by their tag, as ISO 8859-1
 */
public record ShortMessage(
    String to,
    int toType,
    String from,
    int fromType,
    int coding,
    String text,
    int length,
    int reference,
    int total,
    int number,
    boolean payload,
    int receipt,
    String validity,
    Map<Integer, String> tlvs) {

  private static final int PAYLOAD = 0x0424;

  /** 3GPP TS 23.038, 6.2.1, row by row. */
  private static final String ALPHABET =
      "@£$¥èéùìòÇ\nØø\rÅå"
          + "Δ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ"
          + " !\"#¤%&'()*+,-./"
          + "0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNO"
          + "PQRSTUVWXYZÄÖÑÜ§"
          + "¿abcdefghijklmno"
          + "pqrstuvwxyzäöñüà";

  /** 3GPP TS 23.038, 6.2.1.1. */
  private static final Map<Integer, Character> EXTENSION =
      Map.of(
          0x0a, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2f, '\\', 0x3c, '[', 0x3d, '~', 0x3e, ']',
          0x40, '|', 0x65, '€');

  static ShortMessage of(SubmitSm message) {
    Map<Integer, String> tlvs = new TreeMap<>();
    byte[] octets = message.getShortMessage() == null ? new byte[0] : message.getShortMessage();
    boolean payload = false;
    for (OptionalParameter each : parameters(message)) {
      if (each.tag == PAYLOAD && each instanceof OptionalParameter.OctetString text) {
        octets = text.getValue();
        payload = true;
      } else if (each instanceof OptionalParameter.OctetString text) {
        tlvs.put(
            each.tag & 0xffff,
            new String(text.getValue(), java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    boolean headed = message.isUdhi();
    int header = headed ? octets[0] + 1 : 0;
    return new ShortMessage(
        message.getDestAddress(),
        message.getDestAddrTon(),
        message.getSourceAddr(),
        message.getSourceAddrTon(),
        message.getDataCoding(),
        decode(message.getDataCoding(), Arrays.copyOfRange(octets, header, octets.length)),
        octets.length - header,
        headed ? octets[3] & 0xff : -1,
        headed ? octets[4] : 1,
        headed ? octets[5] : 1,
        payload,
        message.getRegisteredDelivery(),
        message.getValidityPeriod() == null ? "" : message.getValidityPeriod(),
        tlvs);
  }

  private static OptionalParameter[] parameters(SubmitSm message) {
    OptionalParameter[] all = message.getOptionalParameters();
    return all == null ? new OptionalParameter[0] : all;
  }

  private static String decode(int coding, byte[] body) {
    if (coding == 8) {
      return new String(body, UTF_16BE);
    }
    var text = new StringBuilder();
    for (int i = 0; i < body.length; i++) {
      if (body[i] == 0x1b && i + 1 < body.length) {
        text.append(EXTENSION.getOrDefault((int) body[++i], '?'));
      } else {
        text.append(ALPHABET.charAt(body[i]));
      }
    }
    return text.toString();
  }

  /** Texts as a phone shows them: parts joined by recipient and reference, in their order. */
  static List<String> joined(List<ShortMessage> messages) {
    Map<String, Map<Integer, ShortMessage>> texts = new LinkedHashMap<>();
    for (ShortMessage each : messages) {
      String key = each.reference < 0 ? "single/" + texts.size() : each.to + "/" + each.reference;
      texts.computeIfAbsent(key, one -> new TreeMap<>()).put(each.number, each);
    }
    return texts.values().stream().map(ShortMessage::join).toList();
  }

  private static String join(Map<Integer, ShortMessage> parts) {
    var text = new StringBuilder();
    parts.values().forEach(part -> text.append(part.text()));
    return text.toString();
  }
}

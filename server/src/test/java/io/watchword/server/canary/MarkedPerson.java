package io.watchword.server.canary;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.testkit.prints.PhaseSpirals;
import io.watchword.testkit.prints.SyntheticFinger;
import io.watchword.wire.ida.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** Somebody who is on file with marks only. */
final class MarkedPerson {

  private static final int RIGHT_THUMB = 1;
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};

  final String uin;
  final String vid;
  final String handle;
  final String name;
  final String birth;
  final String phone;
  final String email;

  /** Another impression of the finger on file, in base64. */
  final String capture;

  private final ObjectNode line = Json.mapper().createObjectNode();

  /**
   * @param number from 1 to 9; people of different numbers differ in everything
   */
  MarkedPerson(Marks marks, int number) {
    String who = "person " + number + ": ";
    uin = marks.add(who + "UIN", digits("48015162" + number));
    vid = marks.add(who + "VID", digits("42815162342000" + number));
    handle = marks.add(who + "handle", "+9178654219" + number + "@phone");
    name = marks.add(who + "name", "Canarina Gelbvogel-" + number);
    String arabic = marks.add(who + "Arabic name", "كنارية صفراء " + number);
    String french = marks.add(who + "French name", "Cœur Élodie Serin-" + number);
    birth = marks.add(who + "date of birth", "1931/0" + number + "/27");
    marks.add(who + "date of birth in ISO form", birth.replace('/', '-'));
    phone = marks.add(who + "phone", "7865421330" + number);
    email = marks.add(who + "mail", "canary.gelbvogel." + number + "@aviary.example");
    String street = marks.add(who + "street", "Käfigweg 17" + number);
    String postalCode = marks.add(who + "postal code", "79-KNV-" + number);
    byte[] picture = ("the face of a canary, number " + number).getBytes(StandardCharsets.UTF_8);
    marks.add(who + "face", picture);
    byte[] face = new byte[JPEG.length + picture.length];
    System.arraycopy(JPEG, 0, face, 0, JPEG.length);
    System.arraycopy(picture, 0, face, JPEG.length, picture.length);

    line.put("uin", uin);
    line.putArray("vids").addObject().put("vid", vid).put("type", "perpetual");
    line.putArray("handles").add(handle);
    ObjectNode attributes = line.putObject("attributes");
    attributes.putObject("fullName").put("eng", name).put("ara", arabic).put("fra", french);
    attributes.put("dateOfBirth", birth);
    attributes.put("phone", phone);
    attributes.put("email", email);
    attributes.putObject("addressLine1").put("eng", street);
    attributes.put("postalCode", postalCode);
    line.put("face", Base64.getEncoder().encodeToString(face));
    var thumb = new SyntheticFinger(new PhaseSpirals(), 600 + number);
    line.putArray("fingers").addObject().put("record", finger(marks, who + "finger", thumb, 0));
    capture = finger(marks, who + "captured finger", thumb, 1);
  }

  /** Marked are some minutiae in the middle, which stand so in every record of the finger. */
  private static String finger(Marks marks, String name, SyntheticFinger finger, int impression) {
    byte[] template = finger.template(impression, RIGHT_THUMB);
    marks.add(name, Arrays.copyOfRange(template, 42, 66));
    return Base64.getEncoder().encodeToString(template);
  }

  private static String digits(String head) {
    return head + IdentifierFormats.checkDigit(head);
  }

  /** A line of an import. */
  ObjectNode line() {
    return line.deepCopy();
  }
}

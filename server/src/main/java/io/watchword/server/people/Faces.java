package io.watchword.server.people;

import io.watchword.core.individual.Portrait;
import java.util.Arrays;
import java.util.List;

/** Face pictures of an import. */
final class Faces {

  static final int LARGEST = 512 * 1024;

  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".jp2");
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG_2000 = {
    0, 0, 0, 12, 'j', 'P', ' ', ' ', '\r', '\n', (byte) 0x87, '\n'
  };

  private Faces() {}

  static Portrait portrait(String face, SideFiles files) throws LineRefused {
    byte[] image = files.bytes("face", face, ENDINGS, LARGEST);
    if (!starts(image, JPEG) && !starts(image, PNG) && !starts(image, JPEG_2000)) {
      throw new LineRefused("face is no JPEG, PNG or JPEG 2000 picture");
    }
    return new Portrait(image);
  }

  private static boolean starts(byte[] image, byte[] magic) {
    return image.length > magic.length
        && Arrays.equals(image, 0, magic.length, magic, 0, magic.length);
  }
}

package io.watchword.server.people;

import io.watchword.core.individual.Portrait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Face pictures of an import: from the line itself or from a file beside it. */
final class Faces {

  static final int LARGEST = 512 * 1024;

  private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".jp2");
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG_2000 = {
    0, 0, 0, 12, 'j', 'P', ' ', ' ', '\r', '\n', (byte) 0x87, '\n'
  };

  private final @Nullable Path folder;

  /**
   * @param folder where files are looked for; {@code null}: lines may not name files
   */
  Faces(@Nullable Path folder) {
    this.folder = folder;
  }

  Portrait portrait(String face) throws LineRefused {
    String lower = face.toLowerCase(Locale.ROOT);
    byte[] image = ENDINGS.stream().anyMatch(lower::endsWith) ? file(face) : decoded(face);
    if (image.length > LARGEST) {
      throw new LineRefused("face is larger than 512 KiB");
    }
    if (!starts(image, JPEG) && !starts(image, PNG) && !starts(image, JPEG_2000)) {
      throw new LineRefused("face is no JPEG, PNG or JPEG 2000 picture");
    }
    return new Portrait(image);
  }

  private static byte[] decoded(String face) throws LineRefused {
    try {
      return Base64.getDecoder().decode(face);
    } catch (IllegalArgumentException e) {
      throw new LineRefused("face is neither base64 nor the name of a picture");
    }
  }

  private byte[] file(String name) throws LineRefused {
    if (folder == null) {
      throw new LineRefused("face names a file, and this import has no folder of faces");
    }
    try {
      Path base = folder.toRealPath();
      Path file = base.resolve(name).toRealPath();
      if (!file.startsWith(base) || !Files.isRegularFile(file)) {
        throw new LineRefused("face names a file outside the folder of faces");
      }
      return Files.size(file) > LARGEST ? new byte[LARGEST + 1] : Files.readAllBytes(file);
    } catch (IOException | InvalidPathException e) {
      throw new LineRefused("face names a file that cannot be read");
    }
  }

  private static boolean starts(byte[] image, byte[] magic) {
    return image.length > magic.length
        && java.util.Arrays.equals(image, 0, magic.length, magic, 0, magic.length);
  }
}

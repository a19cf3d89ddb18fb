package io.watchword.server.people;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a line of an import holds itself in base64, or has in a file beside it.
 *
 * @param folder where files are looked for; {@code null}: lines may not name files
 */
record SideFiles(@Nullable Path folder) {

  /**
   * @param where the member, for reasons
   * @param text base64, or the name of a file
   * @param endings of the names of files, such as {@code .png}, in lower case
   * @param largest bytes
   */
  byte[] bytes(String where, String text, List<String> endings, int largest) throws LineRefused {
    String lower = text.toLowerCase(Locale.ROOT);
    byte[] bytes =
        endings.stream().anyMatch(lower::endsWith)
            ? file(where, text, largest)
            : decoded(where, text);
    if (bytes.length > largest) {
      throw new LineRefused(where + " is larger than " + largest / 1024 + " KiB");
    }
    return bytes;
  }

  private static byte[] decoded(String where, String text) throws LineRefused {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new LineRefused(where + " is neither base64 nor the name of a file of a known kind");
    }
  }

  private byte[] file(String where, String name, int largest) throws LineRefused {
    if (folder == null) {
      throw new LineRefused(where + " names a file, and this import has no folder of files");
    }
    try {
      Path base = folder.toRealPath();
      Path file = base.resolve(name).toRealPath();
      if (!file.startsWith(base) || !Files.isRegularFile(file)) {
        throw new LineRefused(where + " names a file outside the folder of files");
      }
      return Files.size(file) > largest ? new byte[largest + 1] : Files.readAllBytes(file);
    } catch (IOException | InvalidPathException e) {
      throw new LineRefused(where + " names a file that cannot be read");
    }
  }
}

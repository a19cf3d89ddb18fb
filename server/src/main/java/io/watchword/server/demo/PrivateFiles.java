package io.watchword.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that only their owner may read (mode 0600), replaced as a whole. */
public final class PrivateFiles {

  private PrivateFiles() {}

  /** Replaces a file; its folder is made if it is not there. */
  public static void write(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.getParent());
    // A temporary file has mode 0600 from the start.
    Path draft = Files.createTempFile(file.getParent(), ".", ".draft");
    try {
      Files.write(draft, content);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}

package io.watchword.server.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the listener is and the word that it wants to hear, in a file of mode 0600 in the data
 * folder.
 */
record AdminFile(int port, String token) {

  private static final String NAME = "admin.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  void write(Path folder) throws IOException {
    // A temporary file has mode 0600 from the start.
    Path draft = Files.createTempFile(folder, ".admin", ".draft");
    try {
      Files.writeString(draft, JSON.writeValueAsString(this), StandardCharsets.UTF_8);
      Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /** Empty: no server has written one, or it cannot be read. */
  static Optional<AdminFile> read(Path folder) {
    try {
      return Optional.ofNullable(
          JSON.readValue(
              Files.readString(folder.resolve(NAME), StandardCharsets.UTF_8), AdminFile.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  static void delete(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  @Override
  public String toString() {
    return "AdminFile[secret]";
  }
}

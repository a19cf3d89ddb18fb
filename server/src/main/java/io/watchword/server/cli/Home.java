package io.watchword.server.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Where the program's own files lie; the launcher says so. */
final class Home {

  private Home() {}

  static Path file(String relative) {
    return Path.of(Optional.ofNullable(System.getProperty("watchword.home")).orElse("."))
        .resolve(relative);
  }
}

package io.watchword.bench;

import io.watchword.server.Server;
import io.watchword.server.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The server of {@link ServerProcess}: started with a file of settings, tells its address in its
 * first line, and ends when its standard input does, so that it never outlives who started it.
 */
final class ServedSite {

  private ServedSite() {}

  public static void main(String[] args) throws IOException {
    Settings settings = Site.settings(Path.of(args[0]));
    try (Server server =
        new Server(settings, Site.masterKey(settings), Clock.systemUTC(), Optional.empty())) {
      System.out.println(server.localUrl());
      while (System.in.read() >= 0) {
        // Nothing is asked of it this way.
      }
    }
  }
}

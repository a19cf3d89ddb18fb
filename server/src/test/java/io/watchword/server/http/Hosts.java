package io.watchword.server.http;

import io.watchword.server.settings.SettingsException;
import io.watchword.server.settings.SettingsReader;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Starts hosts on free ports. For the tests of this package. */
final class Hosts {

  private Hosts() {}

  /** With the settings' defaults but for some. */
  static HttpHost start(
      Map<String, String> settings, List<Mount> mounts, long largestBody, Health health) {
    var reader = new SettingsReader().set("server.port", "0");
    settings.forEach(reader::set);
    try {
      return new HttpHost(
              reader.read().settings().server(),
              mounts,
              largestBody,
              health,
              new Metrics(),
              new SecureRandom())
          .start();
    } catch (SettingsException e) {
      throw new AssertionError(e);
    }
  }
}

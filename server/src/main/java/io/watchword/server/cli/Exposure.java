package io.watchword.server.cli;

import io.watchword.server.http.ServerSettings;
import io.watchword.server.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Refuses to serve real people in a way that is right for a demo only. */
final class Exposure {

  /** What the demo writes into its data folder. */
  private static final String DEMO = "credentials.json";

  private Exposure() {}

  /**
   * @throws IllegalArgumentException with everything that must not be
   */
  static void check(Settings settings) {
    List<String> problems = new ArrayList<>();
    ServerSettings server = settings.server();
    if (isPlainAndPublic(server)) {
      problems.add(
          "server.host: %s can be reached from other machines, in plain HTTP; give a certificate in"
                  .formatted(server.host())
              + " server.tls, name the proxy that ends TLS in server.trusted-proxies, or listen on"
              + " 127.0.0.1");
    }
    Path folder = settings.store().folder();
    if (Files.exists(folder.resolve(DEMO))) {
      problems.add(
          "store.folder: %s holds the keys and people of a demo; serve from another folder"
              .formatted(folder));
    }
    if (settings.couriers().outbox()) {
      problems.add("couriers.outbox: shows codes to whoever asks; it is for the demo only");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n  ", problems));
    }
  }

  /** Whether other machines could speak to it in plain HTTP, and no proxy stands in front. */
  static boolean isPlainAndPublic(ServerSettings server) {
    return !isLoopback(server.host()) && server.trustedProxies().isEmpty() && !server.tls().isOn();
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}

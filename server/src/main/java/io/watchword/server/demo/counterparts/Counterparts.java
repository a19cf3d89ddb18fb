package io.watchword.server.demo.counterparts;

import io.watchword.core.delivery.Courier;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The counterparts that somebody chose, and the settings by which couriers find them. */
public final class Counterparts implements AutoCloseable {

  /** What can be started. */
  public enum Kind {
    SMTP,
    SMPP
  }

  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> places = new ArrayList<>();

  private Counterparts() {}

  /**
   * Starts them at free ports of the loopback.
   *
   * @param outbox gets what arrives
   */
  public static Counterparts start(Set<Kind> kinds, Courier outbox) throws IOException {
    var all = new Counterparts();
    try {
      if (kinds.contains(Kind.SMTP)) {
        all.add(LocalMailServer.start(outbox));
      }
      if (kinds.contains(Kind.SMPP)) {
        all.add(LocalSmsc.start(outbox));
      }
      return all;
    } catch (IOException | RuntimeException e) {
      all.close();
      throw e;
    }
  }

  private void add(LocalMailServer server) {
    running.push(server);
    settings.put("couriers.mail[0].name", "local-smtp");
    settings.put("couriers.mail[0].host", "127.0.0.1");
    settings.put("couriers.mail[0].port", Integer.toString(server.port()));
    settings.put("couriers.mail[0].security", "none");
    settings.put("couriers.mail[0].from", "Watchword demo <no-reply@demo.example>");
    places.add("SMTP at 127.0.0.1:" + server.port());
  }

  private void add(LocalSmsc smsc) {
    running.push(smsc);
    settings.put("couriers.smpp[0].name", "local-smpp");
    settings.put("couriers.smpp[0].host", "127.0.0.1");
    settings.put("couriers.smpp[0].port", Integer.toString(smsc.port()));
    settings.put("couriers.smpp[0].security", "none");
    settings.put("couriers.smpp[0].from", "WATCHWORD");
    settings.put("couriers.smpp[0].login.user", LocalSmsc.USER);
    settings.put("couriers.smpp[0].login.password", smsc.password());
    places.add("SMPP at 127.0.0.1:" + smsc.port());
  }

  /** Keys and values, as {@code --set} takes them. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  /** What runs where, for people. */
  public List<String> places() {
    return List.copyOf(places);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      try {
        running.pop().close();
      } catch (Exception e) {
        org.slf4j.LoggerFactory.getLogger(Counterparts.class)
            .warn("a counterpart did not close: {}", e.getClass().getName());
      }
    }
  }
}

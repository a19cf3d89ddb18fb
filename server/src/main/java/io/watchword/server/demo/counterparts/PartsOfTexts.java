package io.watchword.server.demo.counterparts;

import io.watchword.server.couriers.smpp.ShortMessageText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Joins the parts of long texts (3GPP TS 23.040, 9.2.3.24.1). Thread-safe. */
final class PartsOfTexts {

  /** Octets of the header that begins each part. */
  static final int HEADER = 6;

  /** Texts that wait for parts; the oldest give way. */
  private static final int MOST = 100;

  private final Map<String, Map<Byte, byte[]>> waiting =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Byte, byte[]>> eldest) {
          return size() > MOST;
        }
      };

  /**
   * Takes one part.
   *
   * @param octets with the header, at least as long as that
   * @return the text once all its parts are there
   */
  synchronized Optional<String> add(String to, byte dataCoding, byte[] octets) {
    String key = to + "/" + octets[3];
    Map<Byte, byte[]> parts = waiting.computeIfAbsent(key, each -> new TreeMap<>());
    parts.put(octets[5], Arrays.copyOfRange(octets, HEADER, octets.length));
    if (parts.size() < octets[4]) {
      return Optional.empty();
    }
    waiting.remove(key);
    var whole = new ByteArrayOutputStream();
    parts.values().forEach(whole::writeBytes);
    return Optional.of(ShortMessageText.decode(dataCoding, whole.toByteArray()));
  }
}

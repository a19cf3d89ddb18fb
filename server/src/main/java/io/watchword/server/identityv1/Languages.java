package io.watchword.server.identityv1;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The codes of languages: two letters on this wire, three inside, and callers write either
 * (contract identity-v1 5.1).
 */
final class Languages {

  private static final Map<String, String> TO_TWO = new HashMap<>();

  /** Codes of ISO 639-2 for bibliographies that differ from those of ISO 639-3. */
  private static final Map<String, String> BIBLIOGRAPHIC =
      Map.of("fre", "fra", "ger", "deu", "dut", "nld", "chi", "zho", "per", "fas");

  static {
    for (String two : Locale.getISOLanguages()) {
      if (two.length() == 2) {
        TO_TWO.put(Locale.of(two).getISO3Language(), two);
      }
    }
  }

  private Languages() {}

  /** The code of two letters, or the given one if there is none. */
  static String two(String three) {
    return TO_TWO.getOrDefault(three, three);
  }

  /**
   * The configured language that somebody means, the first one if they name none.
   *
   * @param configured ISO 639-3
   */
  static Optional<String> configured(String written, List<String> configured) {
    if (written.isBlank()) {
      return Optional.of(configured.getFirst());
    }
    String code = written.strip().toLowerCase(Locale.ROOT);
    String meant = BIBLIOGRAPHIC.getOrDefault(code, code);
    return configured.stream()
        .filter(three -> three.equals(meant) || two(three).equals(meant))
        .findFirst();
  }
}

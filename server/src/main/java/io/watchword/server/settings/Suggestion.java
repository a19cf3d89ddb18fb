package io.watchword.server.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Suggestion {

  private Suggestion() {}

  /** The nearest of the known names, if it is near enough to be worth mentioning. */
  public static Optional<String> near(String name, Collection<String> known) {
    int tolerance = Math.max(2, name.length() / 4);
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .filter(k -> distance(name, k) <= tolerance)
        .or(() -> sameLastWord(name, known));
  }

  /** A key that was put into the wrong group. */
  private static Optional<String> sameLastWord(String name, Collection<String> known) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    return known.stream().filter(k -> k.endsWith("." + last)).sorted().findFirst();
  }

  /** Levenshtein's distance. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

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

  /** Edits between two names, where two neighbours in the wrong order are one edit. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int changed = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(changed, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}

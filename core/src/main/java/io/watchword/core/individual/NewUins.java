package io.watchword.core.individual;

import io.watchword.core.unit.Ambient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * UINs for new people (contract identity-v1 7.1): random digits with a check digit, without
 * patterns that are easily guessed or mixed up, and nobody's yet. What comes in from elsewhere need
 * not be so. Not thread-safe.
 */
public final class NewUins {

  private static final List<String> FORBIDDEN = List.of("786", "666");

  /** Periods of 1/7, 1/17 and 1/19, of which each rotation is a multiple. */
  private static final List<String> CYCLIC =
      List.of("142857", "0588235294117647", "052631578947368421");

  private static final Pattern NEAR_REPEAT = Pattern.compile("(\\d)\\d?\\1");
  private static final Pattern REPEATED_BLOCK = Pattern.compile("(\\d{2,}).*\\1");
  private static final Pattern EVEN = Pattern.compile("[02468]{3}");
  private static final int RUN = 3;
  private static final int GROUP = 5;
  private static final int CYCLIC_PART = 6;

  private final Directory directory;
  private final Ambient ambient;
  private final int digits;
  private final Set<String> given = new HashSet<>();

  /**
   * @param digits of a UIN, its check digit among them; at least 10
   */
  public NewUins(Directory directory, Ambient ambient, int digits) {
    this.directory = directory;
    this.ambient = ambient;
    this.digits = digits;
  }

  /** One that nobody has and that this object has not given before; it is not reserved. */
  public String next() {
    while (true) {
      String random = ambient.digits(digits - 1);
      String uin = random + IdentifierFormats.checkDigit(random);
      if (isPlain(uin)
          && directory.find(new Identifier(IdentifierType.UIN, uin)).isEmpty()
          && given.add(uin)) {
        return uin;
      }
    }
  }

  /** Whether a number may be given to a new person. */
  static boolean isPlain(String uin) {
    String head = uin.substring(0, GROUP);
    String tail = uin.substring(uin.length() - GROUP);
    return uin.charAt(0) >= '2'
        && !hasRun(uin)
        && !NEAR_REPEAT.matcher(uin).find()
        && !REPEATED_BLOCK.matcher(uin).find()
        && !EVEN.matcher(uin).find()
        && !head.equals(tail)
        && !head.contentEquals(new StringBuilder(tail).reverse())
        && FORBIDDEN.stream().noneMatch(uin::contains)
        && CYCLIC.stream().noneMatch(figures -> holdsPart(uin, figures));
  }

  /** Three digits that go up or down by one. */
  private static boolean hasRun(String uin) {
    for (int i = 0; i + RUN <= uin.length(); i++) {
      int step = uin.charAt(i + 1) - uin.charAt(i);
      if (Math.abs(step) == 1 && uin.charAt(i + 2) - uin.charAt(i + 1) == step) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsPart(String uin, String figures) {
    String twice = figures + figures;
    for (int i = 0; i < figures.length(); i++) {
      if (uin.contains(twice.substring(i, i + CYCLIC_PART))) {
        return true;
      }
    }
    return false;
  }
}

package io.watchword.matching.finger;

import com.machinezoo.sourceafis.FingerprintCompatibility;
import com.machinezoo.sourceafis.FingerprintMatcher;
import com.machinezoo.sourceafis.FingerprintTemplate;
import io.watchword.core.authentication.BiometricMatcher;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Compares fingerprints with SourceAFIS (contract identity-v1 8.3).
 *
 * <p>One finger must reach the threshold; of several, none may stay below half of it and their sum
 * must reach the threshold times their number. A capture with a named position is compared with the
 * enrolled finger of that position, {@link Sample#UNKNOWN} with all; an enrolled finger is used
 * once. A finger that is enrolled several times counts by its best score.
 *
 * <p>Where on file the position is unknown, the one that the record itself names holds; a finger on
 * file of which neither tells may be any. What a capture's record names is not looked at: the
 * position that the caller names is what is asked.
 *
 * <p>A capture that is no record of a finger is different from what is on file; one of a format
 * that is not read here is a technical fault, since another matcher may find it to be the person's.
 */
public final class SourceAfisMatcher implements BiometricMatcher {

  /**
   * One false match in a million by the rule of thumb of SourceAFIS; of 200,000 pairs of synthetic
   * fingers the highest score was 59.5, and 2 of 100 pairs of the same finger stayed below.
   */
  public static final double DEFAULT_THRESHOLD = 60;

  /** Most captures of one comparison: one for each finger. */
  public static final int MOST_PRESENTED = 10;

  /** Most records on file of one person. */
  public static final int MOST_STORED = 40;

  private final double threshold;
  private final Semaphore places;
  private final Duration patience;

  /**
   * @param threshold score that one finger must reach, above 0
   * @param atOnce most comparisons at a time, at least 1; each keeps a core busy, and a hostile one
   *     takes some 100 MB for a moment
   * @param patience how long a comparison waits for its turn before it is a technical fault
   */
  public SourceAfisMatcher(double threshold, int atOnce, Duration patience) {
    if (!(threshold > 0) || Double.isInfinite(threshold) || atOnce < 1) {
      throw new IllegalArgumentException("threshold " + threshold + ", " + atOnce + " at once");
    }
    this.threshold = threshold;
    this.places = new Semaphore(atOnce, true);
    this.patience = patience;
  }

  @Override
  public Set<Modality> modalities() {
    return Set.of(Modality.FINGER);
  }

  @Override
  public Result compare(Modality modality, List<Sample> presented, List<Sample> stored) {
    if (modality != Modality.FINGER) {
      return new Result.TechnicalFault("no matcher of " + modality);
    }
    if (presented.isEmpty() || presented.size() > MOST_PRESENTED) {
      return new Result.TechnicalFault(presented.size() + " captures");
    }
    if (stored.isEmpty() || stored.size() > MOST_STORED) {
      return new Result.TechnicalFault(stored.size() + " records on file");
    }
    try {
      if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return new Result.TechnicalFault("too many comparisons at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.TechnicalFault("interrupted");
    }
    try {
      return judged(presented, stored);
    } finally {
      places.release();
    }
  }

  private Result judged(List<Sample> presented, List<Sample> stored) {
    try {
      List<Print> onFile = read("record on file", stored, true);
      List<Print> captures = new ArrayList<>();
      List<Finger> captured = new ArrayList<>();
      try {
        captures.addAll(read("capture", presented, false));
        for (Print print : captures) {
          captured.add(finger(print));
        }
      } catch (Unusable e) {
        return e.technical ? new Result.TechnicalFault(e.reason) : new Result.Different();
      }
      List<Finger> enrolled = new ArrayList<>();
      for (Print print : onFile) {
        // An image takes a hundred times as long as a template: only those that are compared.
        if (captures.stream().anyMatch(each -> mayBe(each.position, print.position))) {
          enrolled.add(finger(print));
        }
      }
      return judge(scores(captured, enrolled)) ? new Result.Matched() : new Result.Different();
    } catch (Unusable e) {
      return new Result.TechnicalFault(e.reason);
    }
  }

  /** A record that was read. */
  private record Print(String name, FingerPosition position, FingerRecord.Usable record) {}

  /** In the form that the library compares. */
  private record Finger(FingerPosition position, FingerprintTemplate template) {}

  private static List<Print> read(String what, List<Sample> samples, boolean own) throws Unusable {
    List<Print> prints = new ArrayList<>();
    for (Sample sample : samples) {
      String name = what + " " + (prints.size() + 1);
      FingerPosition position =
          FingerPosition.ofWord(sample.position())
              .orElseThrow(() -> new Unusable(name + ": unknown position"));
      FingerRecord.Usable record =
          switch (FingerRecord.read(sample.record())) {
            case FingerRecord.Usable usable -> usable;
            case FingerRecord.Unreadable not -> throw new Unusable(name, not);
          };
      if (own && position == FingerPosition.UNKNOWN) {
        position = record.position();
      }
      prints.add(new Print(name, position, record));
    }
    return prints;
  }

  private static Finger finger(Print print) throws Unusable {
    try {
      return new Finger(
          print.position,
          switch (print.record) {
            case MinutiaeTemplate minutiae ->
                FingerprintCompatibility.importTemplate(minutiae.toRecord());
            case FingerImage image -> FingerTemplates.extract(image);
          });
    } catch (Refused e) {
      throw new Unusable(print.name, e.reason());
    }
  }

  /** By capture, then by enrolled finger; negative where the positions forbid the pair. */
  private static double[][] scores(List<Finger> captured, List<Finger> enrolled) {
    List<List<Finger>> fingers = grouped(enrolled);
    double[][] scores = new double[captured.size()][fingers.size()];
    for (int i = 0; i < captured.size(); i++) {
      FingerprintMatcher matcher = new FingerprintMatcher(captured.get(i).template);
      for (int j = 0; j < fingers.size(); j++) {
        scores[i][j] = -1;
        for (Finger finger : fingers.get(j)) {
          if (mayBe(captured.get(i).position, finger.position)) {
            scores[i][j] = Math.max(scores[i][j], matcher.match(finger.template));
          }
        }
      }
    }
    return scores;
  }

  /** The records of each finger; a record of an unknown finger is a finger of its own. */
  private static List<List<Finger>> grouped(List<Finger> enrolled) {
    Map<FingerPosition, List<Finger>> named = new LinkedHashMap<>();
    List<List<Finger>> all = new ArrayList<>();
    for (Finger finger : enrolled) {
      if (finger.position == FingerPosition.UNKNOWN) {
        all.add(List.of(finger));
      } else {
        named.computeIfAbsent(finger.position, _ -> new ArrayList<>()).add(finger);
      }
    }
    all.addAll(named.values());
    return all;
  }

  private static boolean mayBe(FingerPosition captured, FingerPosition enrolled) {
    return captured == enrolled
        || captured == FingerPosition.UNKNOWN
        || enrolled == FingerPosition.UNKNOWN;
  }

  private boolean judge(double[][] scores) {
    double least = scores.length == 1 ? threshold : threshold / 2;
    for (double[] row : scores) {
      for (int j = 0; j < row.length; j++) {
        if (row[j] < least) {
          row[j] = -1;
        }
      }
    }
    OptionalDouble sum = Assignment.best(scores);
    return sum.isPresent() && sum.getAsDouble() >= threshold * scores.length;
  }

  /** Ends a comparison. */
  private static final class Unusable extends Exception {
    private final String reason;
    private final boolean technical;

    /** By a fault of the caller, not of a record. */
    Unusable(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
      this.technical = true;
    }

    Unusable(String name, FingerRecord.Unreadable why) {
      super(why.detail(), null, false, false);
      this.reason = name + ": " + why.detail();
      this.technical = why instanceof FingerRecord.Unsupported;
    }
  }
}

package io.watchword.testkit.prints;

import static org.assertj.core.api.Assertions.assertThat;

import com.machinezoo.sourceafis.FingerprintCompatibility;
import com.machinezoo.sourceafis.FingerprintMatcher;
import com.machinezoo.sourceafis.FingerprintTemplate;
import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.SourceAfisMatcher;
import io.watchword.testkit.prints.MinutiaeExtractor.Minutia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well the matcher tells fingers apart, at the threshold that is the default. The property
 * {@code finger.rates} multiplies the number of fingers.
 */
class FingerRatesTest {

  private static final int MORE = Integer.getInteger("finger.rates", 1);
  private static final int IMPRESSIONS = 3;
  private static final int OTHERS = 1_000 * MORE;
  private static final String LEFT_INDEX = "Left IndexFinger";

  private final SourceAfisMatcher matcher =
      new SourceAfisMatcher(SourceAfisMatcher.DEFAULT_THRESHOLD, 4, Duration.ofMinutes(1));

  private static List<Finger> fingers = List.of();

  /** The minutiae of some impressions of one finger, as the extractor found them. */
  private record Finger(List<List<Minutia>> impressions) {
    static Finger grow(PrintGenerator generator, long seed) {
      var finger = new SyntheticFinger(generator, seed);
      return new Finger(
          IntStream.range(0, IMPRESSIONS)
              .mapToObj(number -> MinutiaeExtractor.of(finger.image(number)))
              .toList());
    }

    byte[] record(int number) {
      return FingerRatesTest.record(impressions.get(number));
    }
  }

  @BeforeAll
  static void grow() {
    fingers =
        Stream.of(
                grown(new GaborGrowth(), 40 * MORE),
                grown(new PhaseSpirals(), 50 * MORE),
                grown(new ReactionDiffusion(), 12 * MORE))
            .flatMap(List::stream)
            .toList();
  }

  @Test
  void ratesAtTheThresholdAreThoseThatItPromises() {
    List<Double> same = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    List<List<FingerprintTemplate>> templates =
        fingers.stream()
            .map(finger ->
                IntStream.range(0, IMPRESSIONS)
                    .mapToObj(finger::record)
                    .map(FingerprintCompatibility::importTemplate)
                    .toList())
            .toList();
    for (int i = 0; i < fingers.size(); i++) {
      var first = new FingerprintMatcher(templates.get(i).get(0));
      same.add(first.match(templates.get(i).get(1)));
      same.add(first.match(templates.get(i).get(2)));
      same.add(new FingerprintMatcher(templates.get(i).get(1)).match(templates.get(i).get(2)));
      for (int j = 0; j < fingers.size(); j++) {
        if (i != j) {
          other.add(first.match(templates.get(j).get(1)));
        }
      }
    }
    for (double threshold : new double[] {20, 30, 40, 50, 60, 70, 80, 100}) {
      System.out.printf(
          Locale.ROOT,
          "fingers, threshold %.0f: false match %d of %,d, false non-match %d of %,d (%.1f %%)%n",
          threshold,
          atLeast(other, threshold),
          other.size(),
          same.size() - atLeast(same, threshold),
          same.size(),
          100.0 * (same.size() - atLeast(same, threshold)) / same.size());
    }
    System.out.printf(
        Locale.ROOT,
        "highest score of different fingers %.1f, lowest of the same %.1f%n",
        other.stream().mapToDouble(score -> score).max().orElseThrow(),
        same.stream().mapToDouble(score -> score).min().orElseThrow());
    assertThat(atLeast(other, SourceAfisMatcher.DEFAULT_THRESHOLD))
        .isLessThanOrEqualTo(other.size() / 100_000);
    assertThat(same.size() - atLeast(same, SourceAfisMatcher.DEFAULT_THRESHOLD))
        .isLessThanOrEqualTo(same.size() * 5L / 100);
  }

  @Test
  void aFingerAuthenticatesWithAnotherImpressionAndNoneOfAThousandOthersDoes() {
    Finger finger = Finger.grow(new PhaseSpirals(), 77);
    List<Sample> stored = List.of(new Sample(LEFT_INDEX, finger.record(0)));
    for (int number = 1; number < IMPRESSIONS; number++) {
      assertThat(compare(finger.record(number), stored)).isEqualTo(new Result.Matched());
    }
    List<byte[]> others = Crowd.templates(OTHERS);
    assertThat(others).hasSize(OTHERS);
    long start = System.nanoTime();
    for (byte[] other : others) {
      assertThat(compare(other, stored)).isEqualTo(new Result.Different());
    }
    System.out.printf(
        Locale.ROOT,
        "fingers: %,d others, none matched; %.2f ms a comparison of one with one%n",
        OTHERS,
        (System.nanoTime() - start) / 1e6 / OTHERS);
    List<Sample> hand =
        IntStream.range(0, 10).mapToObj(i -> new Sample(Sample.UNKNOWN, others.get(i))).toList();
    start = System.nanoTime();
    for (byte[] other : others.subList(100, 200)) {
      assertThat(matcher.compare(Modality.FINGER, List.of(new Sample(Sample.UNKNOWN, other)), hand))
          .isEqualTo(new Result.Different());
    }
    System.out.printf(
        Locale.ROOT,
        "fingers: %.2f ms a comparison of one with ten%n",
        (System.nanoTime() - start) / 1e6 / 100);
  }

  @Test
  void templatesThatAreStuffedToFitEveryoneFitNobody() {
    List<byte[]> records =
        IntStream.range(0, 30)
            .mapToObj(i -> fingers.get(i * fingers.size() / 30).record(0))
            .toList();
    List<Sample> stored =
        records.stream().map(record -> new Sample(Sample.UNKNOWN, record)).toList();
    double highest = 0;
    for (int seed = 0; seed < 12 * MORE; seed++) {
      byte[] stuffed = stuffed(new SplittableRandom(seed), seed);
      assertThat(compare(stuffed, stored)).isEqualTo(new Result.Different());
      var probe = new FingerprintMatcher(FingerprintCompatibility.importTemplate(stuffed));
      for (byte[] record : records) {
        highest = Math.max(highest, probe.match(FingerprintCompatibility.importTemplate(record)));
      }
    }
    System.out.printf(Locale.ROOT, "fingers: highest score of a stuffed template %.1f%n", highest);
  }

  private Result compare(byte[] presented, List<Sample> stored) {
    return matcher.compare(Modality.FINGER, List.of(new Sample(LEFT_INDEX, presented)), stored);
  }

  private static List<Finger> grown(PrintGenerator generator, int count) {
    return IntStream.range(0, count)
        .parallel()
        .mapToObj(seed -> Finger.grow(generator, 1_000 + seed))
        .toList();
  }

  /** As many minutiae as are read at all: everywhere, or in all directions at fewer places. */
  private static byte[] stuffed(RandomGenerator random, int manner) {
    List<Minutia> minutiae = new ArrayList<>();
    while (minutiae.size() < 200) {
      int x = random.nextInt(20, Impression.WIDTH - 20);
      int y = random.nextInt(20, Impression.HEIGHT - 20);
      int directions = 1 << manner % 4;
      for (int k = 0; k < directions; k++) {
        double direction = 2 * Math.PI * (k + random.nextDouble(0.5)) / directions;
        minutiae.add(new Minutia(random.nextBoolean(), x, y, direction));
      }
    }
    return record(minutiae);
  }

  private static byte[] record(List<Minutia> minutiae) {
    return MinutiaeRecord.edition2005(0, Impression.WIDTH, Impression.HEIGHT, minutiae);
  }

  private static long atLeast(List<Double> scores, double threshold) {
    return scores.stream().filter(score -> score >= threshold).count();
  }
}

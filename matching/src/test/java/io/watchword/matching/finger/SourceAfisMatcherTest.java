package io.watchword.matching.finger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.MinutiaeTemplate.Minutia;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of contract identity-v1 8.3; how well prints are told apart is measured elsewhere. */
class SourceAfisMatcherTest {

  private static final String LEFT_INDEX = "Left IndexFinger";
  private static final String RIGHT_INDEX = "Right IndexFinger";
  private static final String RIGHT_THUMB = "Right Thumb";
  private static final byte[] GARBAGE = new byte[40];

  private final SourceAfisMatcher matcher = matcher(SourceAfisMatcher.DEFAULT_THRESHOLD);

  @Test
  void anotherFingerIsDifferent() {
    for (int other = 100; other < 150; other++) {
      assertThat(compare(List.of(finger(LEFT_INDEX, other)), List.of(finger(LEFT_INDEX, 1))))
          .isEqualTo(new Result.Different());
    }
  }

  @Test
  void theFingerOfAnotherPositionIsDifferent() {
    assertThat(compare(List.of(again(RIGHT_INDEX, 1)), List.of(finger(LEFT_INDEX, 1))))
        .isEqualTo(new Result.Different());
    assertThat(
            compare(
                List.of(again(RIGHT_INDEX, 1)),
                List.of(finger(LEFT_INDEX, 1), finger(RIGHT_INDEX, 2))))
        .isEqualTo(new Result.Different());
  }

  /** Without their limit they took up to eight seconds, and gigabytes. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void whatHasMoreRidgesThanAnyFingerIsDifferentAtOnce(int period) {
    int side = 800;
    Random random = new Random(period);
    byte[] stripes = new byte[side * side];
    byte[] dots = new byte[side * side];
    byte[] noise = new byte[side * side];
    random.nextBytes(noise);
    for (int i = 0; i < stripes.length; i++) {
      double x = 2 * Math.PI * (i % side) / period;
      double y = 2 * Math.PI * (i / side) / period;
      stripes[i] = (byte) (127 + 120 * Math.sin(x + 0.3 * y));
      dots[i] = (byte) (127 + 60 * Math.sin(x + 0.1) + 60 * Math.sin(y + 0.1));
    }
    for (byte[] pixels : List.of(stripes, dots, noise)) {
      byte[] image = Records.image2005(side, side, 0, pixels);
      assertThat(compare(List.of(new Sample(LEFT_INDEX, image)), List.of(finger(LEFT_INDEX, 1))))
          .isEqualTo(new Result.Different());
      assertThat(compare(List.of(finger(LEFT_INDEX, 1)), List.of(new Sample(LEFT_INDEX, image))))
          .isInstanceOfSatisfying(
              Result.TechnicalFault.class,
              fault -> assertThat(fault.reason()).contains("ends and forks of ridges"));
      assertThat(FingerTemplates.of((FingerRecord.Usable) FingerRecord.read(image))).isEmpty();
    }
  }

  @Test
  void anotherImpressionOfTheFingerMatches() {
    assertThat(
            compare(
                List.of(again(LEFT_INDEX, 1)),
                List.of(finger(RIGHT_INDEX, 2), finger(LEFT_INDEX, 1))))
        .isEqualTo(new Result.Matched());
  }

  @Test
  void unknownIsComparedWithAll() {
    List<Sample> stored =
        List.of(finger(RIGHT_THUMB, 3), finger(RIGHT_INDEX, 2), finger(LEFT_INDEX, 1));
    assertThat(compare(List.of(again(Sample.UNKNOWN, 4)), stored))
        .isEqualTo(new Result.Different());
    for (int seed = 1; seed <= 3; seed++) {
      assertThat(compare(List.of(again(Sample.UNKNOWN, seed)), stored))
          .isEqualTo(new Result.Matched());
    }
  }

  @Test
  void anEnrolledFingerIsUsedOnce() {
    List<Sample> twice = List.of(again(Sample.UNKNOWN, 1), again(Sample.UNKNOWN, 1));
    assertThat(compare(twice, List.of(finger(LEFT_INDEX, 1)))).isEqualTo(new Result.Different());
    // Two records of one finger are still one finger.
    assertThat(compare(twice, List.of(finger(LEFT_INDEX, 1), again(LEFT_INDEX, 1))))
        .isEqualTo(new Result.Different());
    assertThat(compare(twice, List.of(finger(LEFT_INDEX, 1), finger(RIGHT_INDEX, 2))))
        .isEqualTo(new Result.Different());
  }

  @Test
  void bothOfTwoFingersMustBeThePersons() {
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1), finger(RIGHT_INDEX, 2));
    assertThat(compare(List.of(again(LEFT_INDEX, 1), again(RIGHT_INDEX, 3)), stored))
        .isEqualTo(new Result.Different());
    assertThat(compare(List.of(again(LEFT_INDEX, 2), again(RIGHT_INDEX, 1)), stored))
        .isEqualTo(new Result.Different());
    assertThat(compare(List.of(again(LEFT_INDEX, 1), again(RIGHT_INDEX, 2)), stored))
        .isEqualTo(new Result.Matched());
    assertThat(compare(List.of(again(Sample.UNKNOWN, 2), again(Sample.UNKNOWN, 1)), stored))
        .isEqualTo(new Result.Matched());
    assertThat(compare(List.of(again(RIGHT_INDEX, 2), again(Sample.UNKNOWN, 1)), stored))
        .isEqualTo(new Result.Matched());
  }

  @Test
  void theSumOfTwoFingersMustReachTwiceTheThresholdAndNeitherMayBeBelowHalf() {
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1), finger(RIGHT_INDEX, 2));
    Sample strong = again(LEFT_INDEX, 1);
    Sample weak = partial(RIGHT_INDEX, 2, 14);
    double strongScore = highest(List.of(strong), stored);
    double weakScore = highest(List.of(weak), stored);
    assertThat(weakScore).isPositive().isLessThan(strongScore / 3);
    // Only the rule of the half decides: the sum is far above.
    double half = 2 * weakScore;
    assertThat(strongScore + weakScore).isGreaterThan(2 * half + 1);
    List<Sample> both = List.of(strong, weak);
    assertThat(matcher(half - 0.01).compare(Modality.FINGER, both, stored))
        .isEqualTo(new Result.Matched());
    assertThat(matcher(half + 0.01).compare(Modality.FINGER, both, stored))
        .isEqualTo(new Result.Different());
    // Only the sum decides: each is above the half.
    List<Sample> equal = List.of(again(LEFT_INDEX, 1), again(RIGHT_INDEX, 2));
    double sum =
        highest(List.of(again(LEFT_INDEX, 1)), stored)
            + highest(List.of(again(RIGHT_INDEX, 2)), stored);
    assertThat(matcher(sum / 2 - 0.01).compare(Modality.FINGER, equal, stored))
        .isEqualTo(new Result.Matched());
    assertThat(matcher(sum / 2 + 0.01).compare(Modality.FINGER, equal, stored))
        .isEqualTo(new Result.Different());
  }

  @Test
  void aFingerOnFileOfUnknownPositionIsTheOneThatItsRecordNames() {
    byte[] names = Records.edition2005(7, minutiae(1), 0);
    List<Sample> stored = List.of(new Sample(Sample.UNKNOWN, names));
    assertThat(compare(List.of(again(RIGHT_INDEX, 1)), stored)).isEqualTo(new Result.Different());
    assertThat(compare(List.of(again(LEFT_INDEX, 1)), stored)).isEqualTo(new Result.Matched());
    assertThat(compare(List.of(again(RIGHT_INDEX, 1)), List.of(finger(Sample.UNKNOWN, 1))))
        .isEqualTo(new Result.Matched());
  }

  @Test
  void aRecordOnFileThatCannotBeReadIsATechnicalFault() {
    Result fault = new Result.TechnicalFault("record on file 2: neither a template nor an image");
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1), new Sample(RIGHT_INDEX, GARBAGE));
    assertThat(compare(List.of(again(LEFT_INDEX, 1)), stored)).isEqualTo(fault);
  }

  @Test
  void brokenPixelsOnFileAreATechnicalFaultOnceTheyAreNeeded() {
    byte[] png = new byte[57];
    byte[] start = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    System.arraycopy(start, 0, png, 0, start.length);
    png[18] = 1;
    png[22] = 1;
    png[24] = 8;
    System.arraycopy(new byte[] {'I', 'D', 'A', 'T'}, 0, png, 37, 4);
    System.arraycopy(new byte[] {'I', 'E', 'N', 'D'}, 0, png, 49, 4);
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1), new Sample(RIGHT_INDEX, png));
    assertThat(compare(List.of(again(LEFT_INDEX, 1)), stored)).isEqualTo(new Result.Matched());
    assertThat(compare(List.of(again(RIGHT_INDEX, 1)), stored))
        .isEqualTo(new Result.TechnicalFault("record on file 2: broken pixels"));
  }

  @Test
  void whatCannotBeComparedIsATechnicalFaultAndNoMismatch() {
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1));
    List<Sample> garbage = List.of(new Sample(LEFT_INDEX, GARBAGE));
    assertThat(compare(stored, garbage))
        .isEqualTo(new Result.TechnicalFault("record on file 1: neither a template nor an image"));
    assertThat(compare(garbage, stored)).isEqualTo(new Result.Different());
    byte[] wsq = Records.image2005(80, 70, 2, new byte[9]);
    assertThat(compare(List.of(new Sample(LEFT_INDEX, wsq)), stored))
        .isEqualTo(new Result.TechnicalFault("capture 1: compression 2"));
    assertThat(compare(List.of(again("Left Toe", 1)), stored))
        .isEqualTo(new Result.TechnicalFault("capture 1: unknown position"));
    assertThat(compare(List.of(), stored)).isInstanceOf(Result.TechnicalFault.class);
    assertThat(compare(stored, List.of())).isInstanceOf(Result.TechnicalFault.class);
    assertThat(compare(Collections.nCopies(11, again(LEFT_INDEX, 1)), stored))
        .isInstanceOf(Result.TechnicalFault.class);
    assertThat(compare(stored, Collections.nCopies(41, again(LEFT_INDEX, 1))))
        .isInstanceOf(Result.TechnicalFault.class);
    assertThat(matcher.compare(Modality.IRIS, stored, stored))
        .isInstanceOf(Result.TechnicalFault.class);
  }

  @Test
  void aTemplateWithoutMinutiaeMatchesNothingNotEvenItself() {
    Sample empty = new Sample(LEFT_INDEX, Records.edition2005(7, List.of(), 0));
    assertThat(compare(List.of(empty), List.of(empty))).isEqualTo(new Result.Different());
  }

  @Test
  void aThresholdThatEverythingReachesIsRefused() {
    for (double threshold : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> matcher(threshold)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void comparisonsBeyondThoseThatMayRunAtOnceWaitAndThenGiveUp() throws Exception {
    var impatient = new SourceAfisMatcher(60, 1, Duration.ofMillis(1));
    var patient = new SourceAfisMatcher(60, 1, Duration.ofMinutes(1));
    List<Sample> stored = List.of(finger(LEFT_INDEX, 1));
    List<Sample> many = Collections.nCopies(10, finger(LEFT_INDEX, 2));
    int tasks = 8;
    List<Result> hurried = Collections.synchronizedList(new ArrayList<>());
    List<Result> waited = Collections.synchronizedList(new ArrayList<>());
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < tasks; i++) {
        threads.submit(() -> {
          start.await();
          hurried.add(impatient.compare(Modality.FINGER, many, stored));
          return waited.add(patient.compare(Modality.FINGER, many, stored));
        });
      }
      start.countDown();
    }
    assertThat(hurried)
        .hasSize(tasks)
        .contains(new Result.Different())
        .contains(new Result.TechnicalFault("too many comparisons at once"));
    assertThat(waited).hasSize(tasks).containsOnly(new Result.Different());
  }

  private Result compare(List<Sample> presented, List<Sample> stored) {
    return matcher.compare(Modality.FINGER, presented, stored);
  }

  private static SourceAfisMatcher matcher(double threshold) {
    return new SourceAfisMatcher(threshold, 4, Duration.ofMinutes(1));
  }

  /** The highest threshold at which they match. */
  private static double highest(List<Sample> presented, List<Sample> stored) {
    double low = 0.001;
    double high = 10_000;
    for (int step = 0; step < 40; step++) {
      double middle = (low + high) / 2;
      if (matcher(middle).compare(Modality.FINGER, presented, stored) instanceof Result.Matched) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static List<Minutia> minutiae(int seed) {
    return Records.minutiae(new Random(seed), 45);
  }

  private static Sample finger(String position, int seed) {
    return new Sample(position, Records.edition2005(0, minutiae(seed), 0));
  }

  /** Another impression: each minutia a pixel or two off. */
  private static Sample again(String position, int seed) {
    return new Sample(position, Records.edition2011(0, moved(minutiae(seed)), 0));
  }

  /** Only some of the minutiae. */
  private static Sample partial(String position, int seed, int count) {
    return new Sample(position, Records.edition2005(0, moved(minutiae(seed)).subList(0, count), 0));
  }

  private static List<Minutia> moved(List<Minutia> minutiae) {
    Random random = new Random(8);
    return minutiae.stream()
        .map(each ->
            new Minutia(
                each.kind(),
                Math.clamp(each.x() + random.nextInt(5) - 2, 0, Records.WIDTH - 1),
                Math.clamp(each.y() + random.nextInt(5) - 2, 0, Records.HEIGHT - 1),
                (each.angle() + random.nextInt(5) - 2) & 255))
        .toList();
  }
}

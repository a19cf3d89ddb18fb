package io.watchword.testkit.prints;

import io.watchword.testkit.prints.MinutiaeExtractor.Minutia;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many fingers of many people. */
public final class Crowd {

  private static final long FIRST_SEED = 50_000;

  private Crowd() {}

  /**
   * One template of each of so many fingers. Every second is the mirror image of the one before it:
   * to a matcher, a finger of its own.
   *
   * @param count even
   */
  public static List<byte[]> templates(int count) {
    return IntStream.range(0, count / 2)
        .parallel()
        .mapToObj(seed -> new SyntheticFinger(new PhaseSpirals(), FIRST_SEED + seed).image(0))
        .map(MinutiaeExtractor::of)
        .flatMap(minutiae -> Stream.of(minutiae, mirrored(minutiae)))
        .map(minutiae ->
            MinutiaeRecord.edition2011(0, Impression.WIDTH, Impression.HEIGHT, minutiae))
        .toList();
  }

  private static List<Minutia> mirrored(List<Minutia> minutiae) {
    return minutiae.stream()
        .map(each ->
            new Minutia(
                each.fork(), Impression.WIDTH - 1 - each.x(), each.y(), Math.PI - each.direction()))
        .toList();
  }
}

package io.watchword.testkit.prints;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.testkit.prints.MinutiaeExtractor.Minutia;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SyntheticFingerTest {

  private static final List<PrintGenerator> GENERATORS =
      List.of(new GaborGrowth(), new PhaseSpirals(), new ReactionDiffusion());

  @Test
  void everyGeneratorGrowsPrintsAndNoneTwice() {
    Set<String> seen = new HashSet<>();
    for (PrintGenerator generator : GENERATORS) {
      for (int seed = 0; seed < 5; seed++) {
        var finger = new SyntheticFinger(generator, seed);
        for (int number = 0; number < 2; number++) {
          GreyImage image = finger.image(number);
          assertThat(seen.add(Arrays.toString(image.pixels()))).isTrue();
          assertThat(MinutiaeExtractor.of(image))
              .as("%s, seed %d", generator.getClass().getSimpleName(), seed)
              .hasSizeBetween(12, 100);
          assertThat(darkShare(image)).isBetween(0.2, 0.6);
        }
      }
    }
  }

  @Test
  void theSameSeedIsTheSameFinger() {
    for (PrintGenerator generator : GENERATORS) {
      byte[] once = new SyntheticFinger(generator, 3).template(1, 2);
      assertThat(new SyntheticFinger(generator, 3).template(1, 2)).isEqualTo(once);
    }
  }

  @Test
  void theExtractorFindsTheMinutiaeThatTheGeneratorKnows() {
    var generator = new PhaseSpirals();
    int known = 0;
    int found = 0;
    int told = 0;
    int right = 0;
    for (int seed = 0; seed < 12; seed++) {
      GreyImage image = new SyntheticFinger(generator, seed).image(Impression.IDEAL);
      List<Minutia> minutiae = MinutiaeExtractor.of(image);
      List<PhaseSpirals.Place> places = generator.minutiae(seed);
      for (PhaseSpirals.Place place : places) {
        double x = place.x() - (Ridges.WIDTH - Impression.WIDTH) / 2.0;
        double y = place.y() - (Ridges.HEIGHT - Impression.HEIGHT) / 2.0;
        if (x > 30 && y > 30 && x < Impression.WIDTH - 30 && y < Impression.HEIGHT - 30) {
          known++;
          found += near(minutiae, x, y) ? 1 : 0;
        }
      }
      for (Minutia minutia : minutiae) {
        told++;
        right +=
            places.stream()
                    .anyMatch(place ->
                        Math.hypot(
                                place.x() - (Ridges.WIDTH - Impression.WIDTH) / 2.0 - minutia.x(),
                                place.y() - (Ridges.HEIGHT - Impression.HEIGHT) / 2.0 - minutia.y())
                            < 9)
                ? 1
                : 0;
      }
    }
    System.out.printf(
        "minutiae: %d of %d known ones found, %d of %d told are known%n",
        found, known, right, told);
    assertThat(found).isGreaterThan(known * 7 / 10);
    assertThat(right).isGreaterThan(told * 8 / 10);
  }

  private static boolean near(List<Minutia> minutiae, double x, double y) {
    return minutiae.stream().anyMatch(each -> Math.hypot(each.x() - x, each.y() - y) < 9);
  }

  private static double darkShare(GreyImage image) {
    int dark = 0;
    for (byte pixel : image.pixels()) {
      dark += Byte.toUnsignedInt(pixel) < 128 ? 1 : 0;
    }
    return (double) dark / image.pixels().length;
  }
}

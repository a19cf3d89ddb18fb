package io.watchword.matching.finger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void twoPresentedFingersNeverShareAnEnrolledOne() {
    assertThat(Assignment.best(new double[][] {{100}, {100}})).isEmpty();
    assertThat(Assignment.best(new double[][] {{100, -1}, {100, -1}})).isEmpty();
    assertThat(Assignment.best(new double[][] {{100, 5}, {90, -1}})).hasValue(95);
  }

  @Test
  void theBestSumIsThatOfTryingEverything() {
    Random random = new Random(6);
    for (int round = 0; round < 2_000; round++) {
      double[][] scores = new double[1 + random.nextInt(4)][1 + random.nextInt(5)];
      for (double[] row : scores) {
        for (int j = 0; j < row.length; j++) {
          row[j] = random.nextInt(4) == 0 ? -1 : random.nextInt(100);
        }
      }
      double expected = tryEverything(scores, 0, 0);
      assertThat(Assignment.best(scores))
          .isEqualTo(expected < 0 ? OptionalDouble.empty() : OptionalDouble.of(expected));
    }
  }

  private static double tryEverything(double[][] scores, int presented, int used) {
    if (presented == scores.length) {
      return 0;
    }
    double best = -1;
    for (int finger = 0; finger < scores[presented].length; finger++) {
      if ((used >> finger & 1) == 0 && scores[presented][finger] >= 0) {
        double rest = tryEverything(scores, presented + 1, used | 1 << finger);
        best = rest < 0 ? best : Math.max(best, rest + scores[presented][finger]);
      }
    }
    return best;
  }
}

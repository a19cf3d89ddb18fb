package io.watchword.matching.finger;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Pairs presented fingers with enrolled ones so that the sum of the scores is highest. */
final class Assignment {

  private Assignment() {}

  /**
   * The highest sum in which each presented finger has an enrolled one of its own.
   *
   * @param scores by presented finger, then by enrolled finger; negative: the two may not be paired
   * @return empty: the presented fingers cannot all be paired
   */
  static OptionalDouble best(double[][] scores) {
    int everyone = (1 << scores.length) - 1;
    double[] sums = new double[everyone + 1];
    Arrays.fill(sums, Double.NEGATIVE_INFINITY);
    sums[0] = 0;
    int enrolled = scores.length == 0 ? 0 : scores[0].length;
    for (int finger = 0; finger < enrolled; finger++) {
      // Downwards, so that a finger never joins a set that it is in already.
      for (int paired = everyone; paired > 0; paired--) {
        for (int presented = 0; presented < scores.length; presented++) {
          double score = scores[presented][finger];
          if (((paired >> presented) & 1) == 1 && score >= 0) {
            sums[paired] = Math.max(sums[paired], sums[paired & ~(1 << presented)] + score);
          }
        }
      }
    }
    return sums[everyone] < 0 ? OptionalDouble.empty() : OptionalDouble.of(sums[everyone]);
  }
}

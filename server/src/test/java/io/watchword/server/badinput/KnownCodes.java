package io.watchword.server.badinput;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codes that callers of this door may ever meet (contract ida 7.1). */
final class KnownCodes {

  static final Set<String> ALL =
      Stream.of(
              family("OTA", 1, 2, 3, 4, 5, 8, 10, 11, 12, 13),
              family("MLC", 1, 2, 4, 6, 7, 8, 9, 11, 12, 13, 15, 18, 19, 20, 22, 23, 24, 30, 31),
              family("DEA", 1, 2, 3),
              family("BIA", 1, 2, 3, 6, 7, 8, 9, 14, 18),
              family("SPA", 1),
              family("MPA", 1, 3, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 17, 18, 19, 21, 22),
              family("MPA", 24, 27, 28, 38, 39),
              family("DPM", 4),
              family("IDV", 1))
          .flatMap(codes -> codes)
          .collect(Collectors.toCollection(TreeSet::new));

  private KnownCodes() {}

  private static Stream<String> family(String name, int... numbers) {
    return java.util.Arrays.stream(numbers).mapToObj(n -> "IDA-%s-%03d".formatted(name, n));
  }
}

package io.watchword.server.couriers;

import io.watchword.server.settings.values.Range;
import java.time.Duration;
import java.util.List;

/**
 * When no more letters go to phone numbers that begin alike, because providers report that they do
 * not arrive: numbers that nobody has are what fraud with codes makes up.
 *
 * @param after so many reports; 0 turns the limit off
 * @param arrived per cent of them that must say that the letter arrived
 * @param window in which reports count
 */
public record UndeliveredSettings(
    @Range(min = "0", max = "1000000") int after,
    @Range(min = "1", max = "100") int arrived,
    @Range(min = "1m", max = "7d") Duration window) {

  public static final UndeliveredSettings STANDARD =
      new UndeliveredSettings(50, 20, Duration.ofHours(1));

  /** No limit. */
  public static final UndeliveredSettings OFF = new UndeliveredSettings(0, 1, Duration.ofHours(1));

  List<String> problems() {
    return after < 0 || arrived < 1 || arrived > 100 || !window.isPositive()
        ? List.of("couriers.undelivered: after is at least 0, arrived 1 to 100, window a time")
        : List.of();
  }
}

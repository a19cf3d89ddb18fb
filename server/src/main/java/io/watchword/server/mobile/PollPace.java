package io.watchword.server.mobile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.http.Status;
import java.time.Duration;
import java.time.Instant;

/** Who polls too fast is told so, and then has to wait longer (RFC 8628, 3.5). Thread-safe. */
final class PollPace {

  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** When a portal may ask for the same again. */
  private final Cache<String, Pace> paces = Caffeine.newBuilder().maximumSize(100_000).build();

  private record Pace(Instant next, Duration interval) {}

  /**
   * @param asked the transaction, or one state of it
   * @param usual interval of the transaction's type
   */
  void keep(String asked, Duration usual, Instant now) throws MobileRefused {
    boolean[] early = new boolean[1];
    Pace pace =
        paces
            .asMap()
            .compute(
                asked,
                (_, before) -> {
                  early[0] = before != null && now.isBefore(before.next());
                  Duration interval = before == null ? usual : before.interval();
                  interval = early[0] ? interval.plus(SLOWER) : interval;
                  return new Pace(now.plus(interval), interval);
                });
    if (early[0]) {
      throw MobileRefused.portal(
              Status.TOO_MANY_REQUESTS_429, "1003", "slow_down", "asked faster than the interval")
          .with("retry_after", pace.interval().toSeconds())
          .with("interval", pace.interval().toSeconds());
    }
  }
}

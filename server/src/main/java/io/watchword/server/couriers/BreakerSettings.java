package io.watchword.server.couriers;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * When a provider that fails is passed over. A letter that it refuses for the letter's own sake is
 * no failure: otherwise a few bad addresses would shut out a provider that works.
 *
 * @param failures this many tries in a row
 * @param pause for how long it is passed over before one letter probes it
 */
public record BreakerSettings(int failures, Duration pause) {

  public static final BreakerSettings STANDARD = new BreakerSettings(5, Duration.ofSeconds(30));

  /** Everything that is wrong, each with its key. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (failures < 1 || failures > 10_000) {
      problems.add("couriers.breaker.failures: 1 to 10000");
    }
    if (!pause.isPositive()) {
      problems.add("couriers.breaker.pause: must be longer than nothing");
    }
    return problems;
  }

  CircuitBreakerConfig config(InstantSource clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(100)
        .waitDurationInOpenState(pause)
        .permittedNumberOfCallsInHalfOpenState(1)
        .clock(clock.withZone(ZoneOffset.UTC))
        .build();
  }
}

package io.watchword.server.biosdk;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * How long a biometric service may take, and how much it is asked at once (contract biosdk 5).
 *
 * @param connect until a connection stands
 * @param total for a whole call, look-up of the name and second try included
 * @param retryPause before the only second try, which is made if no connection came about
 * @param calls most calls at once; one with large records counts as several
 * @param patience how long a call waits for its turn
 * @param failures this many calls in a row that the service does not answer open the breaker
 * @param pause for how long then nothing is asked, before one call probes the service
 */
public record BioSdkLimits(
    Duration connect,
    Duration total,
    Duration retryPause,
    int calls,
    Duration patience,
    int failures,
    Duration pause) {

  /** Those of the contract. */
  public static final BioSdkLimits STANDARD =
      new BioSdkLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofMillis(200),
          32,
          Duration.ofSeconds(2),
          5,
          Duration.ofSeconds(30));

  public BioSdkLimits {
    if (!connect.isPositive()
        || total.compareTo(connect) < 0
        || retryPause.isNegative()
        || calls < 1
        || patience.isNegative()
        || failures < 1
        || !pause.isPositive()) {
      throw new IllegalArgumentException("limits of a biometric service");
    }
  }

  CircuitBreakerConfig breaker(InstantSource clock) {
    return CircuitBreakerConfig.custom()
        .slidingWindow(failures, failures, SlidingWindowType.COUNT_BASED)
        .failureRateThreshold(100)
        .waitDurationInOpenState(pause)
        .permittedNumberOfCallsInHalfOpenState(1)
        .clock(clock.withZone(ZoneOffset.UTC))
        .build();
  }
}

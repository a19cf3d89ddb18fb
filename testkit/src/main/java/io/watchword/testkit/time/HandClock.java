package io.watchword.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved by hand. Thread-safe. */
public final class HandClock implements InstantSource {

  private final AtomicReference<Instant> now;

  /** Starts at 2026-01-05T10:00:00Z, a Monday. */
  public HandClock() {
    this(Instant.parse("2026-01-05T10:00:00Z"));
  }

  /** Starts at the given instant. */
  public HandClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves it forward, or back by a negative duration; the instant it shows then. */
  public Instant move(Duration by) {
    return now.updateAndGet(instant -> instant.plus(by));
  }

  /** Sets it to an instant. */
  public void set(Instant instant) {
    now.set(instant);
  }
}

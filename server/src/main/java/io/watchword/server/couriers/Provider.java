package io.watchword.server.couriers;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Fault;
import io.watchword.core.delivery.Courier.Outcome;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.Couriers.Result;
import io.watchword.server.couriers.connection.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One provider: its courier, its room for letters, its breaker, and what has happened at it. */
final class Provider {

  private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

  private final String name;
  private final Courier courier;
  private final int inFlight;
  private final Semaphore room;
  private final CircuitBreaker breaker;
  private final Map<Result, LongAdder> counts = new ConcurrentHashMap<>();

  Provider(
      String name, Courier courier, int inFlight, BreakerSettings breaking, InstantSource clock) {
    this.name = name;
    this.courier = courier;
    this.inFlight = inFlight;
    this.room = new Semaphore(inFlight);
    this.breaker = CircuitBreaker.of(name, breaking.config(clock));
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> changed(event.getStateTransition().getToState(), breaking.pause()));
  }

  private void changed(State state, Duration pause) {
    switch (state) {
      case OPEN ->
          LOG.warn("courier {} keeps failing and is passed over for {}", name, written(pause));
      case HALF_OPEN -> LOG.info("courier {} is probed with one letter", name);
      default -> LOG.info("courier {} works again", name);
    }
  }

  private static String written(Duration pause) {
    return pause.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  String name() {
    return name;
  }

  /** How the breaker stands: {@code closed} is the good state. */
  State state() {
    return breaker.getState();
  }

  /** Whether a letter may try it now; if so, {@link #carry} or {@link #giveBack} must follow. */
  boolean admits() {
    return breaker.tryAcquirePermission();
  }

  /** Nothing was tried after {@link #admits}. */
  void giveBack() {
    breaker.releasePermission();
  }

  boolean hasRoom(long nanos) {
    try {
      return room.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One try, after {@link #hasRoom}; the room is given back when the try really ends. */
  Outcome carry(Letter letter, Duration left) {
    long start = System.nanoTime();
    Outcome outcome = attempt(letter, left);
    long took = System.nanoTime() - start;
    boolean works =
        switch (outcome) {
          case Taken _ -> true;
          case Unsure _ -> false;
          case Failed(Fault fault, String _) -> fault == Fault.LETTER;
        };
    if (!works) {
      breaker.onError(took, TimeUnit.NANOSECONDS, new NotTaken());
    } else if (breaker.getState() == State.OPEN) {
      breaker.transitionToClosedState(); // tried for want of another, and it works
    } else {
      breaker.onSuccess(took, TimeUnit.NANOSECONDS);
    }
    return outcome;
  }

  private Outcome attempt(Letter letter, Duration left) {
    try {
      Outcome outcome = Deadline.within(left, () -> courier.carry(letter), room::release);
      return switch (outcome) {
        case Taken taken -> {
          count(Result.TAKEN);
          yield taken;
        }
        case Unsure unsure -> unsure(Result.UNSURE, unsure.reason());
        case Failed failed -> new Failed(failed.fault(), failed(Result.FAILED, failed.reason()));
      };
    } catch (TimeoutException e) {
      return unsure(Result.CUT_OFF, "cut off by the overall limit");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unsure(Result.CUT_OFF, "interrupted");
    } catch (ExecutionException e) {
      // Only the kind of the exception: its message may hold what it stumbled over.
      LOG.error("courier {} broke: {}", name, kind(e.getCause()));
      return unsure(Result.UNSURE, "broken");
    }
  }

  private Unsure unsure(Result result, String reason) {
    count(result);
    LOG.warn("courier {} may or may not have taken a letter: {}", name, reason);
    return new Unsure(name, name + ": " + reason);
  }

  /** Counts and logs why a letter did not leave here; the reason with the provider's name. */
  String failed(Result result, String reason) {
    count(result);
    if (result != Result.PASSED_OVER) {
      LOG.warn("courier {} did not take a letter: {}", name, reason);
    }
    return name + ": " + reason;
  }

  private void count(Result result) {
    counts.computeIfAbsent(result, each -> new LongAdder()).increment();
  }

  private static String kind(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "?";
    }
    StackTraceElement[] where = thrown.getStackTrace();
    return thrown.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]);
  }

  Map<Result, LongAdder> counts() {
    return counts;
  }

  int underWay() {
    return inFlight - room.availablePermits();
  }

  /** What the breaker is told of a failure; it looks at none of its parts. */
  private static final class NotTaken extends Exception {

    private static final long serialVersionUID = 1L;

    NotTaken() {
      super("not taken", null, false, false);
    }
  }
}

package io.watchword.server.couriers;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchword.core.budget.BudgetWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators when a budget bites: a counter for each, and a line in the log that says which
 * limit it was, at most one a minute for a budget and caller. Thread-safe.
 */
public final class BudgetLog implements BudgetWatch {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetLog.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MOST_CALLERS = 1_000;
  private static final List<String> DOORS = List.of("ida", "authmanager", "otpmanager");

  /** Name of a counter, and the limit that it has. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "flood", "requests of one person in the flood-window of the door (flood-requests)",
          "person", "codes to one person in an hour (budgets.sends-per-person-hour)",
          "to-hour", "codes to one address in an hour (budgets.sends-per-destination-hour)",
          "to-day", "codes to one address in a day (budgets.sends-per-destination-day)",
          "prefix", "codes to numbers that begin alike in an hour (budgets.sends-per-prefix-hour)",
          "caller",
              "codes for one caller in an hour (budgets.sends-per-caller-hour, or the"
                  + " application's sendsPerHour)",
          "opened",
              "accounts that one application opens in an hour (budgets.sends-per-caller-hour)",
          "all", "codes of the whole deployment in an hour (budgets.sends-per-hour)");

  private record Place(String budget, String door) {}

  /** How often since it was last told, and when that was. */
  private record Told(Instant at, long silent) {}

  private final InstantSource clock;
  private final Map<Place, LongAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Told> told =
      Caffeine.newBuilder().maximumSize(MOST_CALLERS).<String, Told>build().asMap();

  public BudgetLog(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void refused(String budget, String door, String caller) {
    counts.computeIfAbsent(new Place(budget, door), each -> new LongAdder()).increment();
    long silent = silent(budget + " " + caller);
    if (silent >= 0) {
      LOG.warn(
          "budget {} is full: {}; asked by {} at {}; {} more were refused since this was last told",
          budget,
          LIMITS.getOrDefault(budget, budget),
          caller,
          door,
          silent);
    }
  }

  /**
   * @return refusals since the last line, or -1 if none is due
   */
  private synchronized long silent(String what) {
    Instant now = clock.instant();
    Told last = told.get(what);
    if (last != null && now.isBefore(last.at().plus(QUIET))) {
      told.put(what, new Told(last.at(), last.silent() + 1));
      return -1;
    }
    told.put(what, new Told(now, 0));
    return last == null ? 0 : last.silent();
  }

  /** Registers a counter for each budget and door. */
  public void register(MeterRegistry registry) {
    for (String budget : LIMITS.keySet()) {
      for (String door : DOORS) {
        FunctionCounter.builder("budgets.refused", this, it -> it.count(budget, door))
            .description("Codes and accounts that were refused because a budget was full")
            .tag("budget", budget)
            .tag("door", door)
            .register(registry);
      }
    }
  }

  long count(String budget, String door) {
    LongAdder count = counts.get(new Place(budget, door));
    return count == null ? 0 : count.sum();
  }
}

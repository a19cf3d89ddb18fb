package io.watchword.server.couriers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a courier may take, and how much of it at once.
 *
 * @param connect until a connection to a provider stands
 * @param total for one letter at one provider, connection and look-up of its name included
 * @param overall for one letter at all providers
 * @param providers how many are tried for one letter
 * @param inFlight letters at one provider at the same time; a full provider is passed over
 */
public record CourierLimits(
    Duration connect, Duration total, Duration overall, int providers, int inFlight) {

  public static final CourierLimits STANDARD =
      new CourierLimits(
          Duration.ofSeconds(3), Duration.ofSeconds(8), Duration.ofSeconds(15), 2, 64);

  /** Everything that is wrong, each with its key. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!connect.isPositive()) {
      problems.add("couriers.limits.connect: must be longer than nothing");
    }
    if (total.compareTo(connect) < 0) {
      problems.add("couriers.limits.total: must not be shorter than connect");
    }
    if (overall.compareTo(total) < 0) {
      problems.add("couriers.limits.overall: must not be shorter than total");
    }
    if (providers < 1) {
      problems.add("couriers.limits.providers: at least 1");
    }
    if (inFlight < 1) {
      problems.add("couriers.limits.in-flight: at least 1");
    }
    return problems;
  }
}

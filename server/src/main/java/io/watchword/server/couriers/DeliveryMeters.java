package io.watchword.server.couriers;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Errands;
import io.watchword.core.unit.Store;
import io.watchword.server.couriers.smpp.Receipts;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What operators see of letters and errands: counts and states, nothing of anybody. */
public final class DeliveryMeters {

  private static final int MOST_WAITING = 10_000;

  private DeliveryMeters() {}

  /** Registers the meters of all providers and of the queue of errands. */
  public static void register(
      MeterRegistry registry, Couriers couriers, ErrandRunner errands, Store store) {
    for (String provider : couriers.inFlight().keySet()) {
      for (Couriers.Result result : Couriers.Result.values()) {
        FunctionCounter.builder("couriers.letters", couriers, it -> it.count(provider, result))
            .description("Tries to hand a letter to a provider, by how they ended")
            .tag("provider", provider)
            .tag("result", result.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
      for (State state : List.of(State.CLOSED, State.OPEN, State.HALF_OPEN)) {
        Gauge.builder(
                "couriers.breaker", couriers, it -> it.states().get(provider) == state ? 1 : 0)
            .description("1 at how a provider stands: closed is good, open is passed over")
            .tag("provider", provider)
            .tag("state", state.name().toLowerCase(Locale.ROOT))
            .register(registry);
      }
      Gauge.builder("couriers.in.flight", couriers, it -> it.inFlight().getOrDefault(provider, 0))
          .description("Letters at a provider now")
          .tag("provider", provider)
          .register(registry);
    }
    FunctionCounter.builder("couriers.letters.twice", couriers, Couriers::twice)
        .description("Letters taken by a provider after another one may have taken them too")
        .register(registry);
    FunctionCounter.builder("couriers.undelivered.refused", couriers, Couriers::undelivered)
        .description("Letters not sent because too few to such numbers arrive")
        .register(registry);
    Gauge.builder("couriers.undelivered.prefixes", couriers, Couriers::stoppedPrefixes)
        .description("Beginnings of phone numbers to which no letter goes now")
        .register(registry);
    for (Channel channel : Channel.values()) {
      Gauge.builder("couriers.stopped", couriers, it -> it.stopped().contains(channel) ? 1 : 0)
          .description("1 while an operator lets no letter leave on a channel")
          .tag("channel", channel.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    couriers.receipts().forEach((provider, receipts) -> receipts(registry, provider, receipts));
    errands(registry, errands, "done", counts -> counts.done());
    errands(registry, errands, "postponed", counts -> counts.postponed());
    errands(registry, errands, "given_up", counts -> counts.givenUp());
    Gauge.builder("errands.waiting", store, it -> Errands.waiting(it, MOST_WAITING).size())
        .description("Errands that are not done; 10,000 stands for more as well")
        .register(registry);
  }

  private static void receipts(MeterRegistry registry, String provider, Receipts receipts) {
    for (Receipts.Outcome outcome : Receipts.Outcome.values()) {
      FunctionCounter.builder("couriers.receipts", receipts, it -> it.count(outcome))
          .description("What providers reported of the messages that they had taken")
          .tag("provider", provider)
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
  }

  private static void errands(
      MeterRegistry registry,
      ErrandRunner runner,
      String result,
      ToDoubleFunction<ErrandRunner.Counts> count) {
    FunctionCounter.builder("errands.attempts", runner, it -> count.applyAsDouble(it.counts()))
        .description("Attempts at errands, by how they ended")
        .tag("result", result)
        .register(registry);
  }
}

package io.watchword.server.couriers;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All providers of the deployment. A letter goes to the first provider of its channel that is not
 * full; if that fails, to one other, within one limit of time for both. A provider that is slow
 * fills up and is passed over, so it holds up neither the others nor, for more than a moment, the
 * callers.
 */
public final class Couriers implements Courier, AutoCloseable {

  /**
   * How long the last choice may stay full: a burst at a provider that works is over by then, and
   * at one that hangs nobody is held up for long.
   */
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

  /** How an attempt at a provider ended; the metrics' label in lower case. */
  public enum Result {
    TAKEN,
    FAILED,
    /** Too many letters were at the provider already; nothing was sent. */
    FULL,
    /** Cut off by the overall limit; the provider may have taken the letter nevertheless. */
    CUT_OFF
  }

  /** How many attempts at a provider ended in some way since the start. */
  public record Count(String provider, Result result, long value) {}

  private final Map<Channel, List<Provider>> providers = new EnumMap<>(Channel.class);
  private final List<SmsGatewayCourier> gateways = new ArrayList<>();
  private final CourierLimits limits;

  private static final class Provider {
    final String name;
    final Courier courier;
    final Semaphore room;
    final Map<Result, LongAdder> counts = new ConcurrentHashMap<>();

    Provider(String name, Courier courier, int inFlight) {
      this.name = name;
      this.courier = courier;
      this.room = new Semaphore(inFlight);
    }
  }

  private Couriers(CourierLimits limits) {
    this.limits = limits;
  }

  /**
   * Starts the providers of the settings.
   *
   * @param outbox takes what is for a channel without provider, if the settings want an outbox
   * @param random makes Message-IDs
   * @throws IllegalArgumentException with all {@link CourierSettings#problems}
   */
  public static Couriers of(
      CourierSettings settings, OutboxCourier outbox, InstantSource clock, RandomGenerator random) {
    List<String> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    Couriers couriers = new Couriers(settings.limits());
    for (SmtpSettings each : settings.mail()) {
      couriers.add(
          Channel.EMAIL, each.name(), new SmtpCourier(each, settings.limits(), clock, random));
    }
    for (SmsGatewaySettings each : settings.sms()) {
      var gateway = new SmsGatewayCourier(each, settings.limits());
      couriers.gateways.add(gateway);
      couriers.add(Channel.PHONE, each.name(), gateway);
    }
    for (Channel channel : Channel.values()) {
      if (settings.outbox() && !couriers.reaches(channel)) {
        couriers.add(channel, OutboxCourier.NAME, outbox);
      }
    }
    return couriers;
  }

  private void add(Channel channel, String name, Courier courier) {
    providers
        .computeIfAbsent(channel, each -> new ArrayList<>())
        .add(new Provider(name, courier, limits.inFlight()));
  }

  /** Whether letters of a channel can leave at all. */
  public boolean reaches(Channel channel) {
    return providers.containsKey(channel);
  }

  @Override
  public Outcome carry(Letter letter) {
    List<Provider> choice = providers.getOrDefault(letter.channel(), List.of());
    if (choice.isEmpty()) {
      return new Failed("no courier for " + letter.channel());
    }
    long end = System.nanoTime() + limits.overall().toNanos();
    List<String> reasons = new ArrayList<>();
    int tried = 0;
    for (Provider provider : choice) {
      long left = end - System.nanoTime();
      if (tried == limits.providers() || left <= 0 || Thread.currentThread().isInterrupted()) {
        break;
      }
      if (!hasRoom(provider, provider == choice.getLast() ? Math.min(BURST_NANOS, left) : 0)) {
        reasons.add(failed(provider, Result.FULL, "full"));
        continue;
      }
      tried++;
      switch (attempt(provider, letter, Duration.ofNanos(end - System.nanoTime()))) {
        case Taken taken -> {
          return taken;
        }
        case Failed failed -> reasons.add(failed.reason());
      }
    }
    return new Failed(String.join("; ", reasons));
  }

  private static boolean hasRoom(Provider provider, long nanos) {
    try {
      return provider.room.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** One try at a provider, whose room is given back when it really ends. */
  private Outcome attempt(Provider provider, Letter letter, Duration left) {
    try {
      Outcome outcome =
          Deadline.within(left, () -> provider.courier.carry(letter), provider.room::release);
      return switch (outcome) {
        case Taken taken -> {
          count(provider, Result.TAKEN);
          yield taken;
        }
        case Failed failed -> new Failed(failed(provider, Result.FAILED, failed.reason()));
      };
    } catch (TimeoutException e) {
      return new Failed(failed(provider, Result.CUT_OFF, "cut off by the overall limit"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed(failed(provider, Result.CUT_OFF, "interrupted"));
    } catch (ExecutionException e) {
      // Only the kind of the exception: its message may hold what it stumbled over.
      LOG.error("courier {} broke: {}", provider.name, kind(e.getCause()));
      return new Failed(failed(provider, Result.FAILED, "broken"));
    }
  }

  private static String failed(Provider provider, Result result, String reason) {
    count(provider, result);
    LOG.warn("courier {} did not take a letter: {}", provider.name, reason);
    return provider.name + ": " + reason;
  }

  private static void count(Provider provider, Result result) {
    provider.counts.computeIfAbsent(result, each -> new LongAdder()).increment();
  }

  private static String kind(@Nullable Throwable thrown) {
    if (thrown == null) {
      return "?";
    }
    StackTraceElement[] where = thrown.getStackTrace();
    return thrown.getClass().getName() + (where.length == 0 ? "" : " at " + where[0]);
  }

  /** For the metrics: what has happened at each provider; results that never came are left out. */
  public List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    for (List<Provider> each : providers.values()) {
      for (Provider provider : each) {
        provider.counts.forEach(
            (result, value) -> counts.add(new Count(provider.name, result, value.sum())));
      }
    }
    return counts;
  }

  /** For the metrics: how often a try at a provider ended so. */
  long count(String provider, Result result) {
    return counts().stream()
        .filter(count -> count.provider().equals(provider) && count.result() == result)
        .mapToLong(Count::value)
        .sum();
  }

  /** For the metrics: how many letters are under way at each provider. */
  public Map<String, Integer> inFlight() {
    Map<String, Integer> inFlight = new TreeMap<>();
    for (List<Provider> each : providers.values()) {
      for (Provider provider : each) {
        inFlight.merge(
            provider.name, limits.inFlight() - provider.room.availablePermits(), Integer::sum);
      }
    }
    return inFlight;
  }

  @Override
  public void close() {
    gateways.forEach(SmsGatewayCourier::close);
  }
}

package io.watchword.server.couriers;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import io.watchword.server.couriers.smpp.Receipts;
import io.watchword.server.couriers.smpp.SmppCourier;
import io.watchword.server.couriers.smpp.SmppSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All providers of the deployment. A letter goes to the first provider of its channel that works
 * and is not full; if that fails, to one other, within one limit of time for both. A provider that
 * is slow fills up, and one that keeps failing is passed over, so that neither holds up the others
 * nor, for more than a moment, the callers.
 *
 * <p>A provider that got a letter and did not say whether it took it is a case of its own: whether
 * the letter is then sent through another is a setting, and if it is, log, metrics and outcome say
 * that it may arrive twice.
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
    /** It got the letter and did not say whether it took it. */
    UNSURE,
    /** Too many letters were at the provider already; nothing was sent. */
    FULL,
    /** It kept failing before; nothing was sent. */
    PASSED_OVER,
    /** Cut off by the overall limit; the provider may have taken the letter nevertheless. */
    CUT_OFF
  }

  /** How many attempts at a provider ended in some way since the start. */
  public record Count(String provider, Result result, long value) {}

  private final Map<Channel, List<Provider>> providers = new EnumMap<>(Channel.class);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final Map<String, Receipts> receipts = new TreeMap<>();
  private final CourierSettings settings;
  private final CourierLimits limits;
  private final InstantSource clock;
  private final PhoneNumbers phones;
  private final DeliveryRates rates;
  private final Supplier<Set<Channel>> stopped;
  private final LongAdder twice = new LongAdder();

  private Couriers(CourierSettings settings, InstantSource clock, Supplier<Set<Channel>> stopped) {
    this.settings = settings;
    this.limits = settings.limits();
    this.clock = clock;
    this.phones = new PhoneNumbers(settings.phones());
    this.rates = new DeliveryRates(settings.undelivered(), clock);
    this.stopped = stopped;
  }

  /**
   * Starts the providers of the settings.
   *
   * @param outbox takes what is for a channel without provider, if the settings want an outbox
   * @param random makes Message-IDs and spreads pauses
   * @param stopped channels on which no letter leaves, asked before each
   * @throws IllegalArgumentException with all {@link CourierSettings#problems}
   */
  public static Couriers of(
      CourierSettings settings,
      OutboxCourier outbox,
      InstantSource clock,
      RandomGenerator random,
      Supplier<Set<Channel>> stopped) {
    List<String> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    Couriers couriers = new Couriers(settings, clock, stopped);
    CourierLimits limits = settings.limits();
    for (SmtpSettings each : settings.mail()) {
      couriers.add(Channel.EMAIL, each.name(), new SmtpCourier(each, limits, clock, random));
    }
    for (SmsGatewaySettings each : settings.sms()) {
      couriers.add(Channel.PHONE, each.name(), couriers.keep(new SmsGatewayCourier(each, limits)));
    }
    for (SmppSettings each : settings.smpp()) {
      var courier = couriers.keep(new SmppCourier(each, limits.connect(), limits.total(), random));
      couriers.receipts.put(each.name(), courier.receipts());
      courier.receipts().tell((id, outcome) -> couriers.reported(each.name(), id, outcome));
      couriers.add(Channel.PHONE, each.name(), courier);
    }
    couriers.sort();
    for (Channel channel : Channel.values()) {
      if (settings.outbox() && !couriers.reaches(channel)) {
        couriers.add(channel, OutboxCourier.NAME, outbox);
      }
    }
    return couriers;
  }

  private void reported(String provider, String id, Receipts.Outcome outcome) {
    switch (outcome) {
      case DELIVERED -> rates.reported(provider, id, true);
      case EXPIRED, DELETED, UNDELIVERABLE, REJECTED -> rates.reported(provider, id, false);
      case ACCEPTED, UNKNOWN -> {} // neither arrived nor lost, as far as anybody knows
    }
  }

  private <T extends AutoCloseable> T keep(T courier) {
    open.add(courier);
    return courier;
  }

  private void add(Channel channel, String name, Courier courier) {
    providers
        .computeIfAbsent(channel, each -> new ArrayList<>())
        .add(new Provider(name, courier, limits.inFlight(), settings.breaker(), clock));
  }

  /** Those that the settings name come first, the others behind them as they stand there. */
  private void sort() {
    List<String> order = settings.order();
    Comparator<Provider> byOrder =
        Comparator.comparingInt(each -> {
          int at = order.indexOf(each.name());
          return at < 0 ? order.size() : at;
        });
    providers.values().forEach(each -> each.sort(byOrder));
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
    if (stopped.get().contains(letter.channel())) {
      return new Failed("stopped by an operator");
    }
    if (letter.channel() != Channel.PHONE) {
      return new Round(letter, choice).run();
    }
    return switch (phones.check(letter.to())) {
      case PhoneNumbers.Good(String to) when !rates.admits(to) ->
          notSent("too few letters to numbers that begin like this one arrive");
      case PhoneNumbers.Good(String to) ->
          new Round(new Letter(letter.channel(), to, letter.subject(), letter.text()), choice)
              .run();
      case PhoneNumbers.Bad(String reason) -> notSent(reason);
    };
  }

  private static Failed notSent(String reason) {
    LOG.warn("a letter was not sent: {}", reason);
    return new Failed(Fault.LETTER, reason);
  }

  @Override
  public Set<Channel> stopped() {
    return stopped.get();
  }

  /** One letter on its way through the providers. */
  private final class Round {

    private final Letter letter;
    private final List<Provider> choice;
    private final long end = System.nanoTime() + limits.overall().toNanos();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> unsure = new ArrayList<>();
    private int tried;

    Round(Letter letter, List<Provider> choice) {
      this.letter = letter;
      this.choice = choice;
    }

    Outcome run() {
      var passedOver = new ArrayList<Provider>();
      for (int i = 0; i < choice.size() && !isOver(); i++) {
        Provider provider = choice.get(i);
        if (!provider.admits()) {
          passedOver.add(provider);
        } else if (!hasRoom(provider, isLast(i))) {
          provider.giveBack();
        } else if (attempt(provider) instanceof Taken taken) {
          return taken;
        }
      }
      for (Provider provider : passedOver) {
        // With nothing else to try, a provider that failed before is better than none.
        if (tried > 0 || isOver()) {
          reasons.add(provider.failed(Result.PASSED_OVER, "passed over"));
        } else if (hasRoom(provider, true) && attempt(provider) instanceof Taken taken) {
          return taken;
        }
      }
      return unsure.isEmpty()
          ? new Failed(String.join("; ", reasons))
          : new Unsure(String.join(", ", unsure), String.join("; ", reasons));
    }

    /** Whether none of those that come later works as far as is known. */
    private boolean isLast(int i) {
      return choice.stream().skip(i + 1L).noneMatch(each -> each.state() == State.CLOSED);
    }

    private boolean hasRoom(Provider provider, boolean last) {
      long left = end - System.nanoTime();
      if (provider.hasRoom(last ? Math.min(BURST_NANOS, left) : 0)) {
        return true;
      }
      reasons.add(provider.failed(Result.FULL, "full"));
      return false;
    }

    private boolean isOver() {
      return tried == limits.providers()
          || System.nanoTime() >= end
          || Thread.currentThread().isInterrupted()
          || (!unsure.isEmpty() && !settings.resendUnsure());
    }

    private Outcome attempt(Provider provider) {
      tried++;
      Outcome outcome = provider.carry(letter, Duration.ofNanos(end - System.nanoTime()));
      switch (outcome) {
        case Taken taken -> {
          if (receipts.containsKey(taken.provider())) {
            rates.sent(taken.provider(), taken.reference(), letter.to());
          }
          return unsure.isEmpty() ? taken : twice(taken);
        }
        case Unsure maybe -> {
          unsure.add(maybe.provider());
          reasons.add(maybe.reason());
        }
        case Failed failed -> reasons.add(failed.reason());
      }
      return outcome;
    }

    private Taken twice(Taken taken) {
      twice.increment();
      LOG.warn(
          "a letter may arrive twice: {} took it after {} did not say",
          taken.provider(),
          String.join(", ", unsure));
      return new Taken(taken.provider(), taken.reference(), unsure);
    }
  }

  private Stream<Provider> all() {
    return providers.values().stream().flatMap(List::stream);
  }

  /** For the metrics: what has happened at each provider; results that never came are left out. */
  public List<Count> counts() {
    List<Count> counts = new ArrayList<>();
    all()
        .forEach(provider ->
            provider
                .counts()
                .forEach((result, value) ->
                    counts.add(new Count(provider.name(), result, value.sum()))));
    return counts;
  }

  /** For the metrics: how often a try at a provider ended so. */
  long count(String provider, Result result) {
    return counts().stream()
        .filter(count -> count.provider().equals(provider) && count.result() == result)
        .mapToLong(Count::value)
        .sum();
  }

  /** For the metrics: letters that a provider took after another one may have taken them too. */
  public long twice() {
    return twice.sum();
  }

  /** For the metrics: how the breaker of each provider stands. */
  public Map<String, State> states() {
    Map<String, State> states = new TreeMap<>();
    all().forEach(provider -> states.put(provider.name(), provider.state()));
    return states;
  }

  /** For the metrics: how many letters are under way at each provider. */
  public Map<String, Integer> inFlight() {
    Map<String, Integer> inFlight = new TreeMap<>();
    all().forEach(each -> inFlight.merge(each.name(), each.underWay(), Integer::sum));
    return inFlight;
  }

  /** For the metrics: letters that were not sent because too few to such numbers arrive. */
  public long undelivered() {
    return rates.refused();
  }

  /** For the metrics: beginnings of phone numbers to which no letter goes now. */
  public long stoppedPrefixes() {
    return rates.stopped();
  }

  /** For the metrics: what providers reported of letters that they had taken. */
  public Map<String, Receipts> receipts() {
    return Map.copyOf(receipts);
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("a courier did not close: {}", e.getClass().getName());
      }
    }
  }
}

package io.watchword.server.couriers;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What share of the letters to phone numbers that begin alike arrives, as providers report it, and
 * whether more may go there. Knows what this node has sent since its start. Thread-safe.
 */
final class DeliveryRates {

  private static final Logger LOG = LoggerFactory.getLogger(Couriers.class);

  /** Plus, country and operator, as the budgets count prefixes. */
  private static final int PREFIX = 6;

  private static final int MOST_PREFIXES = 10_000;
  private static final int MOST_WAITING = 100_000;

  private final UndeliveredSettings settings;
  private final InstantSource clock;

  /** Prefixes of letters whose report has not come. */
  private final Map<String, String> sent = kept(MOST_WAITING);

  /** Reports that came before the answer that names the letter. */
  private final Map<String, Boolean> early = kept(MOST_WAITING / 100);

  private final Map<String, Rate> rates = kept(MOST_PREFIXES);
  private long refused;

  DeliveryRates(UndeliveredSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  private static <V> Map<String, V> kept(int most) {
    return Caffeine.newBuilder()
        .maximumSize(most)
        .expireAfterWrite(Duration.ofDays(7))
        .<String, V>build()
        .asMap();
  }

  /** Whether a letter may go to a number; counts it if not. */
  synchronized boolean admits(String to) {
    Rate rate = rates.get(prefix(to));
    if (rate == null || !rate.isPoor(clock.instant())) {
      return true;
    }
    refused++;
    return false;
  }

  /**
   * A provider took a letter.
   *
   * @param reference the provider's id of it
   */
  synchronized void sent(String provider, String reference, String to) {
    if (settings.after() == 0 || reference.isEmpty()) {
      return;
    }
    for (String form : forms(provider, reference)) {
      Boolean arrived = early.remove(form);
      if (arrived != null) {
        count(prefix(to), arrived);
        return;
      }
    }
    sent.put(forms(provider, reference).getFirst(), prefix(to));
  }

  /** A provider reported what became of a letter in the end. */
  synchronized void reported(String provider, String reference, boolean arrived) {
    if (settings.after() == 0 || reference.isEmpty()) {
      return;
    }
    for (String form : forms(provider, reference)) {
      String prefix = sent.remove(form);
      if (prefix != null) {
        count(prefix, arrived);
        return;
      }
    }
    early.put(forms(provider, reference).getFirst(), arrived);
  }

  /** Letters that were not sent since the start. */
  synchronized long refused() {
    return refused;
  }

  /** Prefixes to which no letter goes now. */
  synchronized long stopped() {
    Instant now = clock.instant();
    return rates.values().stream().filter(rate -> rate.isPoor(now)).count();
  }

  private void count(String prefix, boolean arrived) {
    Instant now = clock.instant();
    Rate rate = rates.computeIfAbsent(prefix, each -> new Rate(now));
    boolean poor = rate.isPoor(now);
    rate.count(arrived, now);
    if (!poor && rate.isPoor(now)) {
      LOG.warn(
          "numbers that begin with {} get no letters for a while: {} of {} arrived, less than the {}"
              + " % of couriers.undelivered.arrived",
          prefix, rate.arrived(), rate.all(), settings.arrived());
    }
  }

  private static String prefix(String to) {
    return to.substring(0, Math.min(PREFIX, to.length()));
  }

  /**
   * Many SMSCs give the id of a message in hexadecimal digits and report of it in decimal ones, or
   * the other way round.
   */
  private static List<String> forms(String provider, String reference) {
    String plain = reference.strip().toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
    String key = provider + "/";
    return List.of(key + plain, key + converted(plain, 10, 16), key + converted(plain, 16, 10));
  }

  private static String converted(String digits, int from, int to) {
    try {
      return Long.toUnsignedString(Long.parseUnsignedLong(digits, from), to);
    } catch (NumberFormatException e) {
      return digits;
    }
  }

  /** Counts of the half window that runs and of the one before it. */
  private final class Rate {

    private Instant began;
    private int arrived;
    private int lost;
    private int formerArrived;
    private int formerLost;

    Rate(Instant began) {
      this.began = began;
    }

    void count(boolean hasArrived, Instant now) {
      roll(now);
      if (hasArrived) {
        arrived++;
      } else {
        lost++;
      }
    }

    boolean isPoor(Instant now) {
      roll(now);
      return settings.after() > 0
          && all() >= settings.after()
          && arrived() * 100L < (long) settings.arrived() * all();
    }

    int arrived() {
      return arrived + formerArrived;
    }

    int all() {
      return arrived() + lost + formerLost;
    }

    private void roll(Instant now) {
      Duration half = settings.window().dividedBy(2);
      if (now.isBefore(began.plus(half))) {
        return;
      }
      boolean longAgo = !now.isBefore(began.plus(settings.window()));
      formerArrived = longAgo ? 0 : arrived;
      formerLost = longAgo ? 0 : lost;
      arrived = 0;
      lost = 0;
      began = longAgo ? now : began.plus(half);
    }
  }
}

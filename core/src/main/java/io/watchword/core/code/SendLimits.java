package io.watchword.core.code;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.Flood;
import io.watchword.core.budget.Guesses;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.delivery.Channel;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The counters that a send must pass.
 *
 * @param flood requests of the person in a short time
 * @param always counters whatever the channel
 * @param byChannel counters of the address on each channel
 * @param guesses wrong codes that keep new ones away
 */
record SendLimits(
    Flood.Limit flood,
    List<SendWindows.Limit> always,
    Map<Channel, List<SendWindows.Limit>> byChannel,
    Guesses guesses) {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** How many characters of a phone number make its prefix: plus, country and operator. */
  private static final int PREFIX = 6;

  /** Of a code that goes to somebody. */
  static SendLimits of(
      SendCode.CodeRules rules, SendCode.Request request, Recipient recipient, Keyring keyring) {
    BudgetPolicy most = rules.budgets();
    var byChannel = new EnumMap<Channel, List<SendWindows.Limit>>(Channel.class);
    for (Channel channel : request.channels()) {
      String to = recipient.addresses().get(channel);
      if (to != null) {
        byChannel.put(channel, ofAddress(channel, to, most, keyring));
      }
    }
    return of(
        rules,
        recipient.person(),
        request.caller(),
        List.of(limit("all", "all/", HOUR, most.sendsPerHour())),
        byChannel);
  }

  /** Of a code that is handed to the caller and goes nowhere. */
  static SendLimits ofHandedOver(SendCode.CodeRules rules, String subject, String caller) {
    return of(rules, subject, caller, List.of(), Map.of());
  }

  private static SendLimits of(
      SendCode.CodeRules rules,
      String person,
      String caller,
      List<SendWindows.Limit> more,
      Map<Channel, List<SendWindows.Limit>> byChannel) {
    BudgetPolicy most = rules.budgets();
    var always = new ArrayList<SendWindows.Limit>();
    always.add(limit("person", "person/" + person, HOUR, most.sendsPerPersonHour()));
    always.add(ofCaller(caller, most));
    always.addAll(more);
    return new SendLimits(
        new Flood.Limit(
            Flood.TABLE.key(rules.slots().purpose() + "/" + person),
            rules.slots().floodWindow(),
            rules.slots().floodMost()),
        always,
        byChannel,
        rules.slots().guesses(person, caller, most));
  }

  /** Counts a request, or says that there were too many in a short time. */
  @Nullable SendRefusal flooded(Rows rows, Instant now) {
    if (flood.full(rows, now)) {
      return new SendRefusal.TooMany("flood");
    }
    flood.count(rows, now);
    return null;
  }

  /** Whether too many wrong codes keep new ones away. */
  boolean isShut(Rows rows, Instant now) {
    return guesses.shut(rows, now);
  }

  /** Counts against every budget, or against none if one is full; that one is the answer. */
  @Nullable SendRefusal spend(Rows rows, Set<Channel> channels, Instant now) {
    List<SendWindows.Limit> all = new ArrayList<>(always);
    channels.forEach(channel -> all.addAll(byChannel.getOrDefault(channel, List.of())));
    for (SendWindows.Limit limit : all) {
      if (limit.full(rows, now)) {
        return new SendRefusal.TooMany(limit.name());
      }
    }
    all.forEach(limit -> limit.count(rows, now));
    return null;
  }

  /** What one caller may ask for, whether it is about somebody or about nobody. */
  static SendWindows.Limit ofCaller(String caller, BudgetPolicy most) {
    return limit("caller", "caller/" + caller, HOUR, most.sendsPerCallerHour());
  }

  List<Key<?>> keys() {
    var keys = new LinkedHashSet<Key<?>>(); // the counters of one address share a row
    keys.add(flood.key());
    always.forEach(limit -> keys.add(limit.key()));
    byChannel.values().forEach(limits -> limits.forEach(limit -> keys.add(limit.key())));
    keys.addAll(guesses.keys());
    return List.copyOf(keys);
  }

  private static List<SendWindows.Limit> ofAddress(
      Channel channel, String written, BudgetPolicy most, Keyring keyring) {
    String to = plain(channel, written);
    String address = keyring.lookup("destination-" + channel, to);
    var limits = new ArrayList<SendWindows.Limit>();
    limits.add(limit("to-hour", "to/" + address, HOUR, most.sendsPerDestinationHour()));
    limits.add(limit("to-day", "to/" + address, DAY, most.sendsPerDestinationDay()));
    if (channel == Channel.PHONE) {
      String prefix = to.substring(0, Math.min(PREFIX, to.length()));
      limits.add(
          limit(
              "prefix",
              "prefix/" + keyring.lookup("prefix", prefix),
              HOUR,
              most.sendsPerPrefixHour()));
    }
    return limits;
  }

  /** Two ways to write one address are one destination. */
  private static String plain(Channel channel, String written) {
    return switch (channel) {
      case EMAIL -> written.strip().toLowerCase(Locale.ROOT);
      case PHONE -> written.replaceAll("[^+0-9]", "");
    };
  }

  private static SendWindows.Limit limit(String name, String id, Duration length, int most) {
    return new SendWindows.Limit(SendWindows.TABLE.key(id), name, length, most);
  }
}

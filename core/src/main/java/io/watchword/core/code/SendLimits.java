package io.watchword.core.code;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.budget.Flood;
import io.watchword.core.budget.SendWindow;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The counters that a send must pass.
 *
 * @param flood requests of the person in a short time
 * @param always counters whatever the channel
 * @param byChannel counters of the address on each channel
 * @param shut wrong codes at this caller, then anywhere
 */
record SendLimits(
    Flood.Limit flood,
    List<SendWindow.Limit> always,
    Map<Channel, List<SendWindow.Limit>> byChannel,
    List<WrongCodes.Limit> shut) {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  /** How many characters of a phone number make its prefix: plus, country and operator. */
  private static final int PREFIX = 6;

  static SendLimits of(
      SendCode.CodeRules rules, SendCode.Request request, Directory.Found found, Keyring keyring) {
    BudgetPolicy most = rules.budgets();
    String person = found.person();
    var byChannel = new EnumMap<Channel, List<SendWindow.Limit>>(Channel.class);
    for (Channel channel : request.channels()) {
      SendCode.address(found.individual(), channel)
          .ifPresent(to -> byChannel.put(channel, ofAddress(channel, to, most, keyring)));
    }
    return new SendLimits(
        new Flood.Limit(
            Flood.TABLE.key(rules.slots().purpose() + "/" + person),
            rules.slots().floodWindow(),
            rules.slots().floodMost()),
        List.of(
            limit("person/" + person, HOUR, most.sendsPerPersonHour()),
            ofCaller(request.caller(), most),
            limit("all/", HOUR, most.sendsPerHour())),
        byChannel,
        List.of(
            WrongCodes.Limit.atCaller(person, request.caller(), most),
            WrongCodes.Limit.everywhere(person, most)));
  }

  /** What one caller may ask for, whether it is about somebody or about nobody. */
  static SendWindow.Limit ofCaller(String caller, BudgetPolicy most) {
    return limit("caller/" + caller, HOUR, most.sendsPerCallerHour());
  }

  List<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>();
    keys.add(flood.key());
    always.forEach(limit -> keys.add(limit.key()));
    byChannel.values().forEach(limits -> limits.forEach(limit -> keys.add(limit.key())));
    shut.forEach(limit -> keys.add(limit.key()));
    return keys;
  }

  private static List<SendWindow.Limit> ofAddress(
      Channel channel, String written, BudgetPolicy most, Keyring keyring) {
    String to = plain(channel, written);
    String address = keyring.lookup("destination-" + channel, to);
    var limits = new ArrayList<SendWindow.Limit>();
    limits.add(limit("to-hour/" + address, HOUR, most.sendsPerDestinationHour()));
    limits.add(limit("to-day/" + address, DAY, most.sendsPerDestinationDay()));
    if (channel == Channel.PHONE) {
      String prefix = to.substring(0, Math.min(PREFIX, to.length()));
      limits.add(
          limit("prefix/" + keyring.lookup("prefix", prefix), HOUR, most.sendsPerPrefixHour()));
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

  private static SendWindow.Limit limit(String id, Duration length, int most) {
    return new SendWindow.Limit(SendWindow.TABLE.key(id), length, most);
  }
}

package io.watchword.server.couriers;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Courier.Failed;
import io.watchword.core.delivery.Courier.Taken;
import io.watchword.core.delivery.Courier.Unsure;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.Letters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Writes the letters of errands and hands them to the courier. Never more than 16 on a channel at
 * once, so that notices leave the providers' room to letters that somebody waits for.
 */
public final class NoticeSender {

  private static final int AT_ONCE = 16;
  private static final long PATIENCE_SECONDS = 2;

  private final Function<Errand, Optional<Recipient>> people;
  private final Letters letters;
  private final Courier courier;
  private final Map<Channel, Semaphore> channels = new EnumMap<>(Channel.class);

  /**
   * @param people finds whom an errand concerns; empty if they are no longer on file
   * @param channels on which people are told; those without a provider should not be among them
   */
  public NoticeSender(
      Function<Errand, Optional<Recipient>> people,
      Letters letters,
      Courier courier,
      Set<Channel> channels) {
    this.people = people;
    this.letters = letters;
    this.courier = courier;
    channels.forEach(channel -> this.channels.put(channel, new Semaphore(AT_ONCE)));
  }

  /**
   * What came of an errand.
   *
   * @param served the channels on which a letter has left now
   * @param trouble why others are still to be served, or empty if nothing is left to do
   */
  record Progress(List<Channel> served, String trouble) {}

  /** Sends what is still to be sent. */
  Progress send(Errand errand) throws InterruptedException {
    Optional<Recipient> person = people.apply(errand);
    List<Channel> served = new ArrayList<>();
    List<String> troubles = new ArrayList<>();
    if (person.isPresent()) {
      for (Channel channel : channels.keySet()) {
        Optional<String> address = address(person.get(), channel);
        if (address.isPresent() && !errand.served().contains(channel)) {
          String trouble = carry(letter(errand, person.get(), channel, address.get()));
          if (trouble.isEmpty()) {
            served.add(channel);
          } else {
            troubles.add(trouble);
          }
        }
      }
    }
    return new Progress(served, String.join("; ", troubles));
  }

  private static Optional<String> address(Recipient person, Channel channel) {
    return switch (channel) {
      case EMAIL -> person.mail();
      case PHONE -> person.phone();
    };
  }

  private Letter letter(Errand errand, Recipient person, Channel channel, String address) {
    Map<String, String> variables = new HashMap<>(errand.variables());
    person.names().forEach((language, name) -> variables.put("name_" + language, name));
    return letters.compose(errand.kind().letter(), channel, address, person.languages(), variables);
  }

  /** Why the letter was not taken, or empty. */
  private String carry(Letter letter) throws InterruptedException {
    Semaphore room = channels.get(letter.channel());
    if (room == null || !room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return "too many notices under way";
    }
    try {
      return switch (courier.carry(letter)) {
        case Taken taken -> "";
        // A notice that may be lost is sent again: twice is a nuisance, not at all a danger.
        case Unsure unsure -> unsure.reason();
        case Failed failed -> failed.reason();
      };
    } finally {
      room.release();
    }
  }
}

package io.watchword.server.couriers;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Letter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Keeps letters in memory, where the demo's page and tests read them, and loses them with the
 * process. The oldest give way once there are 1,000.
 */
public final class OutboxCourier implements Courier {

  static final String NAME = "outbox";
  static final int MOST = 1_000;

  private final InstantSource clock;
  private final Deque<OutboxMessage> messages = new ArrayDeque<>();

  public OutboxCourier(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * A letter in the outbox, as {@code GET /demo/outbox} shows it.
   *
   * @param channel {@code email} or {@code phone}
   */
  public record OutboxMessage(String channel, String to, String subject, String text, Instant at) {

    @Override
    public String toString() {
      return "OutboxMessage[" + channel + "]";
    }
  }

  @Override
  public Outcome carry(Letter letter) {
    var message =
        new OutboxMessage(
            letter.channel() == Channel.EMAIL ? "email" : "phone",
            letter.to(),
            letter.subject(),
            letter.text(),
            clock.instant());
    synchronized (messages) {
      messages.addFirst(message);
      if (messages.size() > MOST) {
        messages.removeLast();
      }
    }
    return new Taken(NAME, "");
  }

  /**
   * What was carried, newest first.
   *
   * @param to only letters to this address, in any case; empty for all
   */
  public List<OutboxMessage> messages(Optional<String> to) {
    synchronized (messages) {
      return messages.stream()
          .filter(message -> to.isEmpty() || message.to().equalsIgnoreCase(to.get()))
          .toList();
    }
  }
}

package io.watchword.core.code;

import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.StandingRefusal;
import java.util.Set;

/** Why no code was sent. */
public sealed interface SendRefusal {

  /** The person is not served. */
  record NotServed(StandingRefusal why) implements SendRefusal {}

  /**
   * The person has locked the factor, or every channel that was asked for.
   *
   * @param factor lock code
   */
  record Locked(String factor) implements SendRefusal {}

  /**
   * Too many requests: of this person in a short time, or one of the budgets of the deployment.
   *
   * @param budget the counter that is full: {@code flood}, {@code person}, {@code caller}, {@code
   *     all}, {@code to-hour}, {@code to-day} or {@code prefix}
   */
  record TooMany(String budget) implements SendRefusal {}

  /**
   * The person has no address on any of the channels that may be used.
   *
   * @param asked the channels that were asked for and are not locked
   */
  record NoAddress(Set<Channel> asked) implements SendRefusal {}

  /**
   * An operator lets no letter leave on the channels that may be used.
   *
   * @param channels of those that were asked for
   */
  record ChannelsStopped(Set<Channel> channels) implements SendRefusal {}

  /** Too many wrong codes: neither sent nor compared for a while. */
  record Frozen() implements SendRefusal {}

  /** No courier took the letter. */
  record NotTaken() implements SendRefusal {}
}

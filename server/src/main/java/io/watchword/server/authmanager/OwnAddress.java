package io.watchword.server.authmanager;

import io.watchword.core.delivery.Channel;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A user id that is itself where letters go.
 *
 * @param text in the one way of writing under which it is on file
 */
record OwnAddress(Channel channel, String text) {

  private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{6,15}");

  /** What a user id is; empty: no address. */
  static Optional<OwnAddress> of(String userId) {
    if (Channel.isMailAddress(userId) && userId.codePoints().noneMatch(Character::isISOControl)) {
      return Optional.of(new OwnAddress(Channel.EMAIL, userId.toLowerCase(Locale.ROOT)));
    }
    return PHONE.matcher(userId).matches()
        ? Optional.of(new OwnAddress(Channel.PHONE, userId))
        : Optional.empty();
  }

  /** Without the address. */
  @Override
  public String toString() {
    return "OwnAddress[" + channel + "]";
  }
}

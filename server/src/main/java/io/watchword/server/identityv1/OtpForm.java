package io.watchword.server.identityv1;

import io.watchword.core.delivery.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a request for a code asks for (contract identity-v1 2.1 and 2.2).
 *
 * @param channels on which the code may be sent, the first one first
 */
record OtpForm(Set<Channel> channels) {

  /**
   * @param request the member {@code request}
   */
  static OtpForm of(Node request) throws Refused {
    Node asked = request.object("channel");
    Set<Channel> channels = new LinkedHashSet<>();
    if (asked.flag("mobile")) {
      channels.add(Channel.PHONE);
    }
    if (asked.flag("email")) {
      channels.add(Channel.EMAIL);
    }
    if (channels.isEmpty()) {
      channels.add(Channel.PHONE);
      channels.add(Channel.EMAIL);
    }
    return new OtpForm(channels);
  }
}

package io.watchword.core.delivery;

/**
 * A message to one person. It may hold a one-time code, so {@code toString} shows nothing of it.
 *
 * @param to a mail address, or a phone number as it stands on file
 * @param subject empty where the channel has none
 * @param text plain text, UTF-16 in memory; couriers choose the encoding on the wire
 */
public record Letter(Channel channel, String to, String subject, String text) {

  @Override
  public String toString() {
    return "Letter[" + channel + "]";
  }
}

package io.watchword.server.settings.values;

import java.net.InetAddress;

/**
 * A range of IP addresses, such as {@code 10.0.0.0/8}, or a single one.
 *
 * @param address the first address
 * @param prefix how many leading bits all addresses of the range share
 */
public record Network(InetAddress address, int prefix) {

  /**
   * Never asks a name server: only literal addresses are taken.
   *
   * @throws IllegalArgumentException if the text is not an address with or without a prefix length
   */
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address;
    try {
      address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not an IP address or network such as 10.0.0.0/8", e);
    }
    int bits = address.getAddress().length * 8;
    int prefix = bits;
    if (slash >= 0) {
      String length = text.substring(slash + 1);
      if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
        throw new IllegalArgumentException("has a prefix length that is not 0 to " + bits);
      }
      prefix = Integer.parseInt(length);
    }
    return new Network(address, prefix);
  }

  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + prefix;
  }
}

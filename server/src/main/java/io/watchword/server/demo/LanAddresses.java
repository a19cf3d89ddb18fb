package io.watchword.server.demo;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses under which this machine is known in private networks. */
public final class LanAddresses {

  /** Networks of containers and virtual machines, which no phone is in. */
  private static final Pattern INSIDE = Pattern.compile("(docker|br-|veth|virbr|vmnet|lxc|cni).*");

  private LanAddresses() {}

  /** IPv4 before IPv6, and networks of other machines before those inside this one. */
  public static List<InetAddress> find() {
    List<InetAddress> found = new ArrayList<>();
    List<InetAddress> inside = new ArrayList<>();
    try {
      for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
        if (network.isUp() && !network.isLoopback()) {
          network
              .inetAddresses()
              .filter(LanAddresses::isPrivate)
              .forEach(INSIDE.matcher(network.getName()).matches() ? inside::add : found::add);
        }
      }
    } catch (SocketException e) {
      throw new UncheckedIOException("the addresses of this machine cannot be told", e);
    }
    found.sort(Comparator.comparing(Inet6Address.class::isInstance));
    found.addAll(inside);
    return found;
  }

  /**
   * Whether an address is of a private network (RFC 1918, RFC 4193) or of a carrier's or overlay
   * network (RFC 6598). Link-local IPv6 is not: browsers take no address with a zone.
   */
  static boolean isPrivate(InetAddress address) {
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address four ->
          four.isSiteLocalAddress() || (bytes[0] == 100 && (bytes[1] & 0xC0) == 64);
      case Inet6Address _ -> (bytes[0] & 0xFE) == 0xFC;
      default -> false;
    };
  }
}

package io.watchword.server.couriers.connection;

import java.util.Set;
import java.util.regex.Pattern;

/** The form of host names in settings; nothing is looked up. */
public final class Hosts {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}");
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "::1", "[::1]");

  private Hosts() {}

  /** Whether it can be a host name or an IP address without brackets. */
  public static boolean isName(String host) {
    return NAME.matcher(host).matches();
  }

  /** Whether it names this machine whatever the resolver says. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.contains(host) || LOOPBACK_V4.matcher(host).matches();
  }
}

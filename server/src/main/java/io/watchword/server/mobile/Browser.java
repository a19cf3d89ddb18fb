package io.watchword.server.mobile;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a portal tells of the browser at its login page, for the person who is asked. */
final class Browser {

  private static final String[][] SYSTEMS = {
    {"Windows NT", "Windows"},
    {"Android", "Android"},
    {"iPhone", "iOS"},
    {"iPad", "iPadOS"},
    {"Mac OS X", "macOS"},
    {"CrOS", "ChromeOS"},
    {"Linux", "Linux"}
  };

  /** The first that is found; most browsers call themselves by the names of others, too. */
  private static final String[][] BROWSERS = {
    {"Firefox/", "Firefox"},
    {"Edg/", "Edge"},
    {"OPR/", "Opera"},
    {"SamsungBrowser/", "Samsung Internet"},
    {"Chrome/", "Chrome"},
    {"Version/", "Safari"}
  };

  private Browser() {}

  /** System and browser, as far as its user agent tells; absent, never empty. */
  static Map<String, String> context(@Nullable String userAgent) {
    Map<String, String> context = new LinkedHashMap<>();
    if (userAgent != null) {
      for (String[] system : SYSTEMS) {
        if (userAgent.contains(system[0])) {
          context.putIfAbsent("os", system[1]);
        }
      }
      for (String[] browser : BROWSERS) {
        int at = userAgent.indexOf(browser[0]);
        if (at >= 0) {
          context.putIfAbsent("browser", browser[1] + version(userAgent, at + browser[0].length()));
        }
      }
    }
    return context;
  }

  private static String version(String text, int from) {
    int to = from;
    while (to < text.length() && to < from + 5 && Character.isDigit(text.charAt(to))) {
      to++;
    }
    return to == from ? "" : " " + text.substring(from, to);
  }

  /** Whether a text is an address, and no name that would have to be looked up. */
  static boolean isAddress(String text) {
    try {
      InetAddress.ofLiteral(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * How far two addresses are from each other: IPv4 compared whole, IPv6 by its network of 64 bits.
   * Where they are is not known, so all others are {@code different}.
   */
  static String proximity(@Nullable String browser, String app) {
    if (browser == null || app.isEmpty()) {
      return "unknown";
    }
    try {
      byte[] one = network(InetAddress.ofLiteral(browser));
      byte[] other = network(InetAddress.ofLiteral(app));
      if (one.length != other.length) {
        return "unknown";
      }
      return Arrays.equals(one, other) ? "same_network" : "different";
    } catch (IllegalArgumentException e) {
      return "unknown";
    }
  }

  private static byte[] network(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes;
  }
}

package io.watchword.server.couriers.connection;

import java.util.regex.Pattern;

/** How logs and metrics may call a provider. */
public final class ProviderName {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private ProviderName() {}

  /** Lower-case letters, digits and hyphens, at most 40. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}

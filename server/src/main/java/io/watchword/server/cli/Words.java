package io.watchword.server.cli;

import java.util.Locale;

/** How constants are said to people. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

package io.watchword.server.settings;

import java.util.List;

/** The settings are not fit to start with. Holds every problem that was found, no secret. */
public final class SettingsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public SettingsException(List<String> problems) {
    super(
        (problems.size() == 1
                ? "1 problem in the settings:"
                : problems.size() + " problems in the settings:")
            + "\n  "
            + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, the key first. */
  public List<String> problems() {
    return problems;
  }
}

package io.watchword.client.ida;

import java.util.List;

/** A configuration that cannot work, with everything that is wrong about it. */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfigException(List<String> problems) {
    super("the configuration has problems:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence a problem. No sentence contains a password or key. */
  public List<String> problems() {
    return problems;
  }
}

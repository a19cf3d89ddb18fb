package io.watchword.server.partners;

import java.util.List;

/**
 * What an operator asked for cannot be done; nothing was changed. Every problem is told at once,
 * and none quotes a secret.
 */
public final class ProvisioningRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  ProvisioningRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  ProvisioningRefused(String problem) {
    this(List.of(problem));
  }

  /** One sentence a problem. */
  public List<String> problems() {
    return problems;
  }
}

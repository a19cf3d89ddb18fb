package io.watchword.core.delivery;

/**
 * Carries letters. One object stands for all providers of the deployment: it picks one by the
 * letter's channel, tries at most one other if the first fails, and is done within 15 seconds.
 *
 * <p>Thread-safe; blocks.
 */
public interface Courier {

  /** Hands a letter over. Never throws for what goes wrong outside; that is a {@link Failed}. */
  Outcome carry(Letter letter);

  /** Whether a provider took the letter. */
  sealed interface Outcome permits Taken, Failed {}

  /**
   * @param provider the configured name of the provider that took it
   * @param reference the provider's own id for the letter, or empty
   */
  record Taken(String provider, String reference) implements Outcome {}

  /**
   * No provider took it.
   *
   * @param reason for the log and the operator; holds neither address nor text
   */
  record Failed(String reason) implements Outcome {}
}

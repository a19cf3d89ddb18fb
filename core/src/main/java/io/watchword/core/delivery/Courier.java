package io.watchword.core.delivery;

import java.util.List;
import java.util.Set;

/**
 * Carries letters. One object stands for all providers of the deployment: it picks one by the
 * letter's channel, tries at most one other if the first fails, and is done within 15 seconds.
 *
 * <p>Thread-safe; blocks.
 */
public interface Courier {

  /** Hands a letter over. Never throws for what goes wrong outside; that is a {@link Failed}. */
  Outcome carry(Letter letter);

  /** Channels on which no letter leaves until an operator says so. */
  default Set<Channel> stopped() {
    return Set.of();
  }

  /** Whether a provider took the letter. */
  sealed interface Outcome permits Taken, Unsure, Failed {}

  /**
   * @param provider the configured name of the provider that took it
   * @param reference the provider's own id for the letter, or empty
   * @param unsure names of other providers that may have taken it before and did not say, so that
   *     the letter may arrive twice; mostly empty
   */
  record Taken(String provider, String reference, List<String> unsure) implements Outcome {

    public Taken {
      unsure = List.copyOf(unsure);
    }

    /** Taken once. */
    public Taken(String provider, String reference) {
      this(provider, reference, List.of());
    }
  }

  /**
   * A provider got the whole letter and did not say whether it took it: the connection or the time
   * was over before its answer. The letter may arrive or not, so nobody is told that it was sent.
   *
   * @param provider the configured name of that provider
   * @param reason for the log and the operator; holds neither address nor text
   */
  record Unsure(String provider, String reason) implements Outcome {}

  /**
   * No provider took it, for sure.
   *
   * @param fault whose
   * @param reason for the log and the operator; holds neither address nor text
   */
  record Failed(Fault fault, String reason) implements Outcome {

    /** Not the letter's fault. */
    public Failed(String reason) {
      this(Fault.PROVIDER, reason);
    }
  }

  /** Why a letter was not taken. */
  enum Fault {
    /** The provider cannot be reached, does not work, or does not serve this deployment. */
    PROVIDER,
    /** This letter or its address; the provider works. */
    LETTER
  }
}

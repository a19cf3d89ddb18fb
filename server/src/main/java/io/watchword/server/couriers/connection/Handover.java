package io.watchword.server.couriers.connection;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The moment from which a provider may have a letter. Whoever sends claims it just before the last
 * octet; whoever waits gives up at the end of the time. Only one of them comes first, so that a
 * letter that was given up before its handover is never sent afterwards.
 */
public final class Handover {

  private enum State {
    BEFORE,
    MADE,
    GIVEN_UP
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.BEFORE);

  /**
   * To be called just before the letter is handed over, by the thread that does so; again before
   * each part of a long one.
   *
   * @throws GivenUp if nobody waits for it any more: it must not be sent
   */
  public void make() throws GivenUp {
    if (!state.compareAndSet(State.BEFORE, State.MADE) && state.get() == State.GIVEN_UP) {
      throw new GivenUp();
    }
  }

  /** Ends the wait; true if the letter is sure not to be handed over, now or later. */
  public boolean giveUp() {
    return state.compareAndSet(State.BEFORE, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
  }

  /** Nobody waits for the letter any more. */
  public static final class GivenUp extends Exception {

    private static final long serialVersionUID = 1L;

    GivenUp() {
      super("given up before it was handed over", null, false, false);
    }
  }
}

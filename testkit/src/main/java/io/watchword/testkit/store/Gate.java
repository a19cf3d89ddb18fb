package io.watchword.testkit.store;

import io.watchword.core.unit.Store;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A unit that stands still inside the store until the test lets it pass, so that others must wait
 * behind it. A real unit must never do that; the suites need it to see what is there meanwhile.
 */
final class Gate {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** The unit; whether it was let pass in time. */
  PlainUnit<Boolean> unit() {
    return PlainUnit.overNothing(rows -> {
      entered.countDown();
      return await(open);
    });
  }

  /** Has the unit committed on a thread of its own, and returns once it stands inside the store. */
  void shut(Store store) throws TimeoutException {
    Thread.startVirtualThread(() -> store.commit(unit()));
    awaitEntered();
  }

  void awaitEntered() throws TimeoutException {
    if (!await(entered)) {
      throw new TimeoutException("the gate's unit was not run");
    }
  }

  void open() {
    open.countDown();
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

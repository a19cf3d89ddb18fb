package io.watchword.server.couriers.smpp;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.SMPPSession;

/**
 * A session and who waits in it. jsmpp leaves those who wait for an answer waiting when the
 * connection ends; here they are woken, after a moment for answers that were read already.
 */
final class BoundSession {

  private static final Duration LAST_ANSWERS = Duration.ofMillis(200);

  private final SMPPSession session;
  private final Semaphore window;
  private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param session not connected yet
   * @param window messages that wait for their answer at the same time
   */
  BoundSession(SMPPSession session, int window) {
    this.session = session;
    this.window = new Semaphore(window);
    session.addSessionStateListener((now, before, source) -> {
      if (now == SessionState.CLOSED && ended.getCount() > 0) {
        ended.countDown();
        Thread.startVirtualThread(this::wake);
      }
    });
  }

  /** A request that waits for its answer. */
  interface Exchange<T> {
    T with(SMPPSession session) throws Exception;
  }

  Semaphore window() {
    return window;
  }

  /** Runs a request on the caller's thread, which is interrupted if the connection ends. */
  <T> T exchange(Exchange<T> exchange) throws Exception {
    waiting.add(Thread.currentThread());
    try {
      return exchange.with(session);
    } finally {
      waiting.remove(Thread.currentThread());
    }
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  boolean hasEnded() {
    return ended.getCount() == 0;
  }

  /** Says farewell if that is possible in a short time, and closes. */
  void end(int farewellMillis) {
    session.setTransactionTimer(farewellMillis);
    session.unbindAndClose();
  }

  private void wake() {
    try {
      Thread.sleep(LAST_ANSWERS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    waiting.forEach(Thread::interrupt);
  }
}

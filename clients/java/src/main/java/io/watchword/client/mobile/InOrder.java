package io.watchword.client.mobile;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs one task after the other on an executor that may have several threads. */
final class InOrder implements Executor {

  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  InOrder(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    executor.execute(this::runNext);
  }

  private void runNext() {
    Runnable task;
    synchronized (waiting) {
      task = waiting.poll();
    }
    try {
      if (task != null) {
        task.run();
      }
    } catch (RuntimeException | Error e) {
      // An app's handler failed; what comes after it must come nevertheless.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } finally {
      boolean more;
      synchronized (waiting) {
        more = !waiting.isEmpty();
        running = more;
      }
      if (more) {
        executor.execute(this::runNext);
      }
    }
  }
}

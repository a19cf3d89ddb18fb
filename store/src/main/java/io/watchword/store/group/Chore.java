package io.watchword.store.group;

import io.watchword.core.unit.StoreUnavailable;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Work of the engine itself that must run on a committer's thread, between groups. */
final class Chore<T> implements Waiting {

  private final String name;
  private final Callable<T> work;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  Chore(String name, Callable<T> work) {
    this.name = name;
    this.work = work;
  }

  void run() {
    try {
      outcome.complete(work.call());
    } catch (Exception e) {
      fail(new StoreUnavailable(StoreUnavailable.Reason.FAILED, name + " failed", e));
    }
  }

  @Override
  public void fail(RuntimeException why) {
    outcome.completeExceptionally(why);
  }

  T await() {
    return Submission.await(outcome);
  }
}

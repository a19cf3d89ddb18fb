package io.watchword.store.group;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Unit;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A unit on its way, and where its caller waits for what comes of it. */
public final class Submission<R> implements Waiting {

  private final Unit<R> unit;
  private final Set<Key<?>> keys;
  private final CompletableFuture<R> outcome = new CompletableFuture<>();

  /** What the latest run said; nobody hears of it before its group is durable. */
  private @Nullable R result;

  private @Nullable Throwable thrown;

  Submission(Unit<R> unit, Set<Key<?>> keys) {
    this.unit = unit;
    this.keys = keys;
  }

  Set<Key<?>> keys() {
    return keys;
  }

  /** Runs the unit; whether its changes count. */
  boolean run(Rows rows) {
    result = null;
    thrown = null;
    try {
      result = unit.apply(rows);
      return thrown == null;
    } catch (Throwable e) { // whatever a unit throws is its caller's, never the committer's
      thrown = e;
      return false;
    }
  }

  /** Makes the latest run fail although the unit itself came to its end. */
  void refuse(RuntimeException why) {
    thrown = why;
  }

  /** Hands over what the latest run said. */
  void settle() {
    if (thrown != null) {
      outcome.completeExceptionally(thrown);
    } else {
      complete(result);
    }
  }

  // R says itself whether it may be null; a field that is empty between runs cannot say it.
  @SuppressWarnings("NullAway")
  private void complete(@Nullable R value) {
    outcome.complete(value);
  }

  /** Hands over that the unit did not take place, or that nobody can tell. */
  @Override
  public void fail(RuntimeException why) {
    outcome.completeExceptionally(why);
  }

  /** As {@link #fail} with {@link StoreUnavailable.Reason#FAILED}. */
  public void failed(String message, @Nullable Throwable cause) {
    fail(new StoreUnavailable(StoreUnavailable.Reason.FAILED, message, cause));
  }

  /** Waits without being interruptible: an interrupted caller would not know what happened. */
  R await() {
    return await(outcome);
  }

  static <T> T await(CompletableFuture<T> outcome) {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (e.getCause() instanceof Error thrown) {
        throw thrown;
      }
      throw e;
    }
  }
}

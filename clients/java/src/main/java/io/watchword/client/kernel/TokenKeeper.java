package io.watchword.client.kernel;

import io.watchword.client.kernel.KernelException.Refusal;
import io.watchword.client.kernel.KernelException.TransportFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the application's own token and gets another before its time is over. However many threads
 * ask, one logs in; while the old token is good the others go on with it, else they wait and share
 * the outcome, a failure too.
 */
final class TokenKeeper {

  /** After a renewal that failed while the old token was good. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final LogIn logIn;
  private final Duration renewBefore;
  private final InstantSource time;
  private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();
  private final AtomicReference<@Nullable CompletableFuture<Outcome>> running =
      new AtomicReference<>();

  /** Gets a token. */
  @FunctionalInterface
  interface LogIn {
    AccessToken call() throws KernelException;
  }

  private record Kept(AccessToken token, Instant renewAt) {}

  /** What a login came to; both empty: nothing, the thread that logged in was interrupted. */
  private record Outcome(@Nullable AccessToken token, @Nullable KernelException failure) {}

  /**
   * @param renewBefore how long before its end a token is replaced; at most a quarter of its life
   */
  TokenKeeper(LogIn logIn, Duration renewBefore, InstantSource time) {
    this.logIn = logIn;
    this.renewBefore = renewBefore;
    this.time = time;
  }

  /** A token that is good as far as is known here. */
  AccessToken token() throws KernelException {
    while (true) {
      Kept known = kept.get();
      if (known != null && time.instant().isBefore(known.renewAt())) {
        return known.token();
      }
      CompletableFuture<Outcome> mine = new CompletableFuture<>();
      if (running.compareAndSet(null, mine)) {
        return renew(mine, known);
      }
      if (known != null && isGood(known.token())) {
        return known.token();
      }
      CompletableFuture<Outcome> other = running.get();
      if (other != null) {
        Optional<AccessToken> shared = shared(other);
        if (shared.isPresent()) {
          return shared.get();
        }
      }
    }
  }

  /** The token that is kept, if one is. */
  Optional<AccessToken> current() {
    return Optional.ofNullable(kept.get()).map(Kept::token);
  }

  /** Forgets a token that the server does not take, unless another has come since. */
  void drop(AccessToken refused) {
    kept.updateAndGet(
        known -> known != null && known.token().value().equals(refused.value()) ? null : known);
  }

  private AccessToken renew(CompletableFuture<Outcome> mine, @Nullable Kept before)
      throws KernelException {
    Outcome outcome = new Outcome(null, null);
    try {
      Kept known = kept.get();
      if (known != null && !known.equals(before)) {
        outcome = new Outcome(known.token(), null); // somebody was quicker
        return known.token();
      }
      AccessToken token = logIn.call();
      kept.set(new Kept(token, renewAt(token)));
      outcome = new Outcome(token, null);
      return token;
    } catch (TransportFailure e) {
      if (before != null && isGood(before.token())) {
        kept.compareAndSet(before, new Kept(before.token(), time.instant().plus(PAUSE)));
        outcome = new Outcome(before.token(), null);
        return before.token();
      }
      if (!Thread.currentThread().isInterrupted()) {
        outcome = new Outcome(null, e);
      }
      throw e;
    } catch (Refusal e) {
      outcome = new Outcome(null, e);
      throw e;
    } finally {
      running.set(null);
      mine.complete(outcome);
    }
  }

  private static Optional<AccessToken> shared(CompletableFuture<Outcome> other)
      throws KernelException {
    Outcome outcome;
    try {
      outcome = other.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportFailure("interrupted while waiting for the server");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a login is never completed by a failure", e);
    }
    KernelException failure = outcome.failure();
    if (failure instanceof TransportFailure transport) {
      throw new TransportFailure(transport);
    }
    if (failure instanceof Refusal refusal) {
      throw new Refusal(refusal);
    }
    return Optional.ofNullable(outcome.token());
  }

  private boolean isGood(AccessToken token) {
    return token.expiresAt().isPresent() && time.instant().isBefore(token.expiresAt().get());
  }

  private Instant renewAt(AccessToken token) {
    if (token.expiresAt().isEmpty()) {
      return Instant.MAX;
    }
    Instant end = token.expiresAt().get();
    Duration quarter = Duration.between(time.instant(), end).dividedBy(4);
    return end.minus(quarter.compareTo(renewBefore) < 0 ? quarter : renewBefore);
  }
}

package io.watchword.testkit.laws;

import io.watchword.core.secret.SlowHash;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Keeps secrets as they are, counts how often it compares, and is busy or dies when told to. */
final class PlainHash implements SlowHash {

  private final AtomicInteger comparisons = new AtomicInteger();
  volatile boolean busy;
  volatile boolean dies;

  @Override
  public String of(String secret) {
    return secret;
  }

  @Override
  public boolean matches(@Nullable String hash, String secret) throws Busy {
    if (busy) {
      throw new Busy();
    }
    if (dies) {
      throw new IllegalStateException("the power went out");
    }
    if (hash != null) {
      comparisons.incrementAndGet();
    }
    return secret.equals(hash);
  }

  int comparisons() {
    return comparisons.get();
  }
}

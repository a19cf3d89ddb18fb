package io.watchword.testkit.laws;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import io.watchword.testkit.keys.TestKeyring;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often a code is compared, which only a keyring can do. A unit that is run again after
 * a conflict compares again, and nobody learns what the first run said: {@link #guesses} counts
 * each guess once.
 */
final class CountingKeyring implements Keyring {

  private final Keyring inner = new TestKeyring();
  private final AtomicInteger comparisons = new AtomicInteger();
  private final Set<String> guesses = ConcurrentHashMap.newKeySet();

  int comparisons() {
    return comparisons.get();
  }

  /** The different texts that were compared. */
  Set<String> guesses() {
    return guesses;
  }

  @Override
  public Mac mac(Purpose purpose, byte[]... parts) {
    return inner.mac(purpose, parts);
  }

  @Override
  public boolean verify(Purpose purpose, Mac mac, byte[]... parts) {
    if (purpose == Purpose.CODE) {
      comparisons.incrementAndGet();
      guesses.add(new String(parts[parts.length - 1], StandardCharsets.UTF_8));
    }
    return inner.verify(purpose, mac, parts);
  }

  @Override
  public String lookup(String kind, String value) {
    return inner.lookup(kind, value);
  }

  @Override
  public Sealer sealer() {
    return inner.sealer();
  }
}

package io.watchword.testkit.laws;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import io.watchword.testkit.keys.TestKeyring;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a code is compared, which only a keyring can do. */
final class CountingKeyring implements Keyring {

  private final Keyring inner = new TestKeyring();
  private final AtomicInteger comparisons = new AtomicInteger();

  int comparisons() {
    return comparisons.get();
  }

  void forget() {
    comparisons.set(0);
  }

  @Override
  public Mac mac(Purpose purpose, byte[]... parts) {
    return inner.mac(purpose, parts);
  }

  @Override
  public boolean verify(Purpose purpose, Mac mac, byte[]... parts) {
    if (purpose == Purpose.CODE) {
      comparisons.incrementAndGet();
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

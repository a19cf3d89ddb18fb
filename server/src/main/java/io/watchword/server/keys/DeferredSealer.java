package io.watchword.server.keys;

import io.watchword.core.keys.Sealer;
import org.jspecify.annotations.Nullable;

/**
 * The sealer that a store is opened with before there is a keyring: the keyring's own keys lie in
 * the store, in a table that is not sealed.
 */
public final class DeferredSealer implements Sealer {

  private volatile @Nullable Sealer sealer;

  /** Seals and opens by another from now on. */
  public void use(Sealer sealer) {
    this.sealer = sealer;
  }

  @Override
  public byte[] seal(byte[] plain, String label) {
    return ready(label).seal(plain, label);
  }

  @Override
  public byte[] open(byte[] sealed, String label) {
    return ready(label).open(sealed, label);
  }

  private Sealer ready(String label) {
    Sealer ready = sealer;
    if (ready == null) {
      throw new IllegalStateException("no key yet for " + label);
    }
    return ready;
  }
}

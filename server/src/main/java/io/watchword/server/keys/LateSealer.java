package io.watchword.server.keys;

import io.watchword.core.keys.Sealer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a store be opened before the data key is read, which is in the store itself. Until {@link
 * #use} it seals and opens nothing.
 */
public final class LateSealer implements Sealer {

  private volatile @Nullable Sealer sealer;

  /** From now on this one does the work. */
  public void use(Sealer real) {
    sealer = real;
  }

  @Override
  public byte[] seal(byte[] plain, String label) {
    return real().seal(plain, label);
  }

  @Override
  public byte[] open(byte[] sealed, String label) {
    return real().open(sealed, label);
  }

  private Sealer real() {
    Sealer real = sealer;
    if (real == null) {
      throw new IllegalStateException("the data key is not read yet");
    }
    return real;
  }
}

package io.watchword.core.individual;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import java.util.Arrays;

/** Look-up keys one can read, for tests of look-ups alone. */
final class PlainKeyring implements Keyring {

  @Override
  public Mac mac(Purpose purpose, byte[]... parts) {
    return new Mac(1, Integer.toHexString(Arrays.deepHashCode(parts)));
  }

  @Override
  public boolean verify(Purpose purpose, Mac mac, byte[]... parts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String lookup(String kind, String value) {
    return kind + "|" + value;
  }

  @Override
  public Sealer sealer() {
    throw new UnsupportedOperationException();
  }
}

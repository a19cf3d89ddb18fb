package io.watchword.server.canary;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers the 32-byte keys that are drawn from it. */
final class RememberingRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;
  private static final int KEY_BYTES = 32;

  private final transient List<byte[]> keys = new CopyOnWriteArrayList<>();

  @Override
  public void nextBytes(byte[] bytes) {
    super.nextBytes(bytes);
    if (bytes.length == KEY_BYTES) {
      keys.add(bytes.clone());
    }
  }

  List<byte[]> keys() {
    return List.copyOf(keys);
  }
}

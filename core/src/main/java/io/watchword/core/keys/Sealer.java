package io.watchword.core.keys;

/** Authenticated encryption of rows at rest, AES-256-GCM under the data key. Thread-safe. */
public interface Sealer {

  /**
   * @param label where the bytes belong (table and id); the same label must be given to {@link
   *     #open}, so that a row cannot be moved to another place
   * @return key version, nonce, ciphertext and tag in one array
   */
  byte[] seal(byte[] plain, String label);

  /**
   * @throws IllegalStateException if the bytes were altered, moved, or sealed under an unknown key;
   *     the message names the label only
   */
  byte[] open(byte[] sealed, String label);
}

package io.watchword.wire.protection;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/**
 * The symmetric part of every protected message: {@code ciphertext ‖ tag(16) ‖ IV(16)} of
 * AES-256-GCM without additional data (contract ida 3.1).
 *
 * <p>Thread-safe.
 */
public final class Blob {

  /** Bytes of the IV; sixteen, not the usual twelve. */
  public static final int IV_BYTES = 16;

  /** Bytes of the tag. */
  public static final int TAG_BYTES = 16;

  private final Algorithms algorithms;
  private final SecureRandom random;

  /**
   * @param random source of the IVs
   */
  public Blob(Algorithms algorithms, SecureRandom random) {
    this.algorithms = algorithms;
    this.random = random;
  }

  /** A fresh key of 32 random bytes. */
  public byte[] newKey() {
    byte[] key = new byte[Algorithms.AES_KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  /**
   * Encrypts under a fresh random IV.
   *
   * @param key 32 bytes
   * @throws IllegalArgumentException if the key has another length
   */
  public byte[] seal(byte[] key, byte[] plain) {
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] blob = new byte[plain.length + TAG_BYTES + IV_BYTES];
    try {
      Cipher cipher = algorithms.sealing(key, iv);
      cipher.doFinal(plain, 0, plain.length, blob, 0);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("a blob needs a key of 32 bytes", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed to encrypt", e);
    }
    System.arraycopy(iv, 0, blob, blob.length - IV_BYTES, IV_BYTES);
    return blob;
  }

  /**
   * Decrypts and authenticates.
   *
   * @param key 32 bytes; another length is refused like a wrong key
   * @throws UndecryptableException if the blob is shorter than 32 bytes, was altered, or was sealed
   *     under another key
   */
  public byte[] open(byte[] key, byte[] blob) throws UndecryptableException {
    int sealed = blob.length - IV_BYTES;
    if (sealed < TAG_BYTES) {
      throw new UndecryptableException();
    }
    try {
      Cipher cipher = algorithms.opening(key, Arrays.copyOfRange(blob, sealed, blob.length));
      return cipher.doFinal(blob, 0, sealed);
    } catch (GeneralSecurityException e) {
      throw new UndecryptableException();
    }
  }
}

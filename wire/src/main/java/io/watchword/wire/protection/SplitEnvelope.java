package io.watchword.wire.protection;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The container of the identity v1 API (contract identity-v1 1.6 and 9.5): a fresh AES key under
 * RSA-OAEP, the text {@code #KEY_SPLITTER#}, and the message as a {@link Blob} under that key; all
 * of it in base64.
 *
 * <p>Thread-safe.
 */
public final class SplitEnvelope {

  private static final byte[] SPLITTER = "#KEY_SPLITTER#".getBytes(StandardCharsets.US_ASCII);

  /** An RSA key of 16,384 bits makes as many bytes. */
  private static final int LONGEST_KEY = 2_048;

  private final Blob blob;
  private final SessionKeys sessionKeys;

  /**
   * @param random source of session keys and IVs
   */
  public SplitEnvelope(Algorithms algorithms, SecureRandom random) {
    this.blob = new Blob(algorithms, random);
    this.sessionKeys = new SessionKeys(algorithms, blob);
  }

  /**
   * Encrypts.
   *
   * @return base64 with padding
   * @throws InvalidKeyException if the key is not RSA of at least 2048 bits
   */
  public String seal(byte[] plain, PublicKey recipient) throws InvalidKeyException {
    byte[] key = blob.newKey();
    try {
      byte[] wrapped = sessionKeys.wrap(key, recipient);
      byte[] sealed = blob.seal(key, plain);
      byte[] all = Arrays.copyOf(wrapped, wrapped.length + SPLITTER.length + sealed.length);
      System.arraycopy(SPLITTER, 0, all, wrapped.length, SPLITTER.length);
      System.arraycopy(sealed, 0, all, wrapped.length + SPLITTER.length, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Decrypts.
   *
   * @param text base64 or base64url
   * @throws UndecryptableException if it is no such container, was altered, or was meant for
   *     another key
   */
  public byte[] open(String text, PrivateKey recipient) throws UndecryptableException {
    byte[] all;
    try {
      all = Base64Url.decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      throw new UndecryptableException();
    }
    int split = split(all);
    if (split < 0) {
      throw new UndecryptableException();
    }
    byte[] key = sessionKeys.unwrapOrSubstitute(Arrays.copyOf(all, split), recipient);
    try {
      return blob.open(key, Arrays.copyOfRange(all, split + SPLITTER.length, all.length));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static int split(byte[] all) {
    int last = Math.min(LONGEST_KEY, all.length - SPLITTER.length);
    for (int i = 0; i <= last; i++) {
      if (Arrays.equals(all, i, i + SPLITTER.length, SPLITTER, 0, SPLITTER.length)) {
        return i;
      }
    }
    return -1;
  }
}

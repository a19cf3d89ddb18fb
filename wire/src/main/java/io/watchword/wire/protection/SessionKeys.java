package io.watchword.wire.protection;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;

/** Session keys under RSA-OAEP, the same way in requests and in KYC responses. */
final class SessionKeys {

  private final Algorithms algorithms;
  private final Blob blob;

  SessionKeys(Algorithms algorithms, Blob blob) {
    this.algorithms = algorithms;
    this.blob = blob;
  }

  byte[] wrap(byte[] key, PublicKey recipient) throws InvalidKeyException {
    try {
      return algorithms.wrapping(recipient).doFinal(key);
    } catch (InvalidKeyException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("RSA-OAEP failed to encrypt 32 bytes", e);
    }
  }

  /**
   * The session key or, if it does not decrypt or is not 32 bytes long, a random one. The blob that
   * follows then fails its tag in the same code and nearly the same time, so that a bad OAEP
   * padding looks like a wrong key.
   */
  byte[] unwrapOrSubstitute(byte[] wrapped, PrivateKey recipient) {
    byte[] substitute = blob.newKey();
    Cipher cipher = unwrapping(recipient);
    byte[] key;
    try {
      key = cipher.doFinal(wrapped);
    } catch (GeneralSecurityException | RuntimeException e) {
      // Some providers report a ciphertext of the wrong size or range as an unchecked exception.
      return substitute;
    }
    if (key.length != Algorithms.AES_KEY_BYTES) {
      Arrays.fill(key, (byte) 0);
      return substitute;
    }
    return key;
  }

  /** A key of our own that does not decrypt is a fault of the installation, not of the message. */
  private Cipher unwrapping(PrivateKey recipient) {
    try {
      return algorithms.unwrapping(recipient);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the private key cannot decrypt session keys", e);
    }
  }
}

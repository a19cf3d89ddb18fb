package io.watchword.server.keys;

import io.watchword.wire.protection.Algorithms;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * The layout of whatever the server seals for itself: key version (4 bytes, big-endian), nonce (12
 * bytes), AES-256-GCM ciphertext, tag (16 bytes). Version and label are authenticated with it.
 *
 * <p>Nonces are random: NIST SP 800-38D, section 8.3, allows 2^32 of them under one key before the
 * key must rotate.
 */
final class SealedBytes {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = Integer.BYTES + NONCE_BYTES;

  private final Algorithms algorithms;
  private final SecureRandom random;

  SealedBytes(Algorithms algorithms, SecureRandom random) {
    this.algorithms = algorithms;
    this.random = random;
  }

  byte[] seal(byte[] key, int version, byte[] plain, String label) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = algorithms.sealing(key, nonce);
      bind(cipher, version, label);
      byte[] sealed = new byte[HEADER_BYTES + plain.length + TAG_BYTES];
      ByteBuffer.wrap(sealed).putInt(version).put(nonce);
      cipher.doFinal(plain, 0, plain.length, sealed, HEADER_BYTES);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot seal " + label, e);
    }
  }

  /** The version that the bytes name, or -1 if they are too short to be sealed bytes. */
  static int version(byte[] sealed) {
    return sealed.length < HEADER_BYTES + TAG_BYTES ? -1 : ByteBuffer.wrap(sealed).getInt();
  }

  /** The plain bytes; {@code null} if they were altered, moved, or sealed under another key. */
  byte @Nullable [] open(byte[] key, byte[] sealed, String label) {
    int version = version(sealed);
    if (version < 0) {
      return null;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(sealed, Integer.BYTES, NONCE_BYTES).get(nonce);
    try {
      Cipher cipher = algorithms.opening(key, nonce);
      bind(cipher, version, label);
      return cipher.doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static void bind(Cipher cipher, int version, String label) {
    cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
    cipher.updateAAD(label.getBytes(StandardCharsets.UTF_8));
  }
}

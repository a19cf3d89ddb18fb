package io.watchword.wire.protection;

import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.Opening.Fault;
import io.watchword.wire.protection.Opening.Opened;
import io.watchword.wire.protection.Opening.Refused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;

/**
 * The protection of a biometric sample: AES-256-GCM under a key that travels under RSA-OAEP, with
 * IV and additional data that both sides derive from the capture's time and transaction instead of
 * sending them (contract ida 4.4, row {@code bioValue}). The value is {@code ciphertext ‖ tag(16)}.
 *
 * <p>Thread-safe.
 */
public final class SampleEnvelope {

  private static final int IV_BYTES = 12;
  private static final int AAD_BYTES = 16;

  private final Algorithms algorithms;
  private final SessionKeys sessionKeys;

  /**
   * @param random source of the keys that stand in for those that do not decrypt
   */
  public SampleEnvelope(Algorithms algorithms, SecureRandom random) {
    this.algorithms = algorithms;
    this.sessionKeys = new SessionKeys(algorithms, new Blob(algorithms, random));
  }

  /**
   * Opens a sample.
   *
   * @return {@link Opened}, or {@link Refused} for one of {@code DECODING}, {@code UNKNOWN_KEY},
   *     {@code EXPIRED_KEY}, {@code UNDECRYPTABLE}
   */
  public Opening open(SealedSample sealed, DecryptionKeys keys) {
    byte[] value;
    byte[] sessionKey;
    try {
      value = Base64Url.decode(sealed.value());
      sessionKey = Base64Url.decode(sealed.sessionKey());
    } catch (IllegalArgumentException e) {
      return new Refused(Fault.DECODING);
    }
    String thumbprint = sealed.thumbprint();
    Answer answer =
        thumbprint == null
            ? new Answer.Unknown()
            : Thumbprint.parse(thumbprint).map(keys::byThumbprint).orElseGet(Answer.Unknown::new);
    if (answer instanceof Answer.Found found) {
      String transaction = sealed.transaction();
      byte[] mask = mask(sealed.timestamp(), transaction == null ? "" : transaction);
      return decrypt(value, sessionKey, mask, found.key());
    }
    return new Refused(answer instanceof Answer.Expired ? Fault.EXPIRED_KEY : Fault.UNKNOWN_KEY);
  }

  private Opening decrypt(byte[] value, byte[] sessionKey, byte[] mask, PrivateKey privateKey) {
    if (mask.length < AAD_BYTES || value.length < Blob.TAG_BYTES) {
      return new Refused(Fault.UNDECRYPTABLE);
    }
    byte[] key = sessionKeys.unwrapOrSubstitute(sessionKey, privateKey);
    try {
      Cipher cipher = algorithms.opening(key, last(mask, IV_BYTES));
      cipher.updateAAD(last(mask, AAD_BYTES));
      return new Opened(cipher.doFinal(value));
    } catch (GeneralSecurityException e) {
      return new Refused(Fault.UNDECRYPTABLE);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * XOR of the two texts, the shorter one padded on its left with zero bytes to the length of the
   * other.
   */
  static byte[] mask(String timestamp, String transaction) {
    byte[] one = timestamp.getBytes(StandardCharsets.UTF_8);
    byte[] other = transaction.getBytes(StandardCharsets.UTF_8);
    byte[] mask = new byte[Math.max(one.length, other.length)];
    for (byte[] text : List.of(one, other)) {
      int offset = mask.length - text.length;
      for (int i = 0; i < text.length; i++) {
        mask[offset + i] ^= text[i];
      }
    }
    return mask;
  }

  static byte[] last(byte[] bytes, int count) {
    return Arrays.copyOfRange(bytes, bytes.length - count, bytes.length);
  }
}

package io.watchword.testkit.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyring for tests alone: the cryptography is real, the keys are derived from constants in this
 * file and protect nothing. Two instances of the same version read each other's rows and hashes.
 */
public final class TestKeyring implements Keyring {

  private static final String SEED = "watchword test keyring, protects nothing";
  private static final String HMAC = "HmacSHA256";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEADER_BYTES = Integer.BYTES + NONCE_BYTES;

  private final int version;
  private final SecureRandom random = new SecureRandom();

  /** A keyring whose every key has version 1. */
  public TestKeyring() {
    this(1);
  }

  private TestKeyring(int version) {
    this.version = version;
  }

  /**
   * The keyring after one rotation of every key that rotates: it makes hashes and seals under the
   * next version and still knows all former ones. This instance stays as it is and does not know
   * the new version, as a node that has not yet heard of the rotation.
   */
  public TestKeyring rotated() {
    return new TestKeyring(version + 1);
  }

  @Override
  public Mac mac(Purpose purpose, byte[]... parts) {
    int current = purpose == Purpose.PSEUDONYM ? 1 : version;
    byte[] value = hmac(key(purpose.name(), current), parts);
    return new Mac(current, Base64.getUrlEncoder().withoutPadding().encodeToString(value));
  }

  @Override
  public boolean verify(Purpose purpose, Mac mac, byte[]... parts) {
    boolean known = mac.version() >= 1 && mac.version() <= version;
    // An unknown version is compared too, so that it takes the same time.
    byte[] expected = hmac(key(purpose.name(), known ? mac.version() : 1), parts);
    boolean equal = MessageDigest.isEqual(encoded(expected), mac.value().getBytes(UTF_8));
    return known && equal;
  }

  @Override
  public String lookup(String kind, String value) {
    byte[] hash = hmac(key("LOOKUP", 1), kind.getBytes(UTF_8), value.getBytes(UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public Sealer sealer() {
    return new GcmSealer();
  }

  private static byte[] encoded(byte[] value) {
    return Base64.getUrlEncoder().withoutPadding().encode(value);
  }

  private static byte[] key(String purpose, int version) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest((SEED + '/' + purpose + '/' + version).getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Layout: key version (4 bytes), nonce (12), ciphertext and tag; version and label are AAD. */
  private final class GcmSealer implements Sealer {

    @Override
    public byte[] seal(byte[] plain, String label) {
      byte[] nonce = new byte[NONCE_BYTES];
      random.nextBytes(nonce);
      try {
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, version, nonce, label).doFinal(plain);
        return ByteBuffer.allocate(HEADER_BYTES + sealed.length)
            .putInt(version)
            .put(nonce)
            .put(sealed)
            .array();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("cannot seal " + label, e);
      }
    }

    @Override
    public byte[] open(byte[] sealed, String label) {
      if (sealed.length < HEADER_BYTES) {
        throw new IllegalStateException("cannot open " + label);
      }
      ByteBuffer buffer = ByteBuffer.wrap(sealed);
      int made = buffer.getInt();
      byte[] nonce = new byte[NONCE_BYTES];
      buffer.get(nonce);
      if (made < 1 || made > version) {
        throw new IllegalStateException("cannot open " + label);
      }
      try {
        return cipher(Cipher.DECRYPT_MODE, made, nonce, label)
            .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("cannot open " + label, e);
      }
    }

    private static Cipher cipher(int mode, int version, byte[] nonce, String label)
        throws GeneralSecurityException {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(key("DATA", version), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(version).array());
      cipher.updateAAD(label.getBytes(UTF_8));
      return cipher;
    }
  }
}

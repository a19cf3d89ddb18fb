package io.watchword.wire.protection;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the JCA objects of message protection by purpose, ready to use. RSA, EC and AES-GCM
 * come from the provider it was made with; what that provider does not offer, and SHA and HMAC
 * always, come from the JDK.
 *
 * <p>Thread-safe; what it hands out is not.
 */
public final class Algorithms {

  /** Bytes of the only AES keys that are accepted, by rule of contract ida 3.1. */
  static final int AES_KEY_BYTES = 32;

  private static final int GCM_TAG_BITS = 128;

  // RFC 7518, sections 3.3 and 3.5: "A key of size 2048 bits or larger MUST be used".
  private static final int MIN_RSA_BITS = 2048;

  // RFC 7518, section 3.4: ES256 is P-256 and nothing else.
  private static final int P256_BITS = 256;

  private static final int ES256_SIGNATURE_BYTES = 64;

  // The transformation names neither hash. "OAEPWithSHA-256AndMGF1Padding" would mean MGF1 with
  // SHA-1 in the JDK, and the Corretto provider knows only this name with explicit parameters.
  private static final String OAEP = "RSA/ECB/OAEPPadding";
  private static final String AES_GCM = "AES/GCM/NoPadding";

  private final @Nullable Provider provider;

  private Algorithms(@Nullable Provider provider) {
    this.provider = provider;
  }

  /** Everything from the providers that are registered in this JVM, the JDK's own by default. */
  public static Algorithms ofJdk() {
    return new Algorithms(null);
  }

  /**
   * Every cipher and signature from one provider, as far as it offers them.
   *
   * @param provider need not be registered with {@link java.security.Security}
   */
  public static Algorithms of(Provider provider) {
    return new Algorithms(provider);
  }

  /** The name of the provider in use, for start-up messages. */
  public String providerName() {
    return provider == null ? "JDK" : provider.getName();
  }

  /**
   * A private key in the form of the provider, for a key that is used again and again: a provider
   * converts another one's key at every use, and with RSA it then also works out anew what it would
   * otherwise remember of the key, which together costs more than a signature.
   *
   * @return the key itself if there is no provider for its algorithm, or it cannot take the key
   */
  public PrivateKey ready(PrivateKey key) {
    return translated(key) instanceof PrivateKey own ? own : key;
  }

  /** The same for a public key that verifies again and again. */
  public PublicKey ready(PublicKey key) {
    return translated(key) instanceof PublicKey own ? own : key;
  }

  private Key translated(Key key) {
    if (provider == null || provider.getService("KeyFactory", key.getAlgorithm()) == null) {
      return key;
    }
    try {
      return KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      return key;
    }
  }

  /**
   * AES-256-GCM to encrypt, tag of 16 bytes behind the ciphertext.
   *
   * @throws InvalidKeyException if the key is not 32 bytes long
   */
  public Cipher sealing(byte[] key, byte[] iv) throws InvalidKeyException {
    return aes(Cipher.ENCRYPT_MODE, key, iv);
  }

  /**
   * AES-256-GCM to decrypt.
   *
   * @throws InvalidKeyException if the key is not 32 bytes long
   */
  public Cipher opening(byte[] key, byte[] iv) throws InvalidKeyException {
    return aes(Cipher.DECRYPT_MODE, key, iv);
  }

  /**
   * RSA-OAEP with SHA-256 for hash and MGF1 and an empty label, to encrypt a session key.
   *
   * @throws InvalidKeyException if the key is not RSA or too short
   */
  Cipher wrapping(PublicKey key) throws InvalidKeyException {
    return rsa(Cipher.ENCRYPT_MODE, key);
  }

  /**
   * RSA-OAEP as in {@link #wrapping}, to decrypt a session key.
   *
   * @throws InvalidKeyException if the key is not RSA or too short
   */
  Cipher unwrapping(PrivateKey key) throws InvalidKeyException {
    return rsa(Cipher.DECRYPT_MODE, key);
  }

  /**
   * A signature that signs.
   *
   * @throws InvalidKeyException if the key is not of the algorithm's family, or too weak for it
   */
  Signature signing(JwsAlgorithm algorithm, PrivateKey key) throws InvalidKeyException {
    requireStrength(algorithm, key);
    Signature signature = signature(algorithm);
    signature.initSign(key);
    return signature;
  }

  /**
   * A signature that verifies.
   *
   * @throws InvalidKeyException if the key is not of the algorithm's family, or too weak for it
   */
  Signature verifying(JwsAlgorithm algorithm, PublicKey key) throws InvalidKeyException {
    requireStrength(algorithm, key);
    Signature signature = signature(algorithm);
    signature.initVerify(key);
    return signature;
  }

  /**
   * Whether the signature is that of the parts, one after the other, under the key. False also if
   * the key does not suit the algorithm.
   */
  boolean verifies(JwsAlgorithm algorithm, PublicKey key, byte[] signature, byte[]... parts) {
    // RFC 7518, section 3.4. The JDK alone would take shorter values of R and S.
    if (algorithm == JwsAlgorithm.ES256 && signature.length != ES256_SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = verifying(algorithm, key);
      for (byte[] part : parts) {
        verifier.update(part);
      }
      return verifier.verify(signature);
    } catch (InvalidKeyException | SignatureException e) {
      return false;
    }
  }

  /** SHA-256, from the JDK whatever the provider. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * HMAC-SHA-256 under the key, from the JDK whatever the provider.
   *
   * @param key secret bytes, at least one
   */
  public static Mac hmacSha256(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private Cipher aes(int mode, byte[] key, byte[] iv) throws InvalidKeyException {
    if (key.length != AES_KEY_BYTES) {
      throw new InvalidKeyException("an AES key of another length than 256 bits");
    }
    Cipher cipher = cipher(AES_GCM);
    try {
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(GCM_TAG_BITS, iv));
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("the provider refuses AES-GCM with such an IV", e);
    }
    return cipher;
  }

  private Cipher rsa(int mode, Key key) throws InvalidKeyException {
    requireRsa(key);
    Cipher cipher = cipher(OAEP);
    try {
      cipher.init(
          mode,
          key,
          new OAEPParameterSpec(
              "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("the provider refuses RSA-OAEP with SHA-256", e);
    }
    return cipher;
  }

  private Cipher cipher(String transformation) {
    try {
      return provider == null || !offersCipher(provider, transformation)
          ? Cipher.getInstance(transformation)
          : Cipher.getInstance(transformation, provider);
    } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
      throw new IllegalStateException("no provider offers " + transformation, e);
    }
  }

  // Providers register a cipher under its transformation or under the bare algorithm.
  private static boolean offersCipher(Provider provider, String transformation) {
    String bare = transformation.substring(0, transformation.indexOf('/'));
    return provider.getService("Cipher", transformation) != null
        || provider.getService("Cipher", bare) != null
        || provider.getService("Cipher", transformation.replaceFirst("/NoPadding$", "")) != null;
  }

  private Signature signature(JwsAlgorithm algorithm) {
    String name = jcaName(algorithm);
    try {
      Signature signature =
          provider == null || provider.getService("Signature", name) == null
              ? Signature.getInstance(name)
              : Signature.getInstance(name, provider);
      if (algorithm == JwsAlgorithm.PS256) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      return signature;
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new IllegalStateException("no provider offers " + name, e);
    }
  }

  private static String jcaName(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256 -> "SHA256withRSA";
      case RS384 -> "SHA384withRSA";
      case RS512 -> "SHA512withRSA";
      case PS256 -> "RSASSA-PSS";
      case ES256 -> "SHA256withECDSAinP1363Format";
    };
  }

  private static void requireStrength(JwsAlgorithm algorithm, Key key) throws InvalidKeyException {
    switch (algorithm) {
      case RS256, RS384, RS512, PS256 -> requireRsa(key);
      case ES256 -> {
        if (!(key instanceof ECKey ec)
            || ec.getParams().getCurve().getField().getFieldSize() != P256_BITS) {
          throw new InvalidKeyException("ES256 needs a key on P-256");
        }
      }
    }
  }

  private static void requireRsa(Key key) throws InvalidKeyException {
    if (!(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      throw new InvalidKeyException("an RSA key of at least 2048 bits is needed");
    }
  }
}

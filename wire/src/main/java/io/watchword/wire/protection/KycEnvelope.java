package io.watchword.wire.protection;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/**
 * The protection of the identity in a KYC response (contract ida 3.6): the identity JSON as a blob
 * under a fresh AES key, that key under RSA-OAEP to the partner's certificate.
 *
 * <p>Thread-safe.
 */
public final class KycEnvelope {

  private final Blob blob;
  private final SessionKeys sessionKeys;

  /**
   * @param random source of session keys and IVs
   */
  public KycEnvelope(Algorithms algorithms, SecureRandom random) {
    this.blob = new Blob(algorithms, random);
    this.sessionKeys = new SessionKeys(algorithms, blob);
  }

  /**
   * The three protected members of the response.
   *
   * @param identity base64url of the blob, without padding
   * @param sessionKey base64url of the encrypted AES key, without padding
   * @param thumbprint of the partner's certificate, upper-case hexadecimal
   */
  public record SealedIdentity(String identity, String sessionKey, String thumbprint) {}

  /**
   * Encrypts, as the server does.
   *
   * @param identity the identity JSON in UTF-8
   * @param partner the partner's certificate on file
   * @throws InvalidKeyException if the certificate's key is not RSA of at least 2048 bits
   */
  public SealedIdentity seal(byte[] identity, X509Certificate partner) throws InvalidKeyException {
    byte[] key = blob.newKey();
    try {
      return new SealedIdentity(
          Base64Url.encode(blob.seal(key, identity)),
          Base64Url.encode(sessionKeys.wrap(key, partner.getPublicKey())),
          Thumbprint.of(partner).hex());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Decrypts, as the partner does. Padding may be there or not.
   *
   * @param identity member {@code identity} of the response
   * @param sessionKey member {@code sessionKey} of the response
   * @return the identity JSON in UTF-8
   * @throws UndecryptableException if a member is not base64url, was altered, or was meant for
   *     another key
   */
  public byte[] open(String identity, String sessionKey, PrivateKey partner)
      throws UndecryptableException {
    byte[] sealed;
    byte[] wrapped;
    try {
      sealed = Base64Url.decode(identity);
      wrapped = Base64Url.decode(sessionKey);
    } catch (IllegalArgumentException e) {
      throw new UndecryptableException();
    }
    byte[] key = sessionKeys.unwrapOrSubstitute(wrapped, partner);
    try {
      return blob.open(key, sealed);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}

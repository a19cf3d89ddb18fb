package io.watchword.wire.protection;

import io.watchword.wire.protection.DecryptionKeys.Answer;
import io.watchword.wire.protection.Opening.Absent;
import io.watchword.wire.protection.Opening.Fault;
import io.watchword.wire.protection.Opening.Opened;
import io.watchword.wire.protection.Opening.Refused;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The protection of the inner request of auth and KYC: a fresh AES key under RSA-OAEP, the request
 * and its hash as blobs under that key (contract ida 3.2).
 *
 * <p>Thread-safe.
 */
public final class SessionEnvelope {

  private final Blob blob;
  private final SessionKeys sessionKeys;

  /**
   * @param random source of session keys and IVs
   */
  public SessionEnvelope(Algorithms algorithms, SecureRandom random) {
    this.blob = new Blob(algorithms, random);
    this.sessionKeys = new SessionKeys(algorithms, blob);
  }

  /**
   * Protects a request, as the client does.
   *
   * @param plain the inner JSON in UTF-8
   * @param recipient the server's encryption certificate
   * @return all four members, base64url with padding
   * @throws InvalidKeyException if the certificate's key is not RSA of at least 2048 bits
   */
  public SealedRequest seal(byte[] plain, X509Certificate recipient) throws InvalidKeyException {
    byte[] key = blob.newKey();
    try {
      return new SealedRequest(
          Base64Url.encodePadded(blob.seal(key, plain)),
          Base64Url.encodePadded(blob.seal(key, hashText(plain))),
          Base64Url.encodePadded(sessionKeys.wrap(key, recipient.getPublicKey())),
          Thumbprint.of(recipient).base64UrlPadded());
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /**
   * Opens a request, as the server does, in the order of contract ida 3.2. The result of step 7,
   * whether the bytes are a JSON object, is the caller's to find out.
   */
  public Opening open(SealedRequest sealed, DecryptionKeys keys) {
    if (sealed.request() == null) {
      return new Absent();
    }
    if (sealed.request().isEmpty()) {
      return new Refused(Fault.MISSING_REQUEST);
    }
    // Step 1: decode what is there.
    byte[] request;
    byte @Nullable [] hash;
    byte @Nullable [] sessionKey;
    try {
      request = Base64Url.decode(sealed.request());
      hash = decodeOrNull(sealed.requestHmac());
      sessionKey = decodeOrNull(sealed.requestSessionKey());
    } catch (IllegalArgumentException e) {
      return new Refused(Fault.DECODING);
    }
    // Step 2, and the rows of 2.8.
    if (hash == null) {
      return new Refused(Fault.MISSING_HMAC);
    }
    if (sessionKey == null) {
      return new Refused(Fault.MISSING_SESSION_KEY);
    }
    if (sealed.thumbprint() == null) {
      return new Refused(Fault.MISSING_THUMBPRINT);
    }
    // Step 3: the private key.
    Answer answer =
        Thumbprint.parse(sealed.thumbprint())
            .map(keys::byThumbprint)
            .orElseGet(Answer.Unknown::new);
    if (answer instanceof Answer.Found found) {
      return decrypt(request, hash, sessionKey, found.key());
    }
    return new Refused(answer instanceof Answer.Expired ? Fault.EXPIRED_KEY : Fault.UNKNOWN_KEY);
  }

  /** Steps 4 to 6: session key, hash, request, comparison. */
  private Opening decrypt(byte[] request, byte[] hash, byte[] sessionKey, PrivateKey privateKey) {
    byte[] key = sessionKeys.unwrapOrSubstitute(sessionKey, privateKey);
    try {
      byte[] claimed = blob.open(key, hash);
      byte[] plain = blob.open(key, request);
      return MessageDigest.isEqual(hashText(plain), claimed)
          ? new Opened(plain)
          : new Refused(Fault.HASH_MISMATCH);
    } catch (UndecryptableException e) {
      return new Refused(Fault.UNDECRYPTABLE);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static byte @Nullable [] decodeOrNull(@Nullable String text) {
    return text == null ? null : Base64Url.decode(text);
  }

  /** SHA-256 as upper-case hexadecimal text, 64 ASCII bytes; no HMAC in spite of the name. */
  private static byte[] hashText(byte[] plain) {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(Algorithms.sha256().digest(plain))
        .getBytes(StandardCharsets.US_ASCII);
  }
}

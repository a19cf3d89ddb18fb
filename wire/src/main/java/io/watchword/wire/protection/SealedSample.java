package io.watchword.wire.protection;

import org.jspecify.annotations.Nullable;

/**
 * The members that protect one biometric sample on its way from the device (contract ida 4.4), as
 * they travel: text, not yet decoded.
 *
 * @param value {@code bioValue}: ciphertext and tag
 * @param sessionKey the AES key, encrypted to the server's key for devices
 * @param thumbprint of the certificate to which it was encrypted; {@code null}: absent
 * @param timestamp as in the same element; from it and the next the device derived the nonce
 * @param transaction as in the same element; {@code null}: absent, which counts as empty
 */
public record SealedSample(
    String value,
    String sessionKey,
    @Nullable String thumbprint,
    String timestamp,
    @Nullable String transaction) {

  /** Without the protected texts. */
  @Override
  public String toString() {
    return "SealedSample[sealed]";
  }
}

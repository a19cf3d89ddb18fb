package io.watchword.client.ida;

import java.util.Optional;

/**
 * The individual is who they say they are, and here is what the policy lets the partner know, still
 * encrypted; {@link Authenticator#decryptResponse} opens it.
 *
 * @param transactionId of the request
 * @param token the same for this individual at this partner each time; empty if the server gives
 *     none
 * @param sealedIdentity empty if the policy allows no attribute, or none is on file
 */
public record KycResult(
    String transactionId, Optional<String> token, Optional<SealedIdentity> sealedIdentity) {

  /**
   * Identity data as it travels, base64url (contract ida 3.6).
   *
   * @param identity the encrypted identity
   * @param sessionKey the AES key, encrypted to the partner's certificate
   * @param thumbprint of that certificate, hexadecimal
   */
  public record SealedIdentity(String identity, String sessionKey, String thumbprint) {}
}

package io.watchword.server.partners;

import io.watchword.server.keys.DistinguishedName;
import javax.security.auth.x500.X500Principal;

/** How a partner's public key comes to us. */
public sealed interface PartnerKey {

  /**
   * We make the key pair, for a partner who cannot; the private key is shown once.
   *
   * @param organisation that stands in the certificate
   */
  record Generated(String organisation) implements PartnerKey {

    X500Principal subject(String partnerId) {
      return DistinguishedName.of(organisation, partnerId);
    }
  }

  /**
   * The partner shows a certificate: self-signed, or of an authority that is on file for {@code
   * AUTH}.
   *
   * @param bytes DER or PEM
   */
  @SuppressWarnings("ArrayRecordComponent") // read once; never compared
  record Presented(byte[] bytes) implements PartnerKey {}

  /**
   * The partner asks by a signing request (PKCS #10, RFC 2986).
   *
   * @param bytes DER or PEM
   */
  @SuppressWarnings("ArrayRecordComponent") // read once; never compared
  record Requested(byte[] bytes) implements PartnerKey {}
}

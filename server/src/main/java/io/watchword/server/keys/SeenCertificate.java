package io.watchword.server.keys;

import io.watchword.wire.protection.Algorithms;
import java.security.PublicKey;
import java.security.cert.X509Certificate;

/**
 * A certificate, and what is worked out of it once.
 *
 * @param key its public key, in the form of the provider that verifies with it
 * @param sha256 over DER, upper-case hexadecimal
 */
public record SeenCertificate(X509Certificate certificate, PublicKey key, String sha256) {

  /** Of one that is judged and verifies nothing, so its key stays as it is. */
  public static SeenCertificate of(X509Certificate certificate) {
    return new SeenCertificate(
        certificate, certificate.getPublicKey(), Certificates.sha256(certificate));
  }

  /** Of one that will verify. */
  public static SeenCertificate of(X509Certificate certificate, Algorithms algorithms) {
    return new SeenCertificate(
        certificate,
        algorithms.ready(certificate.getPublicKey()),
        Certificates.sha256(certificate));
  }
}

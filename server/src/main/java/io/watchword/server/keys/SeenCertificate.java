package io.watchword.server.keys;

import java.security.cert.X509Certificate;

/**
 * A certificate and its SHA-256, which is computed once.
 *
 * @param sha256 over DER, upper-case hexadecimal
 */
public record SeenCertificate(X509Certificate certificate, String sha256) {

  /** Computes the hash. */
  public static SeenCertificate of(X509Certificate certificate) {
    return new SeenCertificate(certificate, Certificates.sha256(certificate));
  }
}

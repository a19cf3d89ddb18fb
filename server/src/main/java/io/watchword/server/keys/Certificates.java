package io.watchword.server.keys;

import io.watchword.wire.protection.Thumbprint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/** Certificates between their object, DER and PEM (RFC 7468) forms. */
public final class Certificates {

  private static final int LONGEST = 64 * 1024;
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Certificates() {}

  /**
   * Reads one certificate.
   *
   * @param bytes DER or PEM
   * @throws CertificateException if it is none; the message quotes nothing of it
   */
  public static X509Certificate parse(byte[] bytes) throws CertificateException {
    if (bytes.length > LONGEST) {
      throw new CertificateException("too long for a certificate");
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new CertificateException("not an X.509 certificate");
    }
  }

  /** DER that was checked when it was stored. */
  public static X509Certificate stored(byte[] der) {
    try {
      return parse(der);
    } catch (CertificateException e) {
      throw new KeyFault("a certificate in the store is damaged", e);
    }
  }

  /** DER. */
  public static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without DER form", e);
    }
  }

  /** PEM, lines of 64 characters, with a final newline. */
  public static String pem(X509Certificate certificate) {
    return "-----BEGIN CERTIFICATE-----\n"
        + LINES.encodeToString(der(certificate))
        + "\n-----END CERTIFICATE-----\n";
  }

  /** PEM of all, in their order. */
  public static String pem(List<X509Certificate> chain) {
    return String.join("", chain.stream().map(Certificates::pem).toList());
  }

  /** Whether the certificate names itself as its issuer and its own key has signed it. */
  public static boolean isSelfSigned(X509Certificate certificate) {
    if (!certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(certificate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** SHA-256 over DER, upper-case hexadecimal. */
  public static String sha256(X509Certificate certificate) {
    return Thumbprint.of(certificate).hex();
  }
}

package io.watchword.wire.protection;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/**
 * Reads the first entry of a JWS header's {@code x5c}. RFC 7515 (section 4.1.6) has standard base64
 * of the DER there; the published client writes base64 of the PEM text, broken into lines. Both are
 * read (contract ida 3.5), see {@code docs/decisions/003-lenient-x5c.md}.
 */
public final class HeaderCertificate {

  private static final byte[] PEM_START =
      "-----BEGIN CERTIFICATE-----".getBytes(StandardCharsets.US_ASCII);

  private HeaderCertificate() {}

  /**
   * Decodes an entry: ASCII white space removed, standard or URL alphabet, padding optional; PEM if
   * the result starts with the PEM line, else DER with nothing behind it.
   *
   * @throws CertificateException if that gives no certificate; the message does not quote the text
   */
  public static X509Certificate decode(String entry) throws CertificateException {
    if (entry.length() > DetachedJws.MAX_CHARACTERS) {
      throw unreadable();
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(toStandardAlphabet(entry));
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
    X509Certificate certificate = parse(bytes);
    // The factory also reads DER in front of any bytes and PEM behind any text; neither is wanted.
    if (!startsWith(bytes, PEM_START) && !Arrays.equals(bytes, certificate.getEncoded())) {
      throw unreadable();
    }
    return certificate;
  }

  private static X509Certificate parse(byte[] bytes) throws CertificateException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw unreadable();
    }
  }

  /** The entry that RFC 7515 asks for: standard base64 of the DER, one line, with padding. */
  public static String encode(X509Certificate certificate) throws CertificateException {
    return Base64.getEncoder().encodeToString(certificate.getEncoded());
  }

  private static String toStandardAlphabet(String entry) {
    StringBuilder text = new StringBuilder(entry.length());
    for (int i = 0; i < entry.length(); i++) {
      char c = entry.charAt(i);
      switch (c) {
        case ' ', '\t', '\n', '\r', '\f' -> {}
        case '-' -> text.append('+');
        case '_' -> text.append('/');
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static CertificateException unreadable() {
    return new CertificateException("x5c[0] is not a certificate");
  }
}

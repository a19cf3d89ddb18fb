package io.watchword.wire.protection;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * SHA-256 over a certificate's DER, in the three spellings that the wire uses (contract ida 3.3).
 *
 * @param hex 64 hexadecimal digits in upper case, the form of the KYC response
 */
public record Thumbprint(String hex) {

  private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();
  private static final int BYTES = 32;

  /** Checks the form. */
  public Thumbprint {
    if (hex.length() != 2 * BYTES || !hex.chars().allMatch(Thumbprint::isUpperHex)) {
      throw new IllegalArgumentException("a thumbprint is 64 upper-case hexadecimal digits");
    }
  }

  private static boolean isUpperHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
  }

  /** The thumbprint of a certificate. */
  public static Thumbprint of(X509Certificate certificate) {
    try {
      return ofDer(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate without DER form", e);
    }
  }

  /** The thumbprint of a certificate given as DER. */
  public static Thumbprint ofDer(byte[] der) {
    return new Thumbprint(UPPER.formatHex(Algorithms.sha256().digest(der)));
  }

  /**
   * Reads what a request carries: hexadecimal in either case first, else base64url with or without
   * padding, of 32 bytes (contract ida 3.2, step 3). Anything else is empty.
   */
  public static Optional<Thumbprint> parse(String text) {
    if (HEX.matcher(text).matches()) {
      return Optional.of(new Thumbprint(UPPER.formatHex(HexFormat.of().parseHex(text))));
    }
    try {
      byte[] bytes = Base64Url.decode(text);
      return bytes.length == BYTES
          ? Optional.of(new Thumbprint(UPPER.formatHex(bytes)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Base64url with padding, 44 characters: the form of a request. */
  public String base64UrlPadded() {
    return Base64Url.encodePadded(bytes());
  }

  /** Base64url without padding, 43 characters: the form of {@code x5t#S256} in a JWS header. */
  public String base64Url() {
    return Base64Url.encode(bytes());
  }

  private byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}

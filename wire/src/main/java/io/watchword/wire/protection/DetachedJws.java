package io.watchword.wire.protection;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * A received detached JWS in compact form, {@code header..signature} (RFC 7515, appendix F;
 * contract ida 3.5 and 3.8), as the request header {@code Signature} and the response header {@code
 * response-signature} carry it. What was between the two dots is ignored; the body takes its place.
 *
 * <p>Finding the certificate's path to a trusted CA is not done here.
 */
public final class DetachedJws {

  /** The longest value that is looked at. */
  public static final int MAX_CHARACTERS = 16 * 1024;

  private final ProtectedHeader header;
  private final byte[] signature;

  private DetachedJws(ProtectedHeader header, byte[] signature) {
    this.header = header;
    this.signature = signature;
  }

  /**
   * Reads a header value. Unknown members of the protected header are ignored; {@code crit} in any
   * form and {@code "b64":false} are refused, since nothing that they could ask for is done here.
   *
   * @param allowed the algorithms that are accepted
   * @throws MalformedJwsException if the value is longer than 16 KiB, has not exactly three parts,
   *     its header is not a JSON object with an allowed {@code alg}, or a part is not base64url
   *     without padding
   */
  public static DetachedJws parse(String value, Set<JwsAlgorithm> allowed)
      throws MalformedJwsException {
    if (value.length() > MAX_CHARACTERS) {
      throw new MalformedJwsException("the signature is too long");
    }
    int first = value.indexOf('.');
    int last = value.lastIndexOf('.');
    if (first < 0 || first == last || value.indexOf('.', first + 1) != last) {
      throw new MalformedJwsException("the signature does not have three parts");
    }
    byte[] signature = ProtectedHeader.decode(value.substring(last + 1));
    return new DetachedJws(ProtectedHeader.parse(value.substring(0, first), allowed), signature);
  }

  /** The header's {@code alg}, one of those allowed. */
  public JwsAlgorithm algorithm() {
    return header.algorithm();
  }

  /**
   * The first {@code x5c} entry exactly as received, white space and all, for {@link
   * HeaderCertificate#decode}.
   */
  public Optional<String> certificateText() {
    return header.certificateText();
  }

  /**
   * A key for a cache of parsed certificates: SHA-256 of {@link #certificateText}, hexadecimal. It
   * says nothing about the certificate's own thumbprint, because one certificate has many
   * spellings.
   */
  public Optional<String> certificateTextHash() {
    return header
        .certificateText()
        .map(text ->
            HexFormat.of()
                .formatHex(Algorithms.sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Whether the signature is that of the body under the key. The protected header counts as it was
   * received, character for character; the payload is base64url of the body without padding.
   *
   * @param body the exact bytes of the HTTP body
   * @return false also if the key does not suit the algorithm or is weaker than RFC 7518 allows
   */
  public boolean verify(Algorithms algorithms, PublicKey key, byte[] body) {
    return algorithms.verifies(
        header.algorithm(), key, signature, signingInput(header.text(), body));
  }

  /** RFC 7515, section 5.1, step 5, in three parts. */
  static byte[][] signingInput(String headerText, byte[] body) {
    return new byte[][] {
      headerText.getBytes(StandardCharsets.US_ASCII),
      {'.'},
      java.util.Base64.getUrlEncoder().withoutPadding().encode(body)
    };
  }
}

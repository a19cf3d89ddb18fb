package io.watchword.wire.protection;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.List;
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

  private final String headerText;
  private final JwsAlgorithm algorithm;
  private final Optional<String> certificateText;
  private final byte[] signature;

  private DetachedJws(
      String headerText,
      JwsAlgorithm algorithm,
      Optional<String> certificateText,
      byte[] signature) {
    this.headerText = headerText;
    this.algorithm = algorithm;
    this.certificateText = certificateText;
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
    String headerText = value.substring(0, first);
    byte[] signature = decode(value.substring(last + 1));
    JWSHeader header = parseHeader(new String(decode(headerText), StandardCharsets.UTF_8));
    JwsAlgorithm algorithm =
        JwsAlgorithm.named(header.getAlgorithm().getName())
            .filter(allowed::contains)
            .orElseThrow(() -> new MalformedJwsException("the algorithm is not allowed"));
    List<Base64> chain = header.getX509CertChain();
    Optional<String> certificateText =
        chain == null || chain.isEmpty()
            ? Optional.empty()
            : Optional.of(chain.get(0).toString()).filter(text -> !text.isEmpty());
    return new DetachedJws(headerText, algorithm, certificateText, signature);
  }

  private static JWSHeader parseHeader(String json) throws MalformedJwsException {
    JWSHeader header;
    try {
      header = JWSHeader.parse(json);
    } catch (ParseException | RuntimeException e) {
      throw new MalformedJwsException("the protected header cannot be read");
    }
    if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
      throw new MalformedJwsException("the protected header asks for an unknown extension");
    }
    return header;
  }

  private static byte[] decode(String part) throws MalformedJwsException {
    if (part.isEmpty() || part.indexOf('=') >= 0) {
      throw new MalformedJwsException("a part of the signature is not unpadded base64url");
    }
    try {
      return Base64Url.decode(part);
    } catch (IllegalArgumentException e) {
      throw new MalformedJwsException("a part of the signature is not unpadded base64url");
    }
  }

  /** The header's {@code alg}, one of those allowed. */
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * The first {@code x5c} entry exactly as received, white space and all, for {@link
   * HeaderCertificate#decode}.
   */
  public Optional<String> certificateText() {
    return certificateText;
  }

  /**
   * A key for a cache of parsed certificates: SHA-256 of {@link #certificateText}, hexadecimal. It
   * says nothing about the certificate's own thumbprint, because one certificate has many
   * spellings.
   */
  public Optional<String> certificateTextHash() {
    return certificateText.map(text ->
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
    return algorithms.verifies(algorithm, key, signature, signingInput(headerText, body));
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

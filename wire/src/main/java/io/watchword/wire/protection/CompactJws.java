package io.watchword.wire.protection;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Optional;
import java.util.Set;

/**
 * A received JWS in compact form with its payload inside, {@code header.payload.signature} (RFC
 * 7515, section 3.1), as biometric devices send them (contract ida 4.4).
 *
 * <p>The payload is nobody's word until {@link #verify} has said so under a trusted key. Finding
 * the certificate's path to a trusted CA is not done here.
 */
public final class CompactJws {

  private static final int MAX_SIGNATURE = 2 * 1024;

  private final ProtectedHeader header;
  private final String payloadText;
  private final byte[] payload;
  private final byte[] signature;

  private CompactJws(ProtectedHeader header, String payloadText, byte[] payload, byte[] signature) {
    this.header = header;
    this.payloadText = payloadText;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * Reads a value. The rules for the header are those of {@link DetachedJws#parse}. The payload's
   * size is limited by whoever received it.
   *
   * @param allowed the algorithms that are accepted
   * @throws MalformedJwsException if the value has not exactly three parts, its header is longer
   *     than 16 KiB or not a JSON object with an allowed {@code alg}, or a part is empty or not
   *     base64url without padding
   */
  public static CompactJws parse(String value, Set<JwsAlgorithm> allowed)
      throws MalformedJwsException {
    int first = value.indexOf('.');
    int last = value.lastIndexOf('.');
    if (first < 0 || first == last || value.indexOf('.', first + 1) != last) {
      throw new MalformedJwsException("the signed text does not have three parts");
    }
    if (value.length() - last - 1 > MAX_SIGNATURE) {
      throw new MalformedJwsException("the signature is too long");
    }
    ProtectedHeader header = ProtectedHeader.parse(value.substring(0, first), allowed);
    String payloadText = value.substring(first + 1, last);
    return new CompactJws(
        header,
        payloadText,
        ProtectedHeader.decode(payloadText),
        ProtectedHeader.decode(value.substring(last + 1)));
  }

  /** The first {@code x5c} entry exactly as received, for {@link HeaderCertificate#decode}. */
  public Optional<String> certificateText() {
    return header.certificateText();
  }

  /**
   * Whether the signature is that of header and payload as received, character for character, under
   * the key.
   *
   * @return false also if the key does not suit the algorithm or is weaker than RFC 7518 allows
   */
  public boolean verify(Algorithms algorithms, PublicKey key) {
    return algorithms.verifies(
        header.algorithm(),
        key,
        signature,
        header.bytes(),
        new byte[] {'.'},
        payloadText.getBytes(StandardCharsets.US_ASCII));
  }

  /** The bytes that were signed, if {@link #verify} says so. */
  public byte[] payload() {
    return payload.clone();
  }
}

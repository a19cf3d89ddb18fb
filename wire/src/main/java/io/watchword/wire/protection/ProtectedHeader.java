package io.watchword.wire.protection;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The protected header of a received JWS and the rules for it, which are the same whether the
 * payload travels inside (RFC 7515, section 3.1) or apart (appendix F).
 *
 * @param text as received, which is what the signature is over
 * @param algorithm one of those allowed
 * @param certificateText the first {@code x5c} entry exactly as received; empty if there is none
 */
record ProtectedHeader(String text, JwsAlgorithm algorithm, Optional<String> certificateText) {

  /** The longest header that is looked at. */
  static final int MAX_CHARACTERS = 16 * 1024;

  /**
   * Reads a header. Unknown members are ignored; {@code crit} in any form and {@code "b64":false}
   * are refused, since nothing that they could ask for is done here.
   *
   * @throws MalformedJwsException if it is too long, not a JSON object in base64url without
   *     padding, or its {@code alg} is not allowed
   */
  static ProtectedHeader parse(String text, Set<JwsAlgorithm> allowed)
      throws MalformedJwsException {
    if (text.length() > MAX_CHARACTERS) {
      throw new MalformedJwsException("the protected header is too long");
    }
    JWSHeader header = read(new String(decode(text), StandardCharsets.UTF_8));
    JwsAlgorithm algorithm =
        JwsAlgorithm.named(header.getAlgorithm().getName())
            .filter(allowed::contains)
            .orElseThrow(() -> new MalformedJwsException("the algorithm is not allowed"));
    List<Base64> chain = header.getX509CertChain();
    Optional<String> certificateText =
        chain == null || chain.isEmpty()
            ? Optional.empty()
            : Optional.of(chain.get(0).toString()).filter(entry -> !entry.isEmpty());
    return new ProtectedHeader(text, algorithm, certificateText);
  }

  private static JWSHeader read(String json) throws MalformedJwsException {
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

  /** A part of a JWS: base64url without padding, at least one byte. */
  static byte[] decode(String part) throws MalformedJwsException {
    if (part.isEmpty() || part.indexOf('=') >= 0) {
      throw new MalformedJwsException("a part of the signature is not unpadded base64url");
    }
    try {
      return Base64Url.decode(part);
    } catch (IllegalArgumentException e) {
      throw new MalformedJwsException("a part of the signature is not unpadded base64url");
    }
  }

  /** The bytes of the header that are signed. */
  byte[] bytes() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package io.watchword.wire.protection;

import java.util.Optional;

/**
 * The signature algorithms that a JWS may carry here. {@code none} and the HMAC family are left out
 * on purpose: no setting can allow what has no name (contract ida 3.5, step 2).
 */
public enum JwsAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256, the algorithm of the published client. */
  RS256,
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384,
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512,
  /** RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes. */
  PS256,
  /** ECDSA on P-256 with SHA-256; the signature is R ‖ S, 64 bytes. */
  ES256;

  /** The algorithm of that exact name, or empty. */
  public static Optional<JwsAlgorithm> named(String name) {
    for (JwsAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }
}

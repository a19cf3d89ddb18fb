package io.watchword.server.keys;

import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.JwsAlgorithm;
import io.watchword.wire.protection.JwsSigner;
import java.security.InvalidKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Signs what the server answers with its current signing key: a JWS with detached payload (RFC
 * 7515, appendix F) by RS256. Thread-safe.
 */
public final class ResponseSigner {

  private final ServerKeys keys;
  private final Algorithms algorithms;
  private volatile @Nullable Ready ready;

  public ResponseSigner(ServerKeys keys, Algorithms algorithms) {
    this.keys = keys;
    this.algorithms = algorithms;
  }

  private record Ready(SigningKey key, JwsSigner jws) {}

  /**
   * The signature of a body, compact serialisation.
   *
   * @param body the very bytes that are sent
   */
  public String sign(byte[] body) {
    SigningKey current = keys.signingKey();
    Ready last = ready;
    if (last == null || !last.key().id().equals(current.id())) {
      last = new Ready(current, signer(current));
      ready = last;
    }
    return last.jws().sign(body);
  }

  private JwsSigner signer(SigningKey key) {
    try {
      return JwsSigner.ofServer(
          algorithms, JwsAlgorithm.RS256, key.privateKey(), key.certificate(), key.id());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the signing key does not sign", e);
    }
  }
}

package io.watchword.server.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.watchword.server.keys.ServerKeys;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of tokens by their {@code kid}, a JWK thumbprint (RFC 7638). Thread-safe. */
final class TokenKeys {

  private final ServerKeys keys;
  private volatile Known known = new Known(List.of(), Map.of());

  TokenKeys(ServerKeys keys) {
    this.keys = keys;
  }

  private record Known(List<X509Certificate> certificates, Map<String, RSAKey> byId) {}

  /** The public key of that name; {@code null}: unknown, destroyed or too old. */
  @Nullable RSAKey byId(String id) {
    return known().byId().get(id);
  }

  /** All of them, for others to judge tokens by. */
  JWKSet published() {
    return new JWKSet(new ArrayList<>(known().byId().values()));
  }

  static String id(X509Certificate certificate) {
    return jwk(certificate).getKeyID();
  }

  private Known known() {
    List<X509Certificate> now = keys.certificates(io.watchword.server.keys.KeyUse.TOKEN);
    Known last = known;
    if (!last.certificates().equals(now)) {
      Map<String, RSAKey> byId = new HashMap<>();
      for (X509Certificate certificate : now) {
        RSAKey key = jwk(certificate);
        byId.put(key.getKeyID(), key);
      }
      last = new Known(now, Map.copyOf(byId));
      known = last;
    }
    return last;
  }

  private static RSAKey jwk(X509Certificate certificate) {
    try {
      return new RSAKey.Builder((RSAPublicKey) certificate.getPublicKey())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(com.nimbusds.jose.JWSAlgorithm.RS256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException e) {
      throw new IllegalStateException("an RSA key has a thumbprint", e);
    }
  }
}

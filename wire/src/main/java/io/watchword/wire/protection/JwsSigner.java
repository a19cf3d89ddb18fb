package io.watchword.wire.protection;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Makes detached JWS values, {@code header..signature}, under one key: the request header {@code
 * Signature} of a client (contract ida 3.5) or the response header {@code response-signature} of a
 * server (3.8).
 *
 * <p>Thread-safe.
 */
public final class JwsSigner {

  private final Algorithms algorithms;
  private final JwsAlgorithm algorithm;
  private final PrivateKey key;
  private final String headerText;

  private JwsSigner(
      Algorithms algorithms, JwsAlgorithm algorithm, PrivateKey key, String headerJson)
      throws InvalidKeyException {
    this.algorithms = algorithms;
    this.algorithm = algorithm;
    this.key = algorithms.ready(key);
    this.headerText = Base64Url.encode(headerJson.getBytes(StandardCharsets.UTF_8));
    algorithms.signing(
        algorithm, key); // An unsuitable key shows at once, not at the first message.
  }

  /**
   * The client's form: protected header {@code {"alg":…,"x5c":["…"]}}.
   *
   * @param certificate whose public key belongs to the private key
   * @throws InvalidKeyException if the key does not suit the algorithm
   */
  public static JwsSigner ofPartner(
      Algorithms algorithms, JwsAlgorithm algorithm, PrivateKey key, X509Certificate certificate)
      throws InvalidKeyException {
    return new JwsSigner(
        algorithms,
        algorithm,
        key,
        "{\"alg\":\"" + algorithm.name() + "\"," + x5c(certificate) + "}");
  }

  /**
   * The server's form: protected header with {@code alg}, {@code x5c}, {@code x5t#S256} and {@code
   * kid}, the last being base64url of SHA-256 over the key's id.
   *
   * @param certificate whose public key belongs to the private key
   * @param keyId the key's unique id; only its hash is sent
   * @throws InvalidKeyException if the key does not suit the algorithm
   */
  public static JwsSigner ofServer(
      Algorithms algorithms,
      JwsAlgorithm algorithm,
      PrivateKey key,
      X509Certificate certificate,
      String keyId)
      throws InvalidKeyException {
    String kid =
        Base64Url.encode(Algorithms.sha256().digest(keyId.getBytes(StandardCharsets.UTF_8)));
    return new JwsSigner(
        algorithms,
        algorithm,
        key,
        "{\"alg\":\""
            + algorithm.name()
            + "\","
            + x5c(certificate)
            + ",\"x5t#S256\":\""
            + Thumbprint.of(certificate).base64Url()
            + "\",\"kid\":\""
            + kid
            + "\"}");
  }

  /**
   * Signs a body.
   *
   * @param body the exact bytes that are sent
   * @return the header value
   */
  public String sign(byte[] body) {
    try {
      Signature signature = algorithms.signing(algorithm, key);
      for (byte[] part : DetachedJws.signingInput(headerText, body)) {
        signature.update(part);
      }
      return headerText + ".." + Base64Url.encode(signature.sign());
    } catch (InvalidKeyException | SignatureException e) {
      throw new IllegalStateException("the signing key no longer signs", e);
    }
  }

  private static String x5c(X509Certificate certificate) {
    try {
      return "\"x5c\":[\"" + HeaderCertificate.encode(certificate) + "\"]";
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a certificate without DER form", e);
    }
  }
}

package io.watchword.wire.mobile;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/**
 * A public key of a device or of the server: P-256, as a JWK.
 *
 * @param x coordinate, 32 bytes, base64url
 * @param y coordinate, 32 bytes, base64url
 */
public record DeviceKey(String x, String y) {

  private static final int COORDINATE = 32;
  private static final int SIGNATURE = 64;

  /** The key of a point; empty: it is not on the curve, or not written as it must be. */
  public static Optional<DeviceKey> of(String x, String y) {
    try {
      if (!fits(x) || !fits(y)) {
        return Optional.empty();
      }
      // The builder refuses points that are not on the curve.
      ECKey jwk = new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y)).build();
      return Optional.of(new DeviceKey(jwk.getX().toString(), jwk.getY().toString()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** The key of a Java key. */
  public static DeviceKey of(ECPublicKey key) {
    ECKey jwk = new ECKey.Builder(Curve.P_256, key).build();
    return new DeviceKey(jwk.getX().toString(), jwk.getY().toString());
  }

  private static boolean fits(String coordinate) {
    return coordinate.length() == 43
        && new Base64URL(coordinate).decode().length == COORDINATE
        && Base64URL.encode(new Base64URL(coordinate).decode()).toString().equals(coordinate);
  }

  /** RFC 7638 thumbprint with SHA-256, base64url: the key's id. */
  public String id() {
    try {
      return jwk().computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }

  private ECKey jwk() {
    return new ECKey.Builder(Curve.P_256, new Base64URL(x), new Base64URL(y)).build();
  }

  private PublicKey key() {
    try {
      return jwk().toECPublicKey();
    } catch (JOSEException e) {
      throw new IllegalStateException(e); // every Java has P-256
    }
  }

  /** SubjectPublicKeyInfo in PEM. */
  public String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + java.util.Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * Whether a signature is this key's.
   *
   * @param signature r and s of 32 bytes each, as WebCrypto writes them
   */
  public boolean verifies(SignedText text, byte[] signature) {
    if (signature.length != SIGNATURE) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
      verifier.initVerify(key());
      verifier.update(text.bytes());
      return verifier.verify(signature);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Signs with a private key; r and s of 32 bytes each. */
  public static byte[] sign(PrivateKey key, SignedText text) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(key);
    signer.update(text.bytes());
    return signer.sign();
  }
}

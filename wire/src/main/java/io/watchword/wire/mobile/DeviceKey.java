package io.watchword.wire.mobile;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;
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
  private static final BigInteger PRIME =
      ((ECFieldFp) Curve.P_256.toECParameterSpec().getCurve().getField()).getP();

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

  /**
   * The key of a Java key.
   *
   * @throws IllegalArgumentException if it is of another curve
   */
  public static DeviceKey of(ECPublicKey key) {
    return of(coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()))
        .orElseThrow(() -> new IllegalArgumentException("not a key of P-256"));
  }

  private static String coordinate(BigInteger value) {
    return ECKey.encodeCoordinate(COORDINATE * 8, value).toString();
  }

  private static boolean fits(String coordinate) {
    return coordinate.length() == 43
        && new Base64URL(coordinate).decode().length == COORDINATE
        // The check of the point reduces first, so that one key would have two ids.
        && new BigInteger(1, new Base64URL(coordinate).decode()).compareTo(PRIME) < 0
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
    // Java 17 before 17.0.3 takes zeros for a good signature of anything (CVE-2022-21449).
    if (signature.length != SIGNATURE || isZero(signature, 0) || isZero(signature, COORDINATE)) {
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

  private static boolean isZero(byte[] signature, int from) {
    return Arrays.equals(signature, from, from + COORDINATE, new byte[COORDINATE], 0, COORDINATE);
  }

  /** Signs with a private key; r and s of 32 bytes each. */
  public static byte[] sign(PrivateKey key, SignedText text) throws GeneralSecurityException {
    Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
    signer.initSign(key);
    signer.update(text.bytes());
    return signer.sign();
  }
}

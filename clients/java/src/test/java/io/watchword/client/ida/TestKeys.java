package io.watchword.client.ida;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Keys and certificates for the tests of this package, made once a run. */
final class TestKeys {

  /** The time at which all tests take place. */
  static final Instant NOW = Instant.parse("2025-01-16T11:02:15.123Z");

  static final KeyPair CA_KEYS = rsa();
  static final X509Certificate CA = issue("CN=CA", CA_KEYS, "CN=CA", CA_KEYS, true, NOW);
  static final Holder PARTNER = issued("CN=Partner");
  static final Holder ENCRYPTION = issued("CN=IDA PARTNER");
  static final Holder SIGN = issued("CN=IDA SIGN");

  private TestKeys() {}

  /** A private key and its certificate. */
  record Holder(PrivateKey key, X509Certificate certificate) {}

  static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Holder issued(String name) {
    KeyPair keys = rsa();
    return new Holder(keys.getPrivate(), issue(name, keys, "CN=CA", CA_KEYS, false, NOW));
  }

  /** A certificate that is valid from the day before to the day after the given time. */
  static X509Certificate issue(
      String name, KeyPair keys, String issuer, KeyPair issuerKeys, boolean ca, Instant around) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              BigInteger.ONE,
              Date.from(around.minus(Duration.ofDays(1))),
              Date.from(around.plus(Duration.ofDays(1))),
              new X500Principal(name),
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withRSA").build(issuerKeys.getPrivate())));
    } catch (GeneralSecurityException | CertIOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.watchword.testkit.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority that certifies devices or the trust modules inside them. Its {@link #certificate} is
 * what a server has to trust for the domain {@code Device} or {@code FTM}.
 */
public final class DeviceAuthority {

  private static final Duration LIFE = Duration.ofDays(365);

  private final X500Name name;
  private final KeyPair keys;
  private final Instant from;
  private final SecureRandom random;
  private final X509Certificate certificate;

  /**
   * @param name of the authority, a common name
   * @param from when its certificate and those that it issues begin to be valid, for a year
   */
  public DeviceAuthority(String name, Instant from, SecureRandom random) {
    this.name = new X500Name("CN=" + name);
    this.keys = newKeys(random);
    this.from = from;
    this.random = random;
    this.certificate = certify(this.name, keys, true);
  }

  /** Self-signed. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A key with a certificate of this authority. */
  record Certified(KeyPair keys, X509Certificate certificate) {}

  Certified certify(String subject) {
    KeyPair made = newKeys(random);
    return new Certified(made, certify(new X500Name("CN=" + subject), made, false));
  }

  private X509Certificate certify(X500Name subject, KeyPair subjectKeys, boolean authority) {
    try {
      var builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(120, random),
              Date.from(from),
              Date.from(from.plus(LIFE)),
              subject,
              subjectKeys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyPair newKeys(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

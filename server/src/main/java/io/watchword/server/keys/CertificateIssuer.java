package io.watchword.server.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues X.509 version 3 certificates (RFC 5280) under one private key, SHA-256 with RSA. */
public final class CertificateIssuer {

  // Clocks of callers that are a little slow must not find a new certificate "not yet valid".
  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final int SERIAL_BITS = 127;

  private final X500Principal name;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final SecureRandom random;

  private CertificateIssuer(
      X500Principal name, PublicKey publicKey, PrivateKey privateKey, SecureRandom random) {
    this.name = name;
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.random = random;
  }

  /** An issuer that has a certificate. */
  static CertificateIssuer of(
      X509Certificate certificate, PrivateKey privateKey, SecureRandom random) {
    return new CertificateIssuer(
        certificate.getSubjectX500Principal(), certificate.getPublicKey(), privateKey, random);
  }

  /** An issuer for a certificate of its own key, self-signed. */
  public static CertificateIssuer selfSigned(
      X500Principal name, PublicKey publicKey, PrivateKey privateKey, SecureRandom random) {
    return new CertificateIssuer(name, publicKey, privateKey, random);
  }

  /** What a certificate may be used for. */
  public enum Profile {
    /** Signs other certificates, among them those of authorities. */
    ROOT,
    /** Signs end certificates. */
    AUTHORITY,
    /** Signs messages, and has keys encrypted to it. */
    END
  }

  /**
   * Issues a certificate.
   *
   * @param validity from five minutes before now
   */
  public X509Certificate issue(
      X500Principal subject,
      PublicKey subjectKey,
      Profile profile,
      Instant now,
      Duration validity) {
    Instant from = now.minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
    BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name, serial, Date.from(from), Date.from(from.plus(validity)), subject, subjectKey);
      var extensions = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subjectKey));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(publicKey));
      builder.addExtension(Extension.basicConstraints, true, constraints(profile));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage(profile)));
      var signer = new JcaContentSignerBuilder("SHA256withRSA").build(privateKey);
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a certificate for " + subject + " cannot be issued", e);
    }
  }

  private static BasicConstraints constraints(Profile profile) {
    return switch (profile) {
      case ROOT -> new BasicConstraints(true);
      case AUTHORITY -> new BasicConstraints(0);
      case END -> new BasicConstraints(false);
    };
  }

  private static int usage(Profile profile) {
    return switch (profile) {
      case ROOT, AUTHORITY -> KeyUsage.keyCertSign | KeyUsage.cRLSign;
      case END -> KeyUsage.digitalSignature | KeyUsage.keyEncipherment | KeyUsage.dataEncipherment;
    };
  }
}

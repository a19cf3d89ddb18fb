package io.watchword.server.partners;

import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.CertificateIssuer.Profile;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.CertificateTrust.Trust;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.ServerKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Judges what a partner shows of its key, and issues the signed certificate for it. */
final class PartnerCertificates {

  private static final int LEAST_RSA_BITS = 2048;
  // RSA's cost grows with the cube of the size, and every request pays it.
  private static final int MOST_RSA_BITS = 4096;
  private static final int LONGEST_REQUEST = 64 * 1024;
  private static final Duration VALIDITY = Duration.ofDays(2 * 365);
  private static final byte[] PEM_START = "-----BEGIN".getBytes(StandardCharsets.US_ASCII);

  private final ServerKeys keys;
  private final CertificateTrust trust;
  private final SecureRandom random;

  PartnerCertificates(ServerKeys keys, CertificateTrust trust, SecureRandom random) {
    this.keys = keys;
    this.trust = trust;
    this.random = random;
  }

  /**
   * @param chain the partner's signed certificate first, the root last
   * @param privateKey only if we made it
   */
  record Issued(List<X509Certificate> chain, @Nullable PrivateKey privateKey) {}

  /** A public key, whose it is, and how that was shown. */
  private record Subject(
      X500Principal name, PublicKey publicKey, @Nullable PrivateKey privateKey) {}

  /**
   * @throws ProvisioningRefused with everything that is wrong with the key
   */
  Issued issue(String partnerId, PartnerKey key, Instant now) {
    Subject subject =
        switch (key) {
          case PartnerKey.Generated generated -> generate(generated.subject(partnerId));
          case PartnerKey.Presented(byte[] bytes) -> presented(bytes, now);
          case PartnerKey.Requested(byte[] bytes) -> requested(bytes);
        };
    List<String> problems = new ArrayList<>();
    checkKey(subject.publicKey(), problems);
    checkName(subject.name(), problems);
    if (!problems.isEmpty()) {
      throw new ProvisioningRefused(problems);
    }
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(
        keys.partnerIssuer()
            .issue(subject.name(), subject.publicKey(), Profile.END, now, VALIDITY));
    chain.addAll(keys.partnerChain());
    return new Issued(List.copyOf(chain), subject.privateKey());
  }

  private Subject generate(X500Principal name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(LEAST_RSA_BITS, random);
      KeyPair pair = generator.generateKeyPair();
      return new Subject(name, pair.getPublic(), pair.getPrivate());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private Subject presented(byte[] bytes, Instant now) {
    X509Certificate certificate;
    try {
      certificate = Certificates.parse(bytes);
    } catch (CertificateException e) {
      throw new ProvisioningRefused("this is not an X.509 certificate in PEM or DER");
    }
    Subject subject =
        new Subject(certificate.getSubjectX500Principal(), certificate.getPublicKey(), null);
    List<String> problems = new ArrayList<>();
    // The size first: the signature of a self-signed certificate is checked with this very key.
    checkKey(subject.publicKey(), problems);
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      problems.add("the certificate is not valid before " + certificate.getNotBefore().toInstant());
    } else if (now.isAfter(certificate.getNotAfter().toInstant())) {
      problems.add("the certificate expired at " + certificate.getNotAfter().toInstant());
    } else if (problems.isEmpty()
        && !Certificates.isSelfSigned(certificate)
        && trust.judge(Domain.AUTH, SeenCertificate.of(certificate), now) != Trust.TRUSTED) {
      problems.add(
          "the certificate is neither self-signed nor of a trusted authority; put its issuer on"
              + " file first");
    }
    if (!problems.isEmpty()) {
      checkName(subject.name(), problems);
      throw new ProvisioningRefused(problems);
    }
    return subject;
  }

  private static Subject requested(byte[] bytes) {
    if (bytes.length > LONGEST_REQUEST) {
      throw new ProvisioningRefused("the signing request is longer than 64 KiB");
    }
    try {
      var request = new JcaPKCS10CertificationRequest(der(bytes));
      PublicKey publicKey = request.getPublicKey();
      List<String> problems = new ArrayList<>();
      checkKey(publicKey, problems);
      if (!problems.isEmpty()) {
        throw new ProvisioningRefused(problems);
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(publicKey))) {
        throw new ProvisioningRefused(
            "the signing request is not signed with the private key that belongs to it");
      }
      return new Subject(new X500Principal(request.getSubject().getEncoded()), publicKey, null);
    } catch (IOException
        | GeneralSecurityException
        | OperatorCreationException
        | PKCSException
        | IllegalArgumentException e) {
      throw new ProvisioningRefused("this is not a signing request (PKCS #10) in PEM or DER");
    }
  }

  private static byte[] der(byte[] bytes) throws IOException {
    if (bytes.length < PEM_START.length
        || !new String(bytes, 0, PEM_START.length, StandardCharsets.ISO_8859_1)
            .equals(new String(PEM_START, StandardCharsets.ISO_8859_1))) {
      return bytes;
    }
    try (var reader =
        new PemReader(new StringReader(new String(bytes, StandardCharsets.US_ASCII)))) {
      PemObject object = reader.readPemObject();
      if (object == null || !object.getType().endsWith("CERTIFICATE REQUEST")) {
        throw new IOException("another kind of PEM");
      }
      return object.getContent();
    }
  }

  private static void checkKey(PublicKey key, List<String> problems) {
    if (!(key instanceof RSAPublicKey rsa)) {
      problems.add("the key is " + key.getAlgorithm() + "; it must be RSA");
      return;
    }
    int bits = rsa.getModulus().bitLength();
    if (bits < LEAST_RSA_BITS || bits > MOST_RSA_BITS) {
      problems.add("the RSA key has " + bits + " bits; it must have 2048 to 4096");
    }
  }

  private static void checkName(X500Principal name, List<String> problems) {
    if (X500Name.getInstance(name.getEncoded()).getRDNs(BCStyle.O).length == 0) {
      problems.add("the subject names no organisation (O)");
    }
  }
}

package io.watchword.server.keys;

import io.watchword.server.keys.CertificateIssuer.Profile;
import io.watchword.wire.protection.Algorithms;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/** Makes the server's key pairs with their certificates, and wraps and unwraps private keys. */
final class KeyPairMaker {

  private static final int RSA_BITS = 2048;
  private static final int KEY_ID_BYTES = 16;

  private final MasterKey master;
  private final SealedBytes sealing;
  private final Algorithms algorithms;
  private final SecureRandom random;
  private final String organisation;

  KeyPairMaker(MasterKey master, Algorithms algorithms, SecureRandom random, String organisation) {
    this.master = master;
    this.algorithms = algorithms;
    this.sealing = new SealedBytes(algorithms, random);
    this.random = random;
    this.organisation = organisation;
  }

  private KeyPair generate(KeyUse use) {
    return use.elliptic() ? generateElliptic(random) : generate(random);
  }

  private static KeyPair generateElliptic(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has P-256", e);
    }
  }

  /** A new RSA key pair of 2048 bits. */
  static KeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(RSA_BITS, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** The root, signed by itself. */
  KeyPairs.Pair makeRoot(Instant now) {
    KeyPair pair = generate(random);
    X500Principal name = name(KeyUse.ROOT_CA, 1);
    CertificateIssuer self =
        CertificateIssuer.selfSigned(name, pair.getPublic(), pair.getPrivate(), random);
    X509Certificate certificate =
        self.issue(name, pair.getPublic(), Profile.ROOT, now, KeyUse.ROOT_CA.validity());
    return wrap(KeyUse.ROOT_CA, 1, now, pair.getPrivate(), certificate);
  }

  /** Any other pair, signed by the root. */
  KeyPairs.Pair make(
      KeyUse use, int version, Instant now, Instant currentFrom, KeyPairs.Pair root) {
    SigningKey signer = root.signing();
    KeyPair pair = generate(use);
    X509Certificate certificate =
        CertificateIssuer.of(signer.certificate(), signer.privateKey(), random)
            .issue(
                name(use, version),
                pair.getPublic(),
                use.authority() ? Profile.AUTHORITY : Profile.END,
                now,
                use.validity());
    return wrap(use, version, currentFrom, pair.getPrivate(), certificate);
  }

  // The version is part of the name: path building must tell two authorities apart.
  private X500Principal name(KeyUse use, int version) {
    String commonName = use.commonName() + (version == 1 ? "" : " " + version);
    return DistinguishedName.of(organisation, commonName);
  }

  private KeyPairs.Pair wrap(
      KeyUse use,
      int version,
      Instant currentFrom,
      PrivateKey privateKey,
      X509Certificate certificate) {
    byte[] id = new byte[KEY_ID_BYTES];
    random.nextBytes(id);
    byte[] plain = privateKey.getEncoded();
    byte[] wrapped = master.wrap(sealing, plain, KeyPairRow.key(use, version).id());
    Arrays.fill(plain, (byte) 0);
    var row =
        new KeyPairRow(
            use,
            version,
            HexFormat.of().formatHex(id),
            currentFrom,
            null,
            master.id(),
            wrapped,
            Certificates.der(certificate));
    return pair(row, privateKey, certificate);
  }

  /**
   * @throws KeyFault if the master key is another, or the row was altered
   */
  KeyPairs.Pair unwrap(KeyPairRow row) {
    X509Certificate certificate = Certificates.stored(row.certificate());
    if (row.destroyedAt() != null) {
      return new KeyPairs.Pair(row, null, certificate);
    }
    String label = KeyPairRow.key(row.use(), row.version()).id();
    byte[] plain = master.unwrap(sealing, row.master(), row.wrapped(), label);
    try {
      PrivateKey key =
          KeyFactory.getInstance(row.use().elliptic() ? "EC" : "RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(plain));
      return pair(row, key, certificate);
    } catch (GeneralSecurityException e) {
      throw new KeyFault("the key pair " + label + " in the store is damaged", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /** Authorities sign rarely, and by a library that wants keys of the platform. */
  private KeyPairs.Pair pair(KeyPairRow row, PrivateKey key, X509Certificate certificate) {
    boolean plain = row.use().authority() || row.use().elliptic();
    return KeyPairs.Pair.of(row, plain ? key : algorithms.ready(key), certificate);
  }
}

package io.watchword.server.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The demo's own certificate authority and the certificate of its server, X.509 version 3 (RFC
 * 5280) with P-256 keys, in PEM files of mode 0600. The authority is made once and kept, since
 * phones are told to trust it; the server's certificate and key are new at each start.
 *
 * <p>The authority can vouch for {@code localhost} and for addresses of private networks only (name
 * constraints, RFC 5280, 4.2.1.10): whoever steals its key gains nothing elsewhere over a phone
 * that trusts it.
 */
public final class DemoAuthority {

  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);

  /** Browsers take no longer one than 398 days. */
  private static final Duration SERVER_LIFE = Duration.ofDays(90);

  private static final Duration BACKDATED = Duration.ofMinutes(5);
  private static final String SIGNATURE = "SHA256withECDSA";

  private static final List<String> NETWORKS =
      List.of(
          "127.0.0.0/8",
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "100.64.0.0/10",
          "::1/128",
          "fc00::/7");

  private final Path folder;
  private final InstantSource clock;
  private final SecureRandom random;

  /**
   * @param folder of the files; made when it is first needed
   */
  public DemoAuthority(Path folder, InstantSource clock, SecureRandom random) {
    this.folder = folder;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The files.
   *
   * @param authority certificate of the authority
   * @param fingerprint its SHA-256, as phones show it: pairs of hexadecimal digits with colons
   * @param certificate of the server, followed by the authority's
   * @param key of the server's certificate
   */
  public record Issued(Path authority, String fingerprint, Path certificate, Path key) {}

  private record Authority(X509Certificate certificate, PrivateKey key) {}

  /**
   * Writes a new certificate for the server, for {@code localhost}, the loopback's addresses and
   * more.
   *
   * @param addresses of private networks
   */
  public Issued issue(List<InetAddress> addresses) {
    try {
      Authority authority = kept().orElse(null);
      if (authority == null) {
        authority = make();
      }
      KeyPair keys = keys();
      X509Certificate certificate = certificate(authority, keys.getPublic(), addresses);
      Path key = folder.resolve("server.key");
      Path chain = folder.resolve("server.pem");
      PrivateFiles.write(key, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      PrivateFiles.write(
          chain,
          (new String(pem("CERTIFICATE", certificate.getEncoded()), US_ASCII)
                  + new String(pem("CERTIFICATE", authority.certificate().getEncoded()), US_ASCII))
              .getBytes(US_ASCII));
      return new Issued(authorityFile(), fingerprint(authority.certificate()), chain, key);
    } catch (IOException e) {
      throw new UncheckedIOException("the certificates in " + folder + " cannot be written", e);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate can be made for the demo", e);
    }
  }

  private Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  private Path authorityKeyFile() {
    return folder.resolve("ca.key");
  }

  /** The authority of an earlier start, if it outlives what it is to sign. */
  private Optional<Authority> kept() throws IOException {
    if (!Files.exists(authorityFile()) || !Files.exists(authorityKeyFile())) {
      return Optional.empty();
    }
    try {
      var certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(Files.readAllBytes(authorityFile())));
      String key =
          Files.readString(authorityKeyFile(), US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
      PrivateKey privateKey =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
      Instant end = certificate.getNotAfter().toInstant();
      return end.isBefore(clock.instant().plus(SERVER_LIFE))
          ? Optional.empty()
          : Optional.of(new Authority(certificate, privateKey));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Not quoted: one of the files holds a key.
      throw new IllegalStateException(
          folder + " does not hold the demo's authority; remove it to have a new one");
    }
  }

  private Authority make() throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair keys = keys();
    byte[] id = new byte[3];
    random.nextBytes(id);
    var name = new X500Principal("CN=Watchword demo CA " + HexFormat.of().formatHex(id));
    X509v3CertificateBuilder builder =
        builder(name, keys.getPublic(), name, keys.getPublic(), AUTHORITY_LIFE);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.nameConstraints,
        true,
        new NameConstraints(
            Stream.concat(
                    Stream.of(new GeneralName(GeneralName.dNSName, "localhost")),
                    NETWORKS.stream().map(it -> new GeneralName(GeneralName.iPAddress, it)))
                .map(GeneralSubtree::new)
                .toArray(GeneralSubtree[]::new),
            null));
    X509Certificate certificate = signed(builder, keys.getPrivate());
    PrivateFiles.write(authorityKeyFile(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
    PrivateFiles.write(authorityFile(), pem("CERTIFICATE", certificate.getEncoded()));
    return new Authority(certificate, keys.getPrivate());
  }

  private X509Certificate certificate(
      Authority authority, PublicKey key, List<InetAddress> addresses)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    X509v3CertificateBuilder builder =
        builder(
            authority.certificate().getSubjectX500Principal(),
            authority.certificate().getPublicKey(),
            new X500Principal("CN=localhost"),
            key,
            SERVER_LIFE);
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    for (InetAddress address : addresses) {
      if (LanAddresses.isPrivate(address)) {
        names.add(new GeneralName(GeneralName.iPAddress, text(address)));
      }
    }
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(names.toArray(GeneralName[]::new)));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    return signed(builder, authority.key());
  }

  /** An address as it stands in a certificate or, in brackets if need be, in a URL: no zone. */
  public static String text(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }

  private X509v3CertificateBuilder builder(
      X500Principal issuer,
      PublicKey issuerKey,
      X500Principal subject,
      PublicKey key,
      Duration life)
      throws IOException, GeneralSecurityException {
    Instant from = clock.instant().minus(BACKDATED).truncatedTo(ChronoUnit.SECONDS);
    var builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            new BigInteger(127, random).setBit(126),
            Date.from(from),
            Date.from(from.plus(life)),
            subject,
            key);
    var extensions = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions.createAuthorityKeyIdentifier(issuerKey));
    return builder;
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
  }

  private KeyPair keys() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static byte[] pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, body, label)
        .getBytes(US_ASCII);
  }

  private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
  }
}

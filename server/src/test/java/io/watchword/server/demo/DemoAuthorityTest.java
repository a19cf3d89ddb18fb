package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.watchword.testkit.time.HandClock;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoAuthorityTest {

  @TempDir Path data;
  private final HandClock clock = new HandClock(Instant.parse("2026-11-27T10:00:00Z"));

  private Path folder() {
    return data.resolve("tls");
  }

  private DemoAuthority.Issued issue(String... addresses) {
    return new DemoAuthority(folder(), clock, new SecureRandom())
        .issue(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
  }

  private static X509Certificate certificate(Path file) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static List<String> names(DemoAuthority.Issued issued) throws Exception {
    return certificate(issued.certificate()).getSubjectAlternativeNames().stream()
        .map(each -> each.get(1).toString())
        .toList();
  }

  private void validate(DemoAuthority.Issued issued) throws Exception {
    CertPath path =
        CertificateFactory.getInstance("X.509")
            .generateCertPath(List.of(certificate(issued.certificate())));
    var parameters =
        new PKIXParameters(Set.of(new TrustAnchor(certificate(issued.authority()), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(clock.instant()));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  @Test
  @DisplayName("no address outside private networks gets into a certificate")
  void publicAddress() throws Exception {
    assertThat(names(issue("8.8.8.8", "2001:db8::1", "fe80::1", "192.168.1.5")))
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.168.1.5");
  }

  @Test
  @DisplayName("the certificate has localhost, the loopback and the machine's own addresses")
  void names() throws Exception {
    DemoAuthority.Issued issued = issue("10.1.2.3", "fd00::7", "100.64.0.9");
    assertThat(names(issued))
        .containsExactly(
            "localhost",
            "127.0.0.1",
            "0:0:0:0:0:0:0:1",
            "10.1.2.3",
            "fd00:0:0:0:0:0:0:7",
            "100.64.0.9");
    X509Certificate own = certificate(issued.certificate());
    assertThat(own.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(own.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(Duration.between(own.getNotBefore().toInstant(), own.getNotAfter().toInstant()))
        .isLessThan(Duration.ofDays(398));
    validate(issued);
  }

  /** Whether a phone that knows RFC 5280, 4.2.1.10 believes what the authority says of a name. */
  private static boolean mayVouchFor(X509Certificate authority, int type, String name)
      throws Exception {
    NameConstraints constraints =
        NameConstraints.getInstance(
            ASN1OctetString.getInstance(authority.getExtensionValue("2.5.29.30")).getOctets());
    var validator = new PKIXNameConstraintValidator();
    validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
    try {
      validator.checkPermitted(new GeneralName(type, name));
      return true;
    } catch (NameConstraintValidatorException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2, bank.example, false",
    "2, notlocalhost, false",
    "2, localhost, true",
    "7, 8.8.8.8, false",
    "7, 172.32.0.1, false",
    "7, 2001:db8::1, false",
    "7, 127.0.0.1, true",
    "7, 192.168.1.5, true",
    "7, 172.31.0.1, true",
    "7, fd00::1, true"
  })
  @DisplayName("what the authority signs for other networks is worth nothing")
  void constrained(int type, String name, boolean permitted) throws Exception {
    X509Certificate authority = certificate(issue().authority());
    assertThat(authority.getCriticalExtensionOIDs()).contains("2.5.29.30");
    assertThat(mayVouchFor(authority, type, name)).isEqualTo(permitted);
  }

  @Test
  @DisplayName("every file is its owner's only, the keys above all")
  void modes() throws Exception {
    issue();
    try (Stream<Path> files = Files.list(folder())) {
      List<Path> all = files.toList();
      assertThat(all)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder("ca.pem", "ca.key", "server.pem", "server.key");
      for (Path file : all) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as("%s", file)
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  @DisplayName("a restart keeps the authority and makes a new key and certificate for the server")
  void restart() throws Exception {
    DemoAuthority.Issued first = issue();
    X509Certificate authority = certificate(first.authority());
    X509Certificate own = certificate(first.certificate());
    clock.move(Duration.ofDays(30));
    DemoAuthority.Issued second = issue("192.168.1.5");
    assertThat(certificate(second.authority())).isEqualTo(authority);
    assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).matches("([0-9A-F]{2}:){31}..");
    assertThat(certificate(second.certificate()).getPublicKey()).isNotEqualTo(own.getPublicKey());
    assertThat(names(second)).contains("192.168.1.5");
    validate(second);
  }

  @Test
  @DisplayName("an authority that ends soon is replaced")
  void ended() throws Exception {
    X509Certificate authority = certificate(issue().authority());
    clock.move(Duration.ofDays(3650 - 91));
    assertThat(certificate(issue().authority())).isEqualTo(authority);
    clock.move(Duration.ofDays(2));
    assertThat(certificate(issue().authority())).isNotEqualTo(authority);
  }

  @Test
  @DisplayName("files that hold no authority are not overwritten, and the message quotes nothing")
  void broken() throws Exception {
    DemoAuthority.Issued issued = issue();
    Path key = folder().resolve("ca.key");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
    assertThatIllegalStateException()
        .isThrownBy(this::issue)
        .withMessageContaining("remove it")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c2VjcmV0"))
        .withNoCause();
    assertThat(issued.authority()).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "fe80::1", "2001:db8::1"})
  @DisplayName("addresses that are of no private network")
  void notPrivate(String address) {
    assertThat(LanAddresses.isPrivate(InetAddress.ofLiteral(address))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.1", "172.31.0.1", "192.168.7.7", "100.127.0.1", "fd12::1"})
  @DisplayName("addresses of private networks")
  void isPrivate(String address) {
    assertThat(LanAddresses.isPrivate(InetAddress.ofLiteral(address))).isTrue();
  }
}

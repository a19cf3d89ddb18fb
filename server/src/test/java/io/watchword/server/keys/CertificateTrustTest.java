package io.watchword.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.CertificateIssuer.Profile;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.HeaderCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTrustTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration YEAR = Duration.ofDays(365);
  private static final KeyPair ROOT_KEY = KeyPairMaker.generate(RANDOM);
  private static final KeyPair MIDDLE_KEY = KeyPairMaker.generate(RANDOM);
  private static final KeyPair LEAF_KEY = KeyPairMaker.generate(RANDOM);
  private static final X500Principal ROOT_NAME = DistinguishedName.of("Example", "Root");
  private static final X500Principal MIDDLE_NAME = DistinguishedName.of("Example", "Middle");
  private static final X500Principal LEAF_NAME = DistinguishedName.of("Example Bank", "Leaf");

  @TempDir Path folder;

  private Store store;
  private CertificateTrust trust;
  private final X509Certificate root = selfSigned(ROOT_NAME, ROOT_KEY, Profile.ROOT, NOW, YEAR);
  private final X509Certificate middle =
      issuedBy(root, ROOT_KEY)
          .issue(MIDDLE_NAME, MIDDLE_KEY.getPublic(), Profile.AUTHORITY, NOW, YEAR);
  private final X509Certificate leaf = leaf(NOW, YEAR);

  @BeforeEach
  void openStore() {
    store = KeysStore.open(folder);
    trust = new CertificateTrust(store);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void withoutAuthoritiesNobodyIsTrusted() {
    assertThat(trusted(leaf, NOW)).isFalse();
  }

  @Test
  void aSelfSignedLeafIsNotTrusted() {
    upload(Domain.AUTH, root);
    assertThat(trusted(selfSigned(LEAF_NAME, LEAF_KEY, Profile.END, NOW, YEAR), NOW)).isFalse();
  }

  @Test
  void aSelfSignedLeafUnderTheNameOfTheRootIsNotTrusted() {
    upload(Domain.AUTH, root);
    assertThat(trusted(selfSigned(ROOT_NAME, LEAF_KEY, Profile.ROOT, NOW, YEAR), NOW)).isFalse();
  }

  @Test
  void aPathToAnAuthorityThatIsNotOnFileIsNotTrusted() {
    upload(Domain.AUTH, selfSigned(ROOT_NAME, LEAF_KEY, Profile.ROOT, NOW, YEAR));
    upload(Domain.AUTH, middle);
    assertThat(trusted(leaf, NOW)).isFalse();
  }

  @Test
  void anIntermediateAloneIsNoAnchor() {
    upload(Domain.AUTH, middle);
    assertThat(trusted(leaf, NOW)).isFalse();
  }

  @Test
  void anAuthorityOfAnotherDomainDoesNotCount() {
    upload(Domain.DEVICE, root);
    upload(Domain.DEVICE, middle);
    assertThat(trusted(leaf, NOW)).isFalse();
    assertThat(trust.trusts(Domain.DEVICE, SeenCertificate.of(leaf), NOW)).isTrue();
    assertThat(trust.trusts(Domain.FTM, SeenCertificate.of(leaf), NOW)).isFalse();
  }

  @Test
  void aLeafIsTrustedWithinItsOwnTimeOnlyAlsoWhenTheAnswerIsRemembered() {
    uploadAll();
    assertThat(trusted(leaf, leaf.getNotBefore().toInstant().minusSeconds(1))).isFalse();
    assertThat(trusted(leaf, leaf.getNotBefore().toInstant())).isTrue();
    assertThat(trusted(leaf, NOW)).isTrue();
    assertThat(trusted(leaf, leaf.getNotAfter().toInstant())).isTrue();
    assertThat(trusted(leaf, leaf.getNotAfter().toInstant().plusSeconds(1))).isFalse();
  }

  @Test
  void aLeafThatIsNotYetValidIsNotTrusted() {
    uploadAll();
    X509Certificate early = leaf(NOW.plus(Duration.ofDays(2)), Duration.ofDays(30));
    assertThat(trusted(early, NOW)).isFalse();
    assertThat(trusted(early, NOW.plus(Duration.ofDays(3)))).isTrue();
  }

  @Test
  void trustEndsWithTheTimeOfTheIntermediateOrTheRoot() {
    X509Certificate shortRoot =
        selfSigned(ROOT_NAME, ROOT_KEY, Profile.ROOT, NOW, Duration.ofDays(10));
    upload(Domain.AUTH, shortRoot);
    upload(Domain.AUTH, middle);
    assertThat(trusted(leaf, NOW.plus(Duration.ofDays(9)))).isTrue();
    assertThat(trusted(leaf, NOW.plus(Duration.ofDays(10)))).isFalse();
    // Distrust is remembered for a minute, trust not beyond its time.
    assertThat(trusted(leaf, NOW.plus(Duration.ofDays(9)))).isTrue();
  }

  @Test
  void anEndCertificateCannotVouchForAnother() {
    uploadAll();
    X509Certificate below =
        issuedBy(leaf, LEAF_KEY)
            .issue(DistinguishedName.of("X", "Y"), MIDDLE_KEY.getPublic(), Profile.END, NOW, YEAR);
    upload(Domain.AUTH, leaf);
    assertThat(trusted(below, NOW)).isFalse();
  }

  @Test
  void removingAnAuthorityEndsTrustAtTheNextRefresh() {
    uploadAll();
    assertThat(trusted(leaf, NOW)).isTrue();
    change(CaCertificate.key(Domain.AUTH, Certificates.sha256(root)), null);
    assertThat(trusted(leaf, NOW)).isTrue();
    trust.refresh();
    assertThat(trusted(leaf, NOW)).isFalse();
  }

  @Test
  void anAuthorityOnFileIsItselfTrustedAsLongAsItIsValid() {
    upload(Domain.AUTH, root);
    assertThat(trusted(root, NOW)).isTrue();
    assertThat(trusted(root, NOW.plus(YEAR))).isFalse();
    assertThat(trusted(middle, NOW)).isTrue();
  }

  @Test
  void theSameCertificateInBothSpellingsIsReadOnce() throws Exception {
    var seen = new SeenCertificates(Algorithms.ofJdk());
    assertThat(seen.read("not a certificate")).isEmpty();
    assertThat(seen.read("")).isEmpty();
    String standard = HeaderCertificate.encode(leaf);
    String ofPem =
        Base64.getMimeEncoder(76, new byte[] {'\n'})
            .encodeToString(Certificates.pem(leaf).getBytes(StandardCharsets.US_ASCII));
    assertThat(seen.read(standard).orElseThrow()).isSameAs(seen.read(standard).orElseThrow());
    assertThat(seen.read(ofPem).orElseThrow()).isEqualTo(seen.read(standard).orElseThrow());
    assertThat(seen.read(ofPem).orElseThrow().sha256()).isEqualTo(Certificates.sha256(leaf));
  }

  private boolean trusted(X509Certificate certificate, Instant at) {
    return trust.trusts(Domain.AUTH, SeenCertificate.of(certificate), at);
  }

  private void uploadAll() {
    upload(Domain.AUTH, root);
    upload(Domain.AUTH, middle);
  }

  private void upload(Domain domain, X509Certificate certificate) {
    change(
        CaCertificate.key(domain, Certificates.sha256(certificate)),
        new CaCertificate(domain, Certificates.der(certificate), NOW));
    trust.refresh();
  }

  private void change(Key<CaCertificate> key, CaCertificate row) {
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(key, Generation.KEYS);
          }

          @Override
          public Boolean apply(Rows rows) {
            if (row == null) {
              rows.delete(key);
            } else {
              rows.put(key, row);
            }
            Generation.raise(rows, Generation.KEYS);
            return true;
          }
        });
  }

  private X509Certificate leaf(Instant from, Duration validity) {
    return issuedBy(middle, MIDDLE_KEY)
        .issue(LEAF_NAME, LEAF_KEY.getPublic(), Profile.END, from, validity);
  }

  private static CertificateIssuer issuedBy(X509Certificate authority, KeyPair key) {
    return CertificateIssuer.of(authority, key.getPrivate(), RANDOM);
  }

  private static X509Certificate selfSigned(
      X500Principal name, KeyPair key, Profile profile, Instant from, Duration validity) {
    return CertificateIssuer.selfSigned(name, key.getPublic(), key.getPrivate(), RANDOM)
        .issue(name, key.getPublic(), profile, from, validity);
  }
}

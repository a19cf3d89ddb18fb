package io.watchword.server.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.audit.ChainHead;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Partner.Status;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.CertificateIssuer;
import io.watchword.server.keys.CertificateIssuer.Profile;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.DistinguishedName;
import io.watchword.server.keys.KeyUse;
import io.watchword.server.keys.KeysStore;
import io.watchword.server.keys.MasterKey;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.keys.StoredKeyring;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.protection.Algorithms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration YEAR = Duration.ofDays(365);
  private static final X500Principal BANK = DistinguishedName.of("Example Bank", "bank-1");
  private static final KeyPair KEY = keyPair("RSA", 2048);
  private static final KeyPair OTHER_KEY = keyPair("RSA", 2048);
  private static final MasterKey MASTER = MasterKey.fromText("test", "11".repeat(32));

  private static final HandClock CLOCK = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));

  // Made once: five RSA key pairs take most of a second. Each test takes ids of its own.
  @TempDir static Path folder;

  private static Store store;
  private static Keyring keyring;
  private static ServerKeys keys;
  private static CertificateTrust trust;
  private static Provisioning provisioning;

  @BeforeAll
  static void open() {
    store = KeysStore.open(folder);
    keyring = StoredKeyring.open(store, MASTER, Algorithms.ofJdk(), RANDOM, CLOCK);
    keys =
        ServerKeys.open(
            store,
            new ServerKeys.Setup(MASTER, Algorithms.ofJdk(), "Example Identity Authority"),
            RANDOM,
            CLOCK);
    trust = new CertificateTrust(store);
    AuditTrail audit = AuditTrail.open(store, keyring, "test-1", CLOCK.instant());
    provisioning = new Provisioning(store, keyring, keys, trust, audit, RANDOM, CLOCK);
    provisioning
        .policies()
        .put(
            "test",
            "policy-1",
            "{\"authTokenType\":\"policy\",\"allowedAuthTypes\":[{\"authType\":\"otp\"}]}");
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Test
  void aSigningRequestWithABadSignatureIsRefused() throws Exception {
    // The request names one key and is signed with another.
    byte[] stolen = request(KEY, OTHER_KEY).getEncoded();
    assertThat(refusal("bad-csr", new PartnerKey.Requested(stolen)))
        .containsExactly(
            "the signing request is not signed with the private key that belongs to it");
    byte[] altered = request(KEY, KEY).getEncoded();
    altered[altered.length - 1] ^= 1;
    assertThat(refusal("bad-csr", new PartnerKey.Requested(altered))).hasSize(1);
    assertThat(store.read(Partner.TABLE.key("bad-csr"))).isNull();
  }

  @Test
  void garbageIsRefused() {
    byte[] garbage = "garbage".getBytes(StandardCharsets.US_ASCII);
    assertThat(refusal("garbage", new PartnerKey.Requested(garbage))).hasSize(1);
    assertThat(refusal("garbage", new PartnerKey.Requested(new byte[0]))).hasSize(1);
    assertThat(refusal("garbage", new PartnerKey.Presented(garbage))).hasSize(1);
    byte[] certificate = Certificates.der(selfSigned(BANK, KEY, CLOCK.instant()));
    assertThat(refusal("garbage", new PartnerKey.Requested(certificate))).hasSize(1);
  }

  @Test
  void aWeakKeyIsRefused() throws Exception {
    KeyPair weak = keyPair("RSA", 1024);
    assertThat(refusal("weak", new PartnerKey.Requested(request(weak, weak).getEncoded())))
        .containsExactly("the RSA key has 1024 bits; it must have 2048 to 4096");
    assertThat(refusal("weak", presented(selfSigned(BANK, weak, CLOCK.instant()))))
        .containsExactly("the RSA key has 1024 bits; it must have 2048 to 4096");
  }

  @Test
  void aCertificateOutsideItsTimeIsRefused() {
    Instant now = CLOCK.instant();
    assertThat(refusal("late", presented(selfSigned(BANK, KEY, now.minus(YEAR)))))
        .singleElement()
        .asString()
        .startsWith("the certificate expired at 2026-01-02T02:59:05Z");
    assertThat(refusal("early", presented(selfSigned(BANK, KEY, now.plus(YEAR)))))
        .singleElement()
        .asString()
        .startsWith("the certificate is not valid before");
  }

  @Test
  void aSubjectWithoutOrganisationIsRefused() {
    X500Principal nameless = new X500Principal("CN=bank");
    assertThat(refusal("nameless", presented(selfSigned(nameless, KEY, CLOCK.instant()))))
        .containsExactly("the subject names no organisation (O)");
  }

  @Test
  void aCertificateOfAnUnknownAuthorityIsRefusedUntilItsIssuerIsOnFile() {
    X500Principal caName = DistinguishedName.of("Other", "Other Root");
    CertificateIssuer other =
        CertificateIssuer.selfSigned(caName, OTHER_KEY.getPublic(), OTHER_KEY.getPrivate(), RANDOM);
    X509Certificate root =
        other.issue(caName, OTHER_KEY.getPublic(), Profile.ROOT, CLOCK.instant(), YEAR);
    PartnerKey leaf =
        presented(other.issue(BANK, KEY.getPublic(), Profile.END, CLOCK.instant(), YEAR));
    assertThat(refusal("foreign", leaf)).singleElement().asString().contains("trusted authority");

    var authorities = provisioning.authorities();
    authorities.trust("test", Domain.DEVICE, Certificates.der(root));
    trust.refresh();
    assertThat(refusal("foreign", leaf)).hasSize(1);
    String id =
        authorities.trust(
            "test", Domain.AUTH, Certificates.pem(root).getBytes(StandardCharsets.US_ASCII));
    trust.refresh();
    provisioning.onboard("test", "foreign", "Bank", leaf, "policy-1");

    authorities.distrust("test", Domain.AUTH, id);
    trust.refresh();
    assertThat(refusal("foreign-2", leaf)).hasSize(1);
    assertThatThrownBy(() -> authorities.distrust("test", Domain.AUTH, id))
        .isInstanceOf(ProvisioningRefused.class);
  }

  @Test
  void anEndCertificateIsNoAuthority() {
    byte[] end = Certificates.der(selfSigned(BANK, KEY, CLOCK.instant()));
    assertThatThrownBy(() -> provisioning.authorities().trust("test", Domain.AUTH, end))
        .isInstanceOf(ProvisioningRefused.class);
  }

  @Test
  void badIdsAndAMissingPolicyAreRefusedAndNothingIsWritten() {
    assertThat(
            catchThrowableOfType(
                    ProvisioningRefused.class,
                    () ->
                        provisioning.onboard(
                            "test", "a/b", " ", new PartnerKey.Generated("X"), "-policy"))
                .problems())
        .hasSize(3);
    int rows = store.scan(AuditRow.TABLE, "", 1000).size();
    assertThatThrownBy(() ->
            provisioning.onboard(
                "test", "no-policy", "Bank", new PartnerKey.Generated("Bank"), "policy-2"))
        .isInstanceOf(ProvisioningRefused.class)
        .hasMessage("there is no policy 'policy-2'");
    assertThat(store.read(Partner.TABLE.key("no-policy"))).isNull();
    assertThat(store.scan(AuditRow.TABLE, "", 1000)).hasSize(rows);
  }

  @Test
  void aPartnerIsTakenOnOnceWithASignedCertificateAndAKeyThatIsStoredAsAHash() throws Exception {
    PartnerKey key = new PartnerKey.Requested(request(KEY, KEY).getEncoded());
    long before = generation();
    var onboarded = provisioning.onboard("alice", "bank", "The Bank", key, "policy-1");

    X509Certificate certificate = onboarded.chain().getFirst();
    assertThat(onboarded.privateKey()).isNull();
    assertThat(certificate.getPublicKey()).isEqualTo(KEY.getPublic());
    assertThat(certificate.getSubjectX500Principal()).isEqualTo(BANK);
    certificate.verify(keys.certificate(KeyUse.PARTNER_CA).getPublicKey());
    assertThat(trust.trusts(Domain.AUTH, SeenCertificate.of(certificate), CLOCK.instant()))
        .isTrue();
    assertThat(store.read(Partner.TABLE.key("bank")).certificate())
        .isEqualTo(certificate.getEncoded());
    ApiKey row =
        store.read(ApiKey.TABLE.key(keyring.lookup(ApiKey.LOOKUP_KIND, onboarded.apiKey())));
    assertThat(row.partner()).isEqualTo("bank");
    assertThat(row.policy()).isEqualTo("policy-1");
    assertThat(onboarded.apiKey()).matches("[0-9a-f]{48}");
    assertThat(onboarded.toString()).doesNotContain(onboarded.apiKey());
    assertThat(generation()).isEqualTo(before + 1);
    AuditRecord record = lastRecord();
    assertThat(record.event()).isEqualTo(AuditRecord.Event.ADMINISTRATION);
    assertThat(record.caller()).isEqualTo("alice");
    assertThat(record.factors()).contains("partner.onboard=bank", "policy=policy-1");
    assertThat(record.toString()).doesNotContain(onboarded.apiKey());

    assertThat(refusal("bank", key)).containsExactly("there is a partner 'bank' already");
  }

  @Test
  void aSigningRequestInPemIsReadToo() throws Exception {
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder().encodeToString(request(KEY, KEY).getEncoded())
            + "\n-----END CERTIFICATE REQUEST-----\n";
    var key = new PartnerKey.Requested(pem.getBytes(StandardCharsets.US_ASCII));
    assertThat(provisioning.onboard("test", "pem", "Bank", key, "policy-1").chain()).hasSize(3);
  }

  @Test
  void aRenewedCertificateOverlapsWithTheFormerUntilThatIsEnded() {
    var first =
        provisioning.onboard(
            "test", "renewing", "Bank", new PartnerKey.Generated("Bank"), "policy-1");
    assertThat(first.privateKey()).isNotNull();
    var renewed =
        provisioning.renewCertificate("test", "renewing", new PartnerKey.Generated("Bank"));
    Partner partner = provisioning.partner("renewing").orElseThrow();
    assertThat(partner.certificate()).isEqualTo(Certificates.der(renewed.chain().getFirst()));
    assertThat(partner.formerCertificateSha256())
        .isEqualTo(Certificates.sha256(first.chain().getFirst()));
    provisioning.endFormerCertificate("test", "renewing");
    assertThat(provisioning.partner("renewing").orElseThrow().formerCertificateSha256()).isEmpty();
  }

  @Test
  void aSuspendedPartnerKeepsEverythingButItsStatus() {
    provisioning.onboard("test", "pausing", "Bank", new PartnerKey.Generated("B"), "policy-1");
    Partner before = provisioning.partner("pausing").orElseThrow();
    provisioning.suspend("test", "pausing");
    Partner suspended = provisioning.partner("pausing").orElseThrow();
    assertThat(suspended.status()).isEqualTo(Status.INACTIVE);
    assertThat(suspended.certificate()).isEqualTo(before.certificate());
    provisioning.resume("test", "pausing");
    assertThat(provisioning.partner("pausing").orElseThrow().status()).isEqualTo(Status.ACTIVE);
    assertThatThrownBy(() -> provisioning.suspend("test", "nobody"))
        .isInstanceOf(ProvisioningRefused.class)
        .hasMessage("there is no partner 'nobody'");
    assertThat(provisioning.partners()).extracting(Partner::id).contains("pausing");
  }

  @Test
  void keysAndLicencesEndAtTheInstantThatIsGiven() {
    provisioning.onboard("test", "ending", "Bank", new PartnerKey.Generated("B"), "policy-1");
    String apiKey = provisioning.issueApiKey("test", "ending", "policy-1", null);
    Instant end = CLOCK.instant().plus(YEAR);
    String id = keyring.lookup(ApiKey.LOOKUP_KIND, apiKey);
    provisioning.endApiKey("test", id, end);
    assertThat(store.read(ApiKey.TABLE.key(id)).expiresAt()).isEqualTo(end);
    assertThat(provisioning.apiKeys().stream().filter(e -> e.row().partner().equals("ending")))
        .hasSize(2);
    assertThatThrownBy(() -> provisioning.endApiKey("test", apiKey, end))
        .isInstanceOf(ProvisioningRefused.class);

    String licence = provisioning.issueLicence("test", "misp-1", List.of(), null, null);
    String licenceId = keyring.lookup(Licence.LOOKUP_KIND, licence);
    Licence row = store.read(Licence.TABLE.key(licenceId));
    assertThat(row.owner()).isEqualTo("misp-1");
    assertThat(row.expiresAt()).isNull();
    provisioning.endLicence("test", licenceId, end);
    assertThat(store.read(Licence.TABLE.key(licenceId)).expiresAt()).isEqualTo(end);
    provisioning.setLicenceStatus("test", licenceId, Licence.Status.BLOCKED);
    row = store.read(Licence.TABLE.key(licenceId));
    assertThat(row.status()).isEqualTo(Licence.Status.BLOCKED);
    assertThat(row.expiresAt()).isEqualTo(end);
    assertThatThrownBy(() -> provisioning.endLicence("test", "0".repeat(64), end))
        .isInstanceOf(ProvisioningRefused.class);
    assertThat(provisioning.licences()).extracting(Store.Entry::id).contains(licenceId);
  }

  @Test
  void aPolicyThatIsPutAgainKeepsItsStatus() {
    String json = "{\"authTokenType\":\"policy\",\"allowedAuthTypes\":[{\"authType\":\"pin\"}]}";
    provisioning.policies().put("test", "policy-3", json);
    provisioning.policies().setStatus("test", "policy-3", Status.INACTIVE);
    provisioning.policies().put("test", "policy-3", json.replace("pin", "demo"));
    assertThat(provisioning.policies().list())
        .filteredOn(policy -> policy.id().equals("policy-3"))
        .singleElement()
        .satisfies(policy -> assertThat(policy.status()).isEqualTo(Status.INACTIVE));
    assertThat(provisioning.policies().show("policy-3").orElseThrow()).contains("\"demo\"");
    assertThat(provisioning.policies().show("policy-4")).isEmpty();
    assertThatThrownBy(() -> provisioning.policies().setStatus("t", "policy-4", Status.ACTIVE))
        .isInstanceOf(ProvisioningRefused.class);
  }

  private static List<String> refusal(String partnerId, PartnerKey key) {
    return catchThrowableOfType(
            ProvisioningRefused.class,
            () -> provisioning.onboard("test", partnerId, "Bank", key, "policy-1"))
        .problems();
  }

  private static long generation() {
    return store.read(Generation.CALLERS).number();
  }

  private static AuditRecord lastRecord() {
    long sequence = store.read(ChainHead.TABLE.key("test-1")).sequence();
    return store.read(AuditRow.TABLE.key("test-1/%012d".formatted(sequence))).body();
  }

  private static PartnerKey presented(X509Certificate certificate) {
    return new PartnerKey.Presented(Certificates.der(certificate));
  }

  private static X509Certificate selfSigned(X500Principal name, KeyPair key, Instant from) {
    return CertificateIssuer.selfSigned(name, key.getPublic(), key.getPrivate(), RANDOM)
        .issue(name, key.getPublic(), Profile.END, from, YEAR);
  }

  private static PKCS10CertificationRequest request(KeyPair named, KeyPair signer)
      throws Exception {
    return new JcaPKCS10CertificationRequestBuilder(BANK, named.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate()));
  }

  private static KeyPair keyPair(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits, RANDOM);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

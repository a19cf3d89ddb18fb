package io.watchword.server.partners;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.ApiKey;
import io.watchword.core.partner.Licence;
import io.watchword.core.partner.Partner;
import io.watchword.core.partner.Partner.Status;
import io.watchword.core.partner.Policy;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.Certificates;
import io.watchword.server.keys.ServerKeys;
import io.watchword.server.partners.PartnerCertificates.Issued;
import io.watchword.server.partners.RecordedChanges.Act;
import io.watchword.wire.protection.Thumbprint;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings callers in and keeps them. Each story writes its rows and its audit record in one unit and
 * raises the generation that the doors' caches watch, so that it works on every node within two
 * seconds. API keys and licence keys are shown once; stored is only their keyed hash, which is also
 * their id in listings.
 *
 * <p>Every story takes the name of the operator who acts, and refuses by {@link
 * ProvisioningRefused}. Thread-safe.
 */
public final class Provisioning {

  private static final int LONGEST_NAME = 128;
  private static final int SECRET_BYTES = 24;

  private final Store store;
  private final Keyring keyring;
  private final PartnerCertificates certificates;
  private final RecordedChanges changes;
  private final Policies policies;
  private final TrustedAuthorities authorities;
  private final SecureRandom random;

  /**
   * @param trust which authorities may vouch for a certificate that a partner shows
   */
  public Provisioning(
      Store store,
      Keyring keyring,
      ServerKeys keys,
      CertificateTrust trust,
      AuditTrail audit,
      SecureRandom random,
      InstantSource clock) {
    this.store = store;
    this.keyring = keyring;
    this.certificates = new PartnerCertificates(keys, trust, random);
    this.changes = new RecordedChanges(store, audit, clock);
    this.policies = new Policies(store, changes);
    this.authorities = new TrustedAuthorities(changes);
    this.random = random;
  }

  /** The stories of policies. */
  public Policies policies() {
    return policies;
  }

  /** The stories of trusted authorities. */
  public TrustedAuthorities authorities() {
    return authorities;
  }

  /**
   * What a new partner is told, once.
   *
   * @param chain its signed certificate first, the root last
   * @param privateKey only if we made it
   * @param apiKey the third segment of its paths
   */
  public record Onboarded(
      List<X509Certificate> chain, @Nullable PrivateKey privateKey, String apiKey) {

    /** Without keys. */
    @Override
    public String toString() {
      return "Onboarded[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
  }

  /**
   * Takes a partner on: signs its certificate, puts it on file and gives it an API key for a
   * policy.
   */
  public Onboarded onboard(
      String operator, String partnerId, String name, PartnerKey key, String policyId) {
    List<String> problems = new ArrayList<>();
    Ids.check("partner", partnerId, problems);
    Ids.check("policy", policyId, problems);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      problems.add("the partner's name must have 1 to 128 characters");
    }
    if (!problems.isEmpty()) {
      throw new ProvisioningRefused(problems);
    }
    Instant now = changes.now();
    Issued issued = certificates.issue(partnerId, key, now);
    byte[] certificate = Certificates.der(issued.chain().getFirst());
    String apiKey = newSecret();
    Key<Partner> partnerKey = Partner.TABLE.key(partnerId);
    Key<Policy> policyKey = Policy.TABLE.key(policyId);
    Key<ApiKey> apiKeyKey = apiKeyKey(apiKey);
    changes.commit(
        Act.onCallers(
            operator,
            "partner.onboard=" + partnerId,
            "policy=" + policyId,
            "certificate=" + Certificates.sha256(issued.chain().getFirst())),
        List.of(partnerKey, policyKey, apiKeyKey),
        rows -> {
          if (rows.get(partnerKey) != null) {
            throw new ProvisioningRefused("there is a partner '" + partnerId + "' already");
          }
          Policies.required(rows.get(policyKey), policyId);
          rows.put(partnerKey, new Partner(partnerId, name, Status.ACTIVE, certificate, "", null));
          rows.put(apiKeyKey, new ApiKey(partnerId, policyId, Status.ACTIVE, now, null));
        });
    return new Onboarded(issued.chain(), issued.privateKey(), apiKey);
  }

  /**
   * Puts a relying party of the identity v1 door on file, which shows a licence key and needs no
   * certificate, or gives one that is on file the policy that such requests come under.
   */
  public void registerTsp(String operator, String tspId, String name, String policyId) {
    List<String> problems = new ArrayList<>();
    Ids.check("partner", tspId, problems);
    Ids.check("policy", policyId, problems);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      problems.add("the partner's name must have 1 to 128 characters");
    }
    if (!problems.isEmpty()) {
      throw new ProvisioningRefused(problems);
    }
    Key<Partner> key = Partner.TABLE.key(tspId);
    Key<Policy> policyKey = Policy.TABLE.key(policyId);
    changes.commit(
        Act.onCallers(operator, "partner.tsp=" + tspId, "policy=" + policyId),
        List.of(key, policyKey),
        rows -> {
          Policies.required(rows.get(policyKey), policyId);
          Partner known = rows.get(key);
          rows.put(
              key,
              known == null
                  ? new Partner(tspId, name, Status.ACTIVE, new byte[0], "", policyId)
                  : known.withPolicy(policyId));
        });
  }

  /**
   * What a partner is told of its new certificate.
   *
   * @param chain its signed certificate first, the root last
   * @param privateKey only if we made it
   */
  public record Renewed(List<X509Certificate> chain, @Nullable PrivateKey privateKey) {

    /** Without the key. */
    @Override
    public String toString() {
      return "Renewed[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
  }

  /**
   * Gives a partner a new certificate. Requests signed with the one before are accepted too, until
   * {@link #endFormerCertificate}; KYC replies are encrypted to the new one from now on.
   */
  public Renewed renewCertificate(String operator, String partnerId, PartnerKey key) {
    Ids.require("partner", partnerId);
    Issued issued = certificates.issue(partnerId, key, changes.now());
    X509Certificate certificate = issued.chain().getFirst();
    change(
        Act.onCallers(
            operator,
            "partner.certificate=" + partnerId,
            "certificate=" + Certificates.sha256(certificate)),
        partnerId,
        partner ->
            partner.withCertificate(
                Certificates.der(certificate),
                partner.certificate().length == 0
                    ? ""
                    : Thumbprint.ofDer(partner.certificate()).hex()));
    return new Renewed(issued.chain(), issued.privateKey());
  }

  /** Refuses requests that are signed with the partner's former certificate. */
  public void endFormerCertificate(String operator, String partnerId) {
    change(
        Act.onCallers(operator, "partner.former-certificate.end=" + partnerId),
        partnerId,
        partner -> partner.withCertificate(partner.certificate(), ""));
  }

  /** Serves a partner no more, until it is resumed. */
  public void suspend(String operator, String partnerId) {
    setStatus(operator, partnerId, Status.INACTIVE);
  }

  /** Serves a suspended partner again. */
  public void resume(String operator, String partnerId) {
    setStatus(operator, partnerId, Status.ACTIVE);
  }

  private void setStatus(String operator, String partnerId, Status status) {
    change(
        Act.onCallers(operator, "partner.status=" + partnerId, "status=" + status),
        partnerId,
        partner -> partner.withStatus(status));
  }

  private void change(Act act, String partnerId, UnaryOperator<Partner> change) {
    Ids.require("partner", partnerId);
    Key<Partner> key = Partner.TABLE.key(partnerId);
    changes.commit(
        act, List.of(key), rows -> rows.put(key, change.apply(required(rows.get(key), partnerId))));
  }

  private static Partner required(@Nullable Partner partner, String partnerId) {
    if (partner == null) {
      throw new ProvisioningRefused("there is no partner '" + partnerId + "'");
    }
    return partner;
  }

  /** All partners, by id. */
  public List<Partner> partners() {
    return changes.all(Partner.TABLE).stream().map(Store.Entry::row).toList();
  }

  /** One partner; empty if there is none of that id. */
  public Optional<Partner> partner(String partnerId) {
    Ids.require("partner", partnerId);
    return Optional.ofNullable(store.read(Partner.TABLE.key(partnerId)));
  }

  /**
   * Gives a partner one more API key; those before stay until they are ended.
   *
   * @param expiresAt {@code null}: never ends
   * @return the key, shown once
   */
  public String issueApiKey(
      String operator, String partnerId, String policyId, @Nullable Instant expiresAt) {
    Ids.require("partner", partnerId);
    Ids.require("policy", policyId);
    String apiKey = newSecret();
    Key<Partner> partnerKey = Partner.TABLE.key(partnerId);
    Key<Policy> policyKey = Policy.TABLE.key(policyId);
    Key<ApiKey> key = apiKeyKey(apiKey);
    var row = new ApiKey(partnerId, policyId, Status.ACTIVE, changes.now(), expiresAt);
    changes.commit(
        Act.onCallers(operator, "api-key.issue=" + partnerId, "policy=" + policyId),
        List.of(partnerKey, policyKey, key),
        rows -> {
          required(rows.get(partnerKey), partnerId);
          Policies.required(rows.get(policyKey), policyId);
          rows.put(key, row);
        });
    return apiKey;
  }

  /** Ends an API key at an instant, so that the next one may overlap with it. */
  public void endApiKey(String operator, String id, Instant at) {
    Key<ApiKey> key = ApiKey.TABLE.key(requireHash(id));
    changes.commit(
        Act.onCallers(operator, "api-key.end=" + id, "at=" + at),
        List.of(key),
        rows -> {
          ApiKey row = rows.get(key);
          if (row == null) {
            throw new ProvisioningRefused("there is no API key of that id");
          }
          rows.put(
              key, new ApiKey(row.partner(), row.policy(), row.status(), row.commencesAt(), at));
        });
  }

  /** All API keys by id, which is the hash of the key. */
  public List<Store.Entry<ApiKey>> apiKeys() {
    return changes.all(ApiKey.TABLE);
  }

  /**
   * Gives a provider (MISP), or a relying party of the identity v1 door, a licence.
   *
   * @param owner id of the provider or the relying party
   * @param mapped relying parties that may use it at the identity v1 door besides its owner
   * @param certificate of the provider, DER or PEM, if it signs requests itself
   * @param expiresAt {@code null}: never ends
   * @return the licence key, shown once
   */
  public String issueLicence(
      String operator,
      String owner,
      List<String> mapped,
      byte @Nullable [] certificate,
      @Nullable Instant expiresAt) {
    Ids.require("owner", owner);
    mapped.forEach(party -> Ids.require("partner", party));
    String licenceKey = newSecret();
    Key<Licence> key = licenceKey(licenceKey);
    var row =
        new Licence(
            owner,
            Status.ACTIVE,
            certificate == null ? "" : sha256(certificate),
            Licence.Status.ACTIVE,
            changes.now(),
            expiresAt,
            mapped);
    changes.commit(
        Act.onCallers(operator, "licence.issue=" + owner),
        List.of(key),
        rows -> rows.put(key, row));
    return licenceKey;
  }

  /** Ends a licence at an instant, so that the next one may overlap with it. */
  public void endLicence(String operator, String id, Instant at) {
    changeLicence(
        Act.onCallers(operator, "licence.end=" + id, "at=" + at), id, row -> row.until(at));
  }

  /** Suspends or blocks a licence, or lets it work again. */
  public void setLicenceStatus(String operator, String id, Licence.Status status) {
    changeLicence(
        Act.onCallers(operator, "licence.status=" + id, "status=" + status),
        id,
        row -> row.withStatus(status));
  }

  private void changeLicence(Act act, String id, UnaryOperator<Licence> change) {
    Key<Licence> key = Licence.TABLE.key(requireHash(id));
    changes.commit(
        act,
        List.of(key),
        rows -> {
          Licence row = rows.get(key);
          if (row == null) {
            throw new ProvisioningRefused("there is no licence of that id");
          }
          rows.put(key, change.apply(row));
        });
  }

  /** All licences by id, which is the hash of the licence key. */
  public List<Store.Entry<Licence>> licences() {
    return changes.all(Licence.TABLE);
  }

  private Key<ApiKey> apiKeyKey(String apiKey) {
    return ApiKey.TABLE.key(keyring.lookup(ApiKey.LOOKUP_KIND, apiKey));
  }

  private Key<Licence> licenceKey(String licenceKey) {
    return Licence.TABLE.key(keyring.lookup(Licence.LOOKUP_KIND, licenceKey));
  }

  /** 192 random bits in hexadecimal: no character that a path or a command line must escape. */
  private String newSecret() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }

  private static String requireHash(String id) {
    if (!id.matches("[0-9a-f]{64}")) {
      throw new ProvisioningRefused("an id as the listing shows it has 64 hexadecimal digits");
    }
    return id;
  }

  private static String sha256(byte[] certificate) {
    try {
      return Certificates.sha256(Certificates.parse(certificate));
    } catch (CertificateException e) {
      throw new ProvisioningRefused("this is not an X.509 certificate in PEM or DER");
    }
  }
}

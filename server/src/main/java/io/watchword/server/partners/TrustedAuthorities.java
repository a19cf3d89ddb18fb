package io.watchword.server.partners;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CaCertificate;
import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.Certificates;
import io.watchword.server.partners.RecordedChanges.Act;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;

/** Puts certificates of authorities on file, each for one domain, and takes them off again. */
public final class TrustedAuthorities {

  private final RecordedChanges changes;

  TrustedAuthorities(RecordedChanges changes) {
    this.changes = changes;
  }

  /**
   * Trusts an authority.
   *
   * @param bytes its certificate, DER or PEM
   * @return SHA-256 of the certificate, upper-case hexadecimal: its id
   * @throws ProvisioningRefused if it is no certificate, not that of an authority, or expired
   */
  public String trust(String operator, Domain domain, byte[] bytes) {
    X509Certificate certificate;
    try {
      certificate = Certificates.parse(bytes);
    } catch (CertificateException e) {
      throw new ProvisioningRefused("this is not an X.509 certificate in PEM or DER");
    }
    if (certificate.getBasicConstraints() < 0) {
      throw new ProvisioningRefused(
          "this is not the certificate of an authority (basic constraints: CA)");
    }
    if (changes.now().isAfter(certificate.getNotAfter().toInstant())) {
      throw new ProvisioningRefused(
          "the certificate expired at " + certificate.getNotAfter().toInstant());
    }
    String id = Certificates.sha256(certificate);
    Key<CaCertificate> key = CaCertificate.key(domain, id);
    var row = new CaCertificate(domain, Certificates.der(certificate), changes.now());
    changes.commit(
        Act.onKeys(operator, "authority.trust=" + id, "domain=" + domain),
        List.of(key),
        rows -> {
          if (rows.get(key) == null) {
            rows.put(key, row);
          }
        });
    return id;
  }

  /**
   * Trusts an authority no more. Partners whose certificates it has issued are refused at once.
   *
   * @param sha256 of its certificate, hexadecimal in either case
   * @throws ProvisioningRefused if there is no such certificate in that domain
   */
  public void distrust(String operator, Domain domain, String sha256) {
    String id = sha256.toUpperCase(Locale.ROOT);
    if (!id.matches("[0-9A-F]{64}")) {
      throw new ProvisioningRefused("a certificate's SHA-256 has 64 hexadecimal digits");
    }
    Key<CaCertificate> key = CaCertificate.key(domain, id);
    changes.commit(
        Act.onKeys(operator, "authority.distrust=" + id, "domain=" + domain),
        List.of(key),
        rows -> {
          if (rows.get(key) == null) {
            throw new ProvisioningRefused("there is no such authority in the domain " + domain);
          }
          rows.delete(key);
        });
  }

  /** All authorities, by domain. */
  public List<CaCertificate> list() {
    return changes.all(CaCertificate.TABLE).stream().map(Store.Entry::row).toList();
  }
}

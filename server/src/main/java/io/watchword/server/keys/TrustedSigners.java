package io.watchword.server.keys;

import io.watchword.server.keys.CaCertificate.Domain;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes whoever has a certificate that leads to an authority of the domain that is asked for.
 *
 * @param seen certificates that were parsed before
 */
public record TrustedSigners(SeenCertificates seen, CertificateTrust trust) implements Signers {

  @Override
  public Judged judge(Domain domain, Optional<String> certificateText, Instant now) {
    Optional<SeenCertificate> leaf = certificateText.flatMap(seen::read);
    if (leaf.isEmpty()) {
      return new Judged(null, "the header holds no certificate that can be read");
    }
    return trust.trusts(domain, leaf.get(), now)
        ? new Judged(leaf.get(), "")
        : new Judged(
            null,
            "no valid path from the certificate %s to a trusted authority"
                .formatted(leaf.get().sha256()));
  }
}

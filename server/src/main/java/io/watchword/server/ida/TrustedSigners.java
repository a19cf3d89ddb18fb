package io.watchword.server.ida;

import io.watchword.server.keys.CaCertificate.Domain;
import io.watchword.server.keys.CertificateTrust;
import io.watchword.server.keys.SeenCertificate;
import io.watchword.server.keys.SeenCertificates;
import io.watchword.wire.protection.DetachedJws;
import java.time.Instant;
import java.util.Optional;

/**
 * Believes whoever has a certificate that leads to an authority of the domain {@code AUTH}.
 *
 * @param seen certificates that were parsed before
 */
public record TrustedSigners(SeenCertificates seen, CertificateTrust trust) implements Signers {

  @Override
  public Judged judge(DetachedJws signature, Instant now) {
    Optional<SeenCertificate> leaf = signature.certificateText().flatMap(seen::read);
    if (leaf.isEmpty()) {
      return new Judged(null, "the header holds no certificate that can be read");
    }
    return trust.trusts(Domain.AUTH, leaf.get(), now)
        ? new Judged(leaf.get().certificate(), "")
        : new Judged(
            null,
            "no valid path from the certificate %s to a trusted authority"
                .formatted(leaf.get().sha256()));
  }
}

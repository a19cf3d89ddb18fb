package io.watchword.server.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchword.core.partner.Partner;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.HeaderCertificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Remembers parsed certificates: those that requests carry in {@code x5c}, and those of partners on
 * file. Bounded, so that made-up certificates cannot fill the memory. Thread-safe.
 */
public final class SeenCertificates {

  // A parsed certificate takes some five times the bytes of its text: 4 Mi characters, 20 MiB.
  private static final long MOST_CHARACTERS = 4L << 20;

  private final Cache<String, SeenCertificate> byText =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CHARACTERS)
          .weigher((String text, SeenCertificate certificate) -> text.length())
          .executor(Runnable::run)
          .build();

  // Weak keys compare by identity: a partner read anew after a change is another key.
  private final Cache<Partner, X509Certificate> byPartner =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  private final Algorithms algorithms;

  /**
   * @param algorithms verify with the certificates' keys
   */
  public SeenCertificates(Algorithms algorithms) {
    this.algorithms = algorithms;
  }

  /**
   * The certificate of an {@code x5c} entry (contract ida 3.5).
   *
   * @param text the entry as received
   * @return empty if the text is no certificate
   */
  public Optional<SeenCertificate> read(String text) {
    SeenCertificate known = byText.getIfPresent(text);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      SeenCertificate read = SeenCertificate.of(HeaderCertificate.decode(text), algorithms);
      byText.put(text, read);
      return Optional.of(read);
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /** The partner's certificate on file. */
  public X509Certificate of(Partner partner) {
    return byPartner.get(partner, row -> Certificates.stored(row.certificate()));
  }
}

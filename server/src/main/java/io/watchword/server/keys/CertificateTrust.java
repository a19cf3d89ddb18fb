package io.watchword.server.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Store;
import io.watchword.server.keys.CaCertificate.Domain;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a certificate leads to a trusted authority of a domain (contract ida 3.5, step 4): PKIX
 * path validation (RFC 5280, section 6) without revocation, over the authorities on file. Answers
 * are remembered, bounded, until the authorities change or the answer's own time is over.
 *
 * <p>{@link #refresh} is to be called each second. Thread-safe.
 */
public final class CertificateTrust {

  private static final int MOST_AUTHORITIES = 10_000;
  private static final int MOST_VERDICTS = 10_000;
  private static final Duration DISTRUST = Duration.ofMinutes(1);

  private final Store store;
  private volatile Authorities authorities;
  private volatile long generation;

  /** Reads the authorities on file. */
  public CertificateTrust(Store store) {
    this.store = store;
    this.generation = storedGeneration();
    this.authorities = load();
  }

  /** Looks for changes of the authorities. */
  public synchronized void refresh() {
    long now = storedGeneration();
    if (now != generation) {
      // The number first: a change in between is then seen at the next look.
      generation = now;
      authorities = load();
    }
  }

  private long storedGeneration() {
    Generation row = store.read(Generation.KEYS);
    return row == null ? 0 : row.number();
  }

  private Authorities load() {
    Map<Domain, List<X509Certificate>> byDomain = new EnumMap<>(Domain.class);
    store
        .scan(CaCertificate.TABLE, "", MOST_AUTHORITIES)
        .forEach(entry ->
            byDomain
                .computeIfAbsent(entry.row().domain(), domain -> new ArrayList<>())
                .add(Certificates.stored(entry.row().certificate())));
    return new Authorities(byDomain);
  }

  /**
   * Whether the certificate is valid at that instant and leads to a trusted authority of the
   * domain. An authority on file is itself trusted.
   */
  public boolean trusts(Domain domain, SeenCertificate leaf, Instant at) {
    return judge(domain, leaf, at) == Trust.TRUSTED;
  }

  /** As {@link #trusts}, with the reason. */
  public Trust judge(Domain domain, SeenCertificate leaf, Instant at) {
    if (at.isBefore(leaf.certificate().getNotBefore().toInstant())) {
      return Trust.NOT_YET_VALID;
    }
    if (at.isAfter(leaf.certificate().getNotAfter().toInstant())) {
      return Trust.EXPIRED;
    }
    return authorities.trusts(domain, leaf, at) ? Trust.TRUSTED : Trust.NO_PATH;
  }

  /** What was found about a certificate. */
  public enum Trust {
    /** Valid, and its path ends in a trusted authority. */
    TRUSTED,
    /** Its time has not come yet. */
    NOT_YET_VALID,
    /** Its time is over. */
    EXPIRED,
    /** No valid path leads to a trusted authority of the domain, as with self-signed ones. */
    NO_PATH
  }

  private static boolean isValid(X509Certificate certificate, Instant at) {
    return !at.isBefore(certificate.getNotBefore().toInstant())
        && !at.isAfter(certificate.getNotAfter().toInstant());
  }

  /** An answer and the time for which it holds, both ends included. */
  private record Verdict(boolean trusted, Instant from, Instant until) {

    boolean holds(Instant at) {
      return !at.isBefore(from) && !at.isAfter(until);
    }
  }

  /** The authorities of one generation and what was found out with them. */
  private static final class Authorities {

    private final Map<Domain, List<X509Certificate>> anchors = new EnumMap<>(Domain.class);
    private final Map<Domain, CertStore> intermediates = new EnumMap<>(Domain.class);
    private final Map<Domain, Cache<String, Verdict>> verdicts = new EnumMap<>(Domain.class);

    Authorities(Map<Domain, List<X509Certificate>> byDomain) {
      byDomain.forEach((domain, certificates) -> {
        anchors.put(domain, certificates.stream().filter(Certificates::isSelfSigned).toList());
        intermediates.put(domain, store(certificates));
        verdicts.put(
            domain,
            Caffeine.newBuilder().maximumSize(MOST_VERDICTS).executor(Runnable::run).build());
      });
    }

    private static CertStore store(List<X509Certificate> certificates) {
      try {
        return CertStore.getInstance("Collection", new CollectionCertStoreParameters(certificates));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform has this store", e);
      }
    }

    boolean trusts(Domain domain, SeenCertificate leaf, Instant at) {
      Cache<String, Verdict> known = verdicts.get(domain);
      if (known == null) {
        return false;
      }
      Verdict verdict = known.getIfPresent(leaf.sha256());
      if (verdict == null || !verdict.holds(at)) {
        verdict = judge(domain, leaf.certificate(), at);
        known.put(leaf.sha256(), verdict);
      }
      return verdict.trusted();
    }

    private Verdict judge(Domain domain, X509Certificate leaf, Instant at) {
      // PKIX does not look at the dates of an anchor; an authority whose time is over is none.
      Set<TrustAnchor> valid = new HashSet<>();
      for (X509Certificate anchor : anchors.getOrDefault(domain, List.of())) {
        if (anchor.equals(leaf)) {
          return holding(List.of(leaf));
        }
        if (isValid(anchor, at)) {
          valid.add(new TrustAnchor(anchor, null));
        }
      }
      if (valid.isEmpty()) {
        return distrusted(at);
      }
      X509CertSelector target = new X509CertSelector();
      target.setCertificate(leaf);
      try {
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(valid, target);
        parameters.addCertStore(intermediates.get(domain));
        parameters.addCertStore(store(List.of(leaf)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        var path =
            (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : path.getCertPath().getCertificates()) {
          chain.add((X509Certificate) certificate);
        }
        chain.add(path.getTrustAnchor().getTrustedCert());
        return holding(chain);
      } catch (CertPathBuilderException e) {
        return distrusted(at);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java platform builds PKIX paths", e);
      }
    }

    private static Verdict holding(List<X509Certificate> chain) {
      Instant from = Instant.MIN;
      Instant until = Instant.MAX;
      for (X509Certificate certificate : chain) {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        from = notBefore.isAfter(from) ? notBefore : from;
        until = notAfter.isBefore(until) ? notAfter : until;
      }
      return new Verdict(true, from, until);
    }

    // For a while only: an authority's time may begin.
    private static Verdict distrusted(Instant at) {
      return new Verdict(false, at, at.plus(DISTRUST));
    }
  }
}

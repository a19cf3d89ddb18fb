package io.watchword.server.keys;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.Locale;

/**
 * A certificate of an authority that is trusted for one domain. Self-signed ones are trust anchors,
 * others intermediates (contract ida 3.5).
 *
 * @param certificate DER
 * @param addedAt when it was uploaded
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record CaCertificate(Domain domain, byte[] certificate, Instant addedAt) {

  /** Keyed by domain, {@code /} and SHA-256 of the certificate, upper-case hexadecimal. */
  public static final Table<CaCertificate> TABLE =
      Table.clear("ca_certificates", CaCertificate.class);

  /** Whose certificates an authority may vouch for. */
  public enum Domain {
    /** Relying parties. */
    AUTH,
    /** Biometric devices. */
    DEVICE,
    /** Trust modules inside biometric devices. */
    FTM
  }

  /** The key of a certificate, by domain and SHA-256 in upper-case hexadecimal. */
  public static Key<CaCertificate> key(Domain domain, String sha256) {
    return TABLE.key(domain.name().toLowerCase(Locale.ROOT) + "/" + sha256);
  }

  @Override
  public String toString() {
    return "CaCertificate[" + domain + "]";
  }
}

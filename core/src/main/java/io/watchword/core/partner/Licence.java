package io.watchword.core.partner;

import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The licence of an infrastructure provider (MISP) or of a relying party itself. At the IDA door it
 * is the first segment of the request's path, and whoever has it may use it; at the identity v1
 * door it is the {@code licenseKey}, for its owner and those that it is mapped to.
 *
 * @param owner id of the provider or the relying party
 * @param ownerStatus of the provider
 * @param certificateSha256 SHA-256, upper-case hexadecimal, of the provider's certificate; empty if
 *     it has none. Requests may be signed with it instead of the partner's
 * @param mapped ids of the relying parties that the owner serves
 */
public record Licence(
    String owner,
    Partner.Status ownerStatus,
    String certificateSha256,
    Status status,
    Instant commencesAt,
    @Nullable Instant expiresAt,
    @Nullable List<String> mapped) {

  /** Whether a licence is in force. */
  public enum Status {
    ACTIVE,
    /** Taken away for a time. */
    SUSPENDED,
    /** Taken away. */
    BLOCKED,
    DELETED
  }

  public Licence {
    mapped = mapped == null ? List.of() : List.copyOf(mapped);
  }

  /**
   * Keyed by {@link io.watchword.core.keys.Keyring#lookup} of {@code licence} and the key's text.
   */
  public static final Table<Licence> TABLE = Table.clear("licences", Licence.class);

  /** The kind under which a licence key's text is looked up. */
  public static final String LOOKUP_KIND = "licence";

  /** The same in another status. */
  public Licence withStatus(Status other) {
    return new Licence(
        owner, ownerStatus, certificateSha256, other, commencesAt, expiresAt, mapped);
  }

  /** The same with another end. */
  public Licence until(Instant end) {
    return new Licence(owner, ownerStatus, certificateSha256, status, commencesAt, end, mapped);
  }

  /** Whether the relying party may use it at a door where that counts. */
  boolean serves(String party) {
    return owner.equals(party) || (mapped != null && mapped.contains(party));
  }
}

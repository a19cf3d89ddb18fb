package io.watchword.core.partner;

import io.watchword.core.unit.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The licence of an infrastructure provider (MISP), the first segment of the request's path.
 *
 * @param owner id of the provider
 * @param ownerStatus of the provider
 * @param certificateSha256 SHA-256, upper-case hexadecimal, of the provider's certificate; empty if
 *     it has none. Requests may be signed with it instead of the partner's
 */
public record Licence(
    String owner,
    Partner.Status ownerStatus,
    String certificateSha256,
    Partner.Status status,
    Instant commencesAt,
    @Nullable Instant expiresAt) {

  /**
   * Keyed by {@link io.watchword.core.keys.Keyring#lookup} of {@code licence} and the key's text.
   */
  public static final Table<Licence> TABLE = Table.clear("licences", Licence.class);

  /** The kind under which a licence key's text is looked up. */
  public static final String LOOKUP_KIND = "licence";
}

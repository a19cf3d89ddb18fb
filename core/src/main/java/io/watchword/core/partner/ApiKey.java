package io.watchword.core.partner;

import io.watchword.core.unit.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ties an API key to a partner and a policy.
 *
 * @param commencesAt not valid before this instant
 * @param expiresAt the last instant at which it is valid; {@code null}: never ends
 */
public record ApiKey(
    String partner,
    String policy,
    Partner.Status status,
    Instant commencesAt,
    @Nullable Instant expiresAt) {

  /**
   * Keyed by {@link io.watchword.core.keys.Keyring#lookup} of {@code apikey} and the key's text.
   */
  public static final Table<ApiKey> TABLE = Table.clear("api_keys", ApiKey.class);

  /** The kind under which an API key's text is looked up. */
  public static final String LOOKUP_KIND = "apikey";
}

package io.watchword.core.individual;

import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the block list: an identifier, partner or device that is refused.
 *
 * @param until the entry holds before this instant; {@code null}: for good
 */
public record HotListed(@Nullable Instant until) {

  /** Keyed by {@link Keyring#lookup} of the list's name and the value. */
  public static final Table<HotListed> TABLE = Table.clear("hotlist", HotListed.class);

  /** What an entry is about. */
  public enum Subject {
    INDIVIDUAL,
    PARTNER,
    DEVICE,
    DEVICE_PROVIDER
  }

  public static Key<HotListed> key(Keyring keyring, Subject subject, String value) {
    return TABLE.key(keyring.lookup("hotlist-" + subject, value));
  }

  public boolean holds(Instant now) {
    return until == null || now.isBefore(until);
  }
}

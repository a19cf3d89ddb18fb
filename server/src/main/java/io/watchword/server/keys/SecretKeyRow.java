package io.watchword.server.keys;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.Locale;

/**
 * A symmetric key at rest.
 *
 * @param currentFrom when it takes over from the version before
 * @param master id of the master key that wraps it
 * @param wrapped 32 bytes, sealed under the master key with the row's id as label
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record SecretKeyRow(
    SecretUse use, int version, Instant currentFrom, String master, byte[] wrapped) {

  /** Keyed by use, {@code /} and the version in six digits, from 1. */
  public static final Table<SecretKeyRow> TABLE = Table.clear("secret_keys", SecretKeyRow.class);

  static Key<SecretKeyRow> key(SecretUse use, int version) {
    return TABLE.key(use.label() + "/" + String.format(Locale.ROOT, "%06d", version));
  }

  @Override
  public String toString() {
    return "SecretKeyRow[" + use.label() + "/" + version + "]";
  }
}

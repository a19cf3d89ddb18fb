package io.watchword.server.keys;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Table;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key pair at rest.
 *
 * @param keyId unique for ever, 32 hexadecimal digits; its hash is the {@code kid} of signatures
 * @param currentFrom when it takes over from the version before
 * @param destroyedAt when its private key was erased; {@code null} while there is one
 * @param master id of the master key that wraps it
 * @param wrapped the private key (PKCS#8), sealed under the master key with the row's id as label;
 *     empty once destroyed
 * @param certificate DER
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; kept out of toString
public record KeyPairRow(
    KeyUse use,
    int version,
    String keyId,
    Instant currentFrom,
    @Nullable Instant destroyedAt,
    String master,
    byte[] wrapped,
    byte[] certificate) {

  /** Keyed by use, {@code /} and the version in six digits, from 1. */
  public static final Table<KeyPairRow> TABLE = Table.clear("key_pairs", KeyPairRow.class);

  static Key<KeyPairRow> key(KeyUse use, int version) {
    return TABLE.key(use.label() + "/" + String.format(Locale.ROOT, "%06d", version));
  }

  KeyPairRow destroyed(Instant at) {
    return new KeyPairRow(use, version, keyId, currentFrom, at, master, new byte[0], certificate);
  }

  @Override
  public String toString() {
    return "KeyPairRow[" + use.label() + "/" + version + "]";
  }
}

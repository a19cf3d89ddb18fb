package io.watchword.server.keys;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All key pairs, unwrapped, as one node knows them at an instant. Immutable. */
final class KeyPairs {

  /** A key pair; its key is {@code null} once destroyed. */
  record Pair(KeyPairRow row, @Nullable SigningKey key, X509Certificate certificate) {

    static Pair of(KeyPairRow row, PrivateKey privateKey, X509Certificate certificate) {
      return new Pair(row, new SigningKey(row.keyId(), privateKey, certificate), certificate);
    }

    SigningKey signing() {
      if (key == null) {
        throw new IllegalStateException("the key pair " + row + " is destroyed");
      }
      return key;
    }
  }

  private final List<Pair> pairs;
  private final Map<String, Pair> decrypting = new HashMap<>();
  private final Map<KeyUse, Pair> current = new EnumMap<>(KeyUse.class);
  private final @Nullable SigningKey signing;

  /**
   * @param pairs by use and version
   */
  KeyPairs(List<Pair> pairs, Instant now) {
    this.pairs = pairs;
    for (Pair pair : pairs) {
      if (pair.row().use() == KeyUse.IDA_PARTNER || pair.row().use() == KeyUse.IDA_FIR) {
        decrypting.put(Certificates.sha256(pair.certificate()), pair);
      }
      // The newest whose time has come; the first if the clock was set back before all of them.
      if (pair.key() != null
          && (!pair.row().currentFrom().isAfter(now) || !current.containsKey(pair.row().use()))) {
        current.put(pair.row().use(), pair);
      }
    }
    Pair sign = current.get(KeyUse.IDA_SIGN);
    this.signing = sign == null ? null : sign.signing();
  }

  /** These pairs at a later instant; the same object if that makes no difference. */
  KeyPairs at(Instant now) {
    KeyPairs later = new KeyPairs(pairs, now);
    return later.current.equals(current) ? this : later;
  }

  Optional<Pair> current(KeyUse use) {
    return Optional.ofNullable(current.get(use));
  }

  Pair required(KeyUse use) {
    return current(use)
        .orElseThrow(() -> new IllegalStateException("there is no key pair " + use.label()));
  }

  /**
   * The pair of that use to which somebody encrypted, whatever its state; {@code null} if unknown.
   */
  @Nullable Pair decrypting(KeyUse use, String sha256) {
    Pair pair = decrypting.get(sha256);
    return pair == null || pair.row().use() != use ? null : pair;
  }

  SigningKey signing() {
    if (signing == null) {
      throw new IllegalStateException("there is no key pair " + KeyUse.IDA_SIGN.label());
    }
    return signing;
  }

  /** The pair of that row, if it is known in the same state. */
  Optional<Pair> same(KeyPairRow row) {
    return pairs.stream()
        .filter(pair -> pair.row().keyId().equals(row.keyId()))
        .filter(pair -> Objects.equals(pair.row().destroyedAt(), row.destroyedAt()))
        .findFirst();
  }

  List<Pair> all() {
    return pairs;
  }

  Pair newest(KeyUse use) {
    return pairs.stream()
        .filter(pair -> pair.row().use() == use)
        .reduce((former, later) -> later)
        .orElseThrow(() -> new IllegalStateException("there is no key pair " + use.label()));
  }

  KeyState state(Pair pair) {
    if (pair.key() == null) {
      return KeyState.DESTROYED;
    }
    int inUse = required(pair.row().use()).row().version();
    int version = pair.row().version();
    return version == inUse ? KeyState.CURRENT : version < inUse ? KeyState.FORMER : KeyState.NEXT;
  }
}

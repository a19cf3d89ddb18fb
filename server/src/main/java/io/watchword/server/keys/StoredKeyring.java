package io.watchword.server.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.keys.Keyring;
import io.watchword.core.keys.Mac;
import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.wire.protection.Algorithms;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The keyring over symmetric keys that lie in the store, wrapped by the master key. The first start
 * makes them; two nodes that start at once end with the same ones.
 *
 * <p>A rotated key is made some seconds before it is used, so that every node knows it by then:
 * {@link #refresh} is to be called each second. Thread-safe.
 */
public final class StoredKeyring implements Keyring {

  /** How long a new version waits, so that all nodes have read it before one uses it. */
  static final Duration LEAD = Duration.ofSeconds(10);

  private static final int SECRET_BYTES = 32;
  private static final int MOST_ROWS = 10_000;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final Store store;
  private final MasterKey master;
  private final SealedBytes sealing;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Sealer sealer = new StoredSealer();
  private volatile Map<SecretUse, SecretVersions> keys = Map.of();
  private volatile long generation = -1;

  private StoredKeyring(
      Store store,
      MasterKey master,
      Algorithms algorithms,
      SecureRandom random,
      InstantSource clock) {
    this.store = store;
    this.master = master;
    this.sealing = new SealedBytes(algorithms, random);
    this.random = random;
    this.clock = clock;
  }

  /**
   * Reads the keys, and makes those that there are not yet.
   *
   * @throws KeyFault if the master key is not the one that wrapped them, or one was altered
   */
  public static StoredKeyring open(
      Store store,
      MasterKey master,
      Algorithms algorithms,
      SecureRandom random,
      InstantSource clock) {
    var keyring = new StoredKeyring(store, master, algorithms, random, clock);
    if (!keyring.load().keySet().containsAll(List.of(SecretUse.values()))) {
      keyring.makeFirst();
    }
    keyring.refresh();
    return keyring;
  }

  private void makeFirst() {
    Instant now = clock.instant();
    List<SecretKeyRow> made = new ArrayList<>();
    for (SecretUse use : SecretUse.values()) {
      made.add(newRow(use, 1, now));
    }
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>();
            made.forEach(row -> keys.add(SecretKeyRow.key(row.use(), row.version())));
            return keys;
          }

          @Override
          public Boolean apply(Rows rows) {
            for (SecretKeyRow row : made) {
              Key<SecretKeyRow> key = SecretKeyRow.key(row.use(), row.version());
              if (rows.get(key) == null) {
                rows.put(key, row);
              }
            }
            return true;
          }
        });
  }

  private SecretKeyRow newRow(SecretUse use, int version, Instant currentFrom) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    byte[] wrapped = master.wrap(sealing, secret, SecretKeyRow.key(use, version).id());
    return new SecretKeyRow(use, version, currentFrom, master.id(), wrapped);
  }

  /**
   * Makes the next version of a key. It is used from ten seconds later on; the former ones still
   * verify and open what they made.
   *
   * @param keeper who does, for the audit
   * @return the version; that of a version that is waiting already, if there is one
   * @throws IllegalArgumentException if keys of that use never rotate
   */
  public int rotate(Keeper keeper, SecretUse use) {
    if (!use.rotates()) {
      throw new IllegalArgumentException("the key " + use.label() + " never rotates");
    }
    refresh();
    Instant now = clock.instant();
    List<SecretKeyRow> rows = list().stream().filter(row -> row.use() == use).toList();
    SecretKeyRow newest = rows.getLast();
    if (newest.currentFrom().isAfter(now)) {
      return newest.version();
    }
    SecretKeyRow next = newRow(use, newest.version() + 1, now.plus(LEAD));
    Key<SecretKeyRow> key = SecretKeyRow.key(use, next.version());
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(key, Generation.KEYS, keeper.head());
          }

          @Override
          public Boolean apply(Rows rows) {
            if (rows.get(key) != null) {
              return false; // Another node rotated at the same moment.
            }
            rows.put(key, next);
            keeper.record(rows, "key.rotate=" + use.label(), next.version(), now);
            Generation.raise(rows, Generation.KEYS);
            return true;
          }
        });
    refresh();
    return next.version();
  }

  /** All symmetric keys, by use and version; the secrets in them are wrapped. */
  public List<SecretKeyRow> list() {
    return store.scan(SecretKeyRow.TABLE, "", MOST_ROWS).stream().map(Store.Entry::row).toList();
  }

  /** The version in use now. */
  public int current(SecretUse use) {
    return versions(use).current();
  }

  /** Looks for new versions, and puts those to use whose time has come. */
  public synchronized void refresh() {
    Generation row = store.read(Generation.KEYS);
    long number = row == null ? 0 : row.number();
    Map<SecretUse, SecretVersions> known = number == generation ? keys : load();
    Instant now = clock.instant();
    Map<SecretUse, SecretVersions> timely = new EnumMap<>(SecretUse.class);
    known.forEach((use, versions) -> timely.put(use, versions.at(now)));
    keys = timely;
    generation = number;
  }

  private Map<SecretUse, SecretVersions> load() {
    Map<SecretUse, List<SecretKeyRow>> rows = new EnumMap<>(SecretUse.class);
    for (SecretKeyRow row : list()) {
      rows.computeIfAbsent(row.use(), use -> new ArrayList<>()).add(row);
    }
    Map<SecretUse, SecretVersions> loaded = new EnumMap<>(SecretUse.class);
    rows.forEach((use, of) -> loaded.put(use, SecretVersions.unwrap(of, this::unwrap)));
    return loaded;
  }

  private byte[] unwrap(SecretKeyRow row) {
    return master.unwrap(
        sealing, row.master(), row.wrapped(), SecretKeyRow.key(row.use(), row.version()).id());
  }

  @Override
  public Mac mac(Purpose purpose, byte[]... parts) {
    SecretVersions versions = versions(use(purpose));
    int version = versions.current();
    return new Mac(version, BASE64URL.encodeToString(hmac(versions.mac(version), parts)));
  }

  @Override
  public boolean verify(Purpose purpose, Mac mac, byte[]... parts) {
    SecretVersions versions = versions(use(purpose));
    boolean known = versions.has(mac.version());
    // An unknown version is compared too, so that it takes the same time.
    int version = known ? mac.version() : versions.current();
    byte[] expected = BASE64URL.encode(hmac(versions.mac(version), parts));
    boolean equal = MessageDigest.isEqual(expected, mac.value().getBytes(US_ASCII));
    return known && equal;
  }

  @Override
  public String lookup(String kind, String value) {
    SecretVersions versions = versions(SecretUse.LOOKUP);
    byte[] hash =
        hmac(versions.mac(versions.current()), kind.getBytes(UTF_8), value.getBytes(UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  @Override
  public Sealer sealer() {
    return sealer;
  }

  private static SecretUse use(Purpose purpose) {
    return switch (purpose) {
      case CODE -> SecretUse.CODE;
      case AUDIT -> SecretUse.AUDIT;
      case PSEUDONYM -> SecretUse.PSEUDONYM;
    };
  }

  private SecretVersions versions(SecretUse use) {
    SecretVersions versions = keys.get(use);
    if (versions == null) {
      throw new IllegalStateException("there is no key " + use.label());
    }
    return versions;
  }

  /** Each part is preceded by its length in four bytes, so that no two lists of parts collide. */
  private static byte[] hmac(javax.crypto.Mac mac, byte[]... parts) {
    ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    for (byte[] part : parts) {
      mac.update(length.putInt(0, part.length).array());
      mac.update(part);
    }
    return mac.doFinal();
  }

  private final class StoredSealer implements Sealer {

    @Override
    public byte[] seal(byte[] plain, String label) {
      SecretVersions versions = versions(SecretUse.DATA);
      int version = versions.current();
      return sealing.seal(versions.secret(version), version, plain, label);
    }

    @Override
    public byte[] open(byte[] sealed, String label) {
      SecretVersions versions = versions(SecretUse.DATA);
      int version = SealedBytes.version(sealed);
      if (!versions.has(version)) {
        throw new IllegalStateException("cannot open " + label);
      }
      byte[] plain = sealing.open(versions.secret(version), sealed, label);
      if (plain == null) {
        throw new IllegalStateException("cannot open " + label);
      }
      return plain;
    }
  }
}

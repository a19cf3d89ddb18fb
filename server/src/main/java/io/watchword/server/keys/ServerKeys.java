package io.watchword.server.keys;

import io.watchword.core.unit.Generation;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.wire.protection.Algorithms;
import io.watchword.wire.protection.DecryptionKeys;
import io.watchword.wire.protection.Thumbprint;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's key pairs with their certificates, and the deployment's certificate authority. The
 * first start makes them; two nodes that start at once end with the same ones.
 *
 * <p>Of each use one pair is current. A next one may wait for its time; former ones still decrypt
 * but never sign, until an operator destroys them or their certificate's time is over. Everything
 * is held in memory; {@link #refresh} is to be called each second. Thread-safe.
 */
public final class ServerKeys implements DecryptionKeys {

  private static final int MOST_ROWS = 10_000;
  private static final int MOST_ATTEMPTS = 5;

  private final Store store;
  private final KeyPairMaker maker;
  private final SecureRandom random;
  private final InstantSource clock;
  private volatile KeyPairs pairs;
  private volatile long generation;

  private ServerKeys(Store store, KeyPairMaker maker, SecureRandom random, InstantSource clock) {
    this.store = store;
    this.maker = maker;
    this.random = random;
    this.clock = clock;
    this.generation = storedGeneration();
    this.pairs = load(new KeyPairs(List.of(), clock.instant()));
  }

  /**
   * Where the keys come from.
   *
   * @param organisation of the deployment, which stands in the certificates' names
   */
  public record Setup(MasterKey master, Algorithms algorithms, String organisation) {}

  /**
   * Reads the key pairs, and makes those that there are not yet.
   *
   * @throws KeyFault if the master key is not the one that wrapped them, or one was altered
   */
  public static ServerKeys open(
      Store store, Setup setup, SecureRandom random, InstantSource clock) {
    var maker = new KeyPairMaker(setup.master(), setup.algorithms(), random, setup.organisation());
    var keys = new ServerKeys(store, maker, random, clock);
    keys.makeMissing();
    return keys;
  }

  private void makeMissing() {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      List<KeyPairs.Pair> made = missing();
      if (made.isEmpty()) {
        return;
      }
      putIfNoneIsThere(made, null);
      reload();
    }
    throw new KeyFault("other nodes keep changing the key pairs; start again");
  }

  private List<KeyPairs.Pair> missing() {
    Instant now = clock.instant();
    List<KeyPairs.Pair> made = new ArrayList<>();
    KeyPairs.@Nullable Pair root = pairs.current(KeyUse.ROOT_CA).orElse(null);
    if (root == null) {
      root = maker.makeRoot(now);
      made.add(root);
    }
    for (KeyUse use : KeyUse.values()) {
      if (use != KeyUse.ROOT_CA && pairs.current(use).isEmpty()) {
        made.add(maker.make(use, 1, now, now, root));
      }
    }
    return made;
  }

  /** All or nothing: certificates of one node must not meet the root of another. */
  private boolean putIfNoneIsThere(List<KeyPairs.Pair> made, @Nullable Keeper keeper) {
    Instant now = clock.instant();
    return store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            List<Key<?>> keys = new ArrayList<>();
            keys.add(Generation.KEYS);
            made.forEach(pair -> keys.add(key(pair)));
            made.stream().filter(ServerKeys::isAuthority).forEach(pair -> keys.add(caKey(pair)));
            if (keeper != null) {
              keys.add(keeper.head());
            }
            return keys;
          }

          @Override
          public Boolean apply(Rows rows) {
            if (made.stream().anyMatch(pair -> rows.get(key(pair)) != null)) {
              return false;
            }
            for (KeyPairs.Pair pair : made) {
              rows.put(key(pair), pair.row());
              if (isAuthority(pair)) {
                rows.put(
                    caKey(pair),
                    new CaCertificate(CaCertificate.Domain.AUTH, pair.row().certificate(), now));
              }
              if (keeper != null) {
                keeper.record(
                    rows, "key.rotate=" + pair.row().use().label(), pair.row().version(), now);
              }
            }
            Generation.raise(rows, Generation.KEYS);
            return true;
          }
        });
  }

  private static boolean isAuthority(KeyPairs.Pair pair) {
    return pair.row().use().authority();
  }

  private static Key<KeyPairRow> key(KeyPairs.Pair pair) {
    return KeyPairRow.key(pair.row().use(), pair.row().version());
  }

  private static Key<CaCertificate> caKey(KeyPairs.Pair pair) {
    return CaCertificate.key(CaCertificate.Domain.AUTH, Certificates.sha256(pair.certificate()));
  }

  /**
   * Makes the next pair of a use.
   *
   * @param keeper who does, for the audit
   * @param currentFrom when it takes over; brought forward to ten seconds from now if that is
   *     later, so that all nodes know it by then
   * @return its version; that of a pair that is waiting already, if there is one
   * @throws IllegalArgumentException for the root, which does not rotate
   */
  public int rotate(Keeper keeper, KeyUse use, Instant currentFrom) {
    if (use == KeyUse.ROOT_CA) {
      throw new IllegalArgumentException("the root does not rotate");
    }
    reload();
    Instant now = clock.instant();
    KeyPairs.Pair newest = pairs.newest(use);
    if (newest.row().currentFrom().isAfter(now)) {
      return newest.row().version();
    }
    Instant soonest = now.plus(StoredKeyring.LEAD);
    KeyPairs.Pair next =
        maker.make(
            use,
            newest.row().version() + 1,
            now,
            currentFrom.isBefore(soonest) ? soonest : currentFrom,
            pairs.required(KeyUse.ROOT_CA));
    putIfNoneIsThere(List.of(next), keeper);
    reload();
    return next.row().version();
  }

  /**
   * Erases the private key of a former pair. What was encrypted to it cannot be read any more.
   *
   * @param keeper who does, for the audit
   * @throws IllegalArgumentException if there is no such former pair
   */
  public void destroy(Keeper keeper, KeyUse use, int version) {
    reload();
    boolean former =
        list().stream()
            .anyMatch(entry ->
                entry.use() == use
                    && entry.version() == version
                    && entry.state() == KeyState.FORMER);
    if (!former) {
      throw new IllegalArgumentException(
          "there is no former key pair " + use.label() + " of version " + version);
    }
    Instant now = clock.instant();
    Key<KeyPairRow> key = KeyPairRow.key(use, version);
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(key, Generation.KEYS, keeper.head());
          }

          @Override
          public Boolean apply(Rows rows) {
            KeyPairRow row = rows.get(key);
            if (row == null || row.destroyedAt() != null) {
              return false;
            }
            rows.put(key, row.destroyed(now));
            keeper.record(rows, "key.destroy=" + use.label(), version, now);
            Generation.raise(rows, Generation.KEYS);
            return true;
          }
        });
    reload();
  }

  /** Looks for changes in the store, and puts those pairs to use whose time has come. */
  public void refresh() {
    if (storedGeneration() != generation) {
      reload();
    } else {
      advance();
    }
  }

  private synchronized void advance() {
    pairs = pairs.at(clock.instant());
  }

  private synchronized void reload() {
    // The number first: a change in between is then seen at the next look.
    generation = storedGeneration();
    pairs = load(pairs);
  }

  private long storedGeneration() {
    Generation row = store.read(Generation.KEYS);
    return row == null ? 0 : row.number();
  }

  /** What is known already is not unwrapped again, and stays the same object. */
  private KeyPairs load(KeyPairs known) {
    List<KeyPairs.Pair> loaded =
        store.scan(KeyPairRow.TABLE, "", MOST_ROWS).stream()
            .map(Store.Entry::row)
            .map(row -> known.same(row).orElseGet(() -> maker.unwrap(row)))
            .toList();
    return new KeyPairs(loaded, clock.instant());
  }

  /** The key that signs responses now: the same object until another takes over. */
  public SigningKey signingKey() {
    return pairs.signing();
  }

  /** The key of a use that signs now. */
  public SigningKey signingKey(KeyUse use) {
    return pairs.required(use).signing();
  }

  /**
   * Certificates of a use by which signatures can be judged: of the next, the current and the
   * former pairs, unless they are destroyed or their time is over.
   */
  public List<X509Certificate> certificates(KeyUse use) {
    Instant now = clock.instant();
    return pairs.all().stream()
        .filter(pair -> pair.row().use() == use && pair.key() != null)
        .map(KeyPairs.Pair::certificate)
        .filter(certificate -> now.isBefore(certificate.getNotAfter().toInstant()))
        .toList();
  }

  /**
   * The private key behind a certificate that relying parties encrypt to: next, current or former.
   */
  @Override
  public Answer byThumbprint(Thumbprint thumbprint) {
    return decrypting(KeyUse.IDA_PARTNER, thumbprint);
  }

  /** The same for the certificates that biometric devices encrypt to. */
  public DecryptionKeys forDevices() {
    return thumbprint -> decrypting(KeyUse.IDA_FIR, thumbprint);
  }

  private Answer decrypting(KeyUse use, Thumbprint thumbprint) {
    KeyPairs.Pair pair = pairs.decrypting(use, thumbprint.hex());
    if (pair == null) {
      return new Answer.Unknown();
    }
    boolean over = clock.instant().isAfter(pair.certificate().getNotAfter().toInstant());
    return pair.key() == null || over
        ? new Answer.Expired()
        : new Answer.Found(pair.key().privateKey());
  }

  /** The current certificate of a use. */
  public X509Certificate certificate(KeyUse use) {
    return pairs.required(use).certificate();
  }

  /**
   * The current certificate under the names of {@code getCertificate} (contract ida 1.2), in PEM;
   * empty if there is none of those names.
   */
  public Optional<String> certificatePem(String applicationId, String referenceId) {
    return KeyUse.named(applicationId, referenceId)
        .flatMap(pairs::current)
        .map(pair -> Certificates.pem(pair.certificate()));
  }

  /** Issues the certificates of partners. */
  public CertificateIssuer partnerIssuer() {
    SigningKey authority = pairs.required(KeyUse.PARTNER_CA).signing();
    return CertificateIssuer.of(authority.certificate(), authority.privateKey(), random);
  }

  /** The certificates above those of {@link #partnerIssuer}: partner authority, then root. */
  public List<X509Certificate> partnerChain() {
    return List.of(certificate(KeyUse.PARTNER_CA), certificate(KeyUse.ROOT_CA));
  }

  /** All key pairs by use and version. */
  public List<Listed> list() {
    KeyPairs known = pairs;
    return known.all().stream()
        .map(pair ->
            new Listed(
                pair.row().use(),
                pair.row().version(),
                known.state(pair),
                pair.row().currentFrom(),
                pair.certificate().getNotAfter().toInstant(),
                Certificates.sha256(pair.certificate())))
        .toList();
  }

  /**
   * A key pair as operators see it.
   *
   * @param endsAt when its certificate's time is over
   * @param sha256 of its certificate, upper-case hexadecimal
   */
  public record Listed(
      KeyUse use,
      int version,
      KeyState state,
      Instant currentFrom,
      Instant endsAt,
      String sha256) {}
}

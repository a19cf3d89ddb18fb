package io.watchword.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.audit.AuditRow;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring.Purpose;
import io.watchword.core.keys.Mac;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.time.HandClock;
import io.watchword.wire.protection.Algorithms;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredKeyringTest {

  private static final byte[] AB = "ab".getBytes(UTF_8);
  private static final byte[] C = "c".getBytes(UTF_8);
  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] BC = "bc".getBytes(UTF_8);
  private static final MasterKey MASTER = MasterKey.fromText("test", "11".repeat(32));

  @TempDir Path folder;

  private Store store;
  private Keeper keeper;

  private final HandClock clock = new HandClock(Instant.parse("2026-01-02T03:04:05Z"));
  private final SecureRandom random = new SecureRandom();

  @BeforeEach
  void openStore() {
    store = KeysStore.open(folder);
    keeper = new Keeper("op", AuditTrail.open(store, new TestKeyring(), "chain", clock.instant()));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void anotherMasterKeyIsRefusedAtStartWithAMessageThatNamesItsOrigin() {
    open(MASTER);
    MasterKey other = MasterKey.fromText("the file wrong.key", "22".repeat(32));
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("the file wrong.key")
        .hasMessageContaining("not the one that wrapped");
    // Nothing was made anew under the wrong key.
    assertThat(open(MASTER).list()).hasSize(SecretUse.values().length);
  }

  @Test
  void anAlteredWrappedKeyIsRefusedAtStartByName() {
    StoredKeyring keyring = open(MASTER);
    SecretKeyRow row = row(keyring, SecretUse.CODE);
    byte[] altered = row.wrapped().clone();
    altered[altered.length - 1] ^= 1;
    put(row, altered);
    assertThatThrownBy(() -> open(MASTER))
        .isInstanceOf(KeyFault.class)
        .hasMessageContaining("code/000001");
  }

  @Test
  void aWrappedKeyDoesNotOpenInThePlaceOfAnother() {
    StoredKeyring keyring = open(MASTER);
    put(row(keyring, SecretUse.CODE), row(keyring, SecretUse.AUDIT).wrapped());
    assertThatThrownBy(() -> open(MASTER)).isInstanceOf(KeyFault.class);
  }

  @Test
  void noKeyLiesInClearInTheStore() {
    StoredKeyring keyring = open(MASTER);
    // 4 version + 12 nonce + 32 key + 16 tag
    assertThat(keyring.list()).allSatisfy(row -> assertThat(row.wrapped()).hasSize(64));
    assertThat(keyring.list().stream().map(row -> List.of(row.wrapped())).distinct()).hasSize(5);
  }

  @Test
  void partsThatOnlyConcatenateToTheSameBytesDoNotVerify() {
    StoredKeyring keyring = open(MASTER);
    Mac mac = keyring.mac(Purpose.CODE, AB, C);
    assertThat(keyring.verify(Purpose.CODE, mac, A, BC)).isFalse();
    assertThat(keyring.verify(Purpose.AUDIT, mac, AB, C)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, new Mac(2, mac.value()), AB, C)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, new Mac(0, mac.value()), AB, C)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, new Mac(1, "é" + mac.value()), AB, C)).isFalse();
    assertThat(keyring.verify(Purpose.CODE, mac, AB, C)).isTrue();
  }

  @Test
  void theSameKeysComeBackAfterARestart() {
    StoredKeyring before = open(MASTER);
    StoredKeyring after = open(MASTER);
    assertThat(after.lookup("UIN", "2047631038")).isEqualTo(before.lookup("UIN", "2047631038"));
    assertThat(after.mac(Purpose.CODE, AB)).isEqualTo(before.mac(Purpose.CODE, AB));
    byte[] sealed = before.sealer().seal(AB, "people/1");
    assertThat(after.sealer().open(sealed, "people/1")).isEqualTo(AB);
  }

  @Test
  void nodesThatStartAtOnceEndWithTheSameKeys() throws Exception {
    int nodes = 16;
    var start = new CountDownLatch(1);
    List<String> lookups = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> pending = new ArrayList<>();
      for (int node = 0; node < nodes; node++) {
        Callable<String> opening =
            () -> {
              start.await();
              return open(MASTER).lookup("UIN", "1");
            };
        pending.add(executor.submit(opening));
      }
      start.countDown();
      for (Future<String> lookup : pending) {
        lookups.add(lookup.get());
      }
    }
    assertThat(lookups).hasSize(nodes).containsOnly(open(MASTER).lookup("UIN", "1"));
  }

  @Test
  void lookupsOfDifferentKindsDifferAndAreHexadecimal() {
    StoredKeyring keyring = open(MASTER);
    assertThat(keyring.lookup("UIN", "2047631038"))
        .isNotEqualTo(keyring.lookup("VID", "2047631038"))
        .isNotEqualTo(keyring.lookup("UIN2", "047631038"))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void keysThatMustNotRotateAreNotRotated() {
    StoredKeyring keyring = open(MASTER);
    assertThatThrownBy(() -> keyring.rotate(keeper, SecretUse.LOOKUP))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keyring.rotate(keeper, SecretUse.PSEUDONYM))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(keyring.list()).hasSize(5);
  }

  @Test
  void aRotatedKeyIsUsedOnlyWhenAllNodesKnowItAndTheFormerStillVerifies() {
    StoredKeyring node = open(MASTER);
    StoredKeyring other = open(MASTER);
    Mac old = node.mac(Purpose.CODE, AB);
    assertThat(node.rotate(keeper, SecretUse.CODE)).isEqualTo(2);
    assertThat(node.mac(Purpose.CODE, AB)).isEqualTo(old);
    // A second command while one is waiting makes no third version.
    assertThat(other.rotate(keeper, SecretUse.CODE)).isEqualTo(2);
    assertThat(store.scan(AuditRow.TABLE, "chain/", 100))
        .extracting(entry -> Objects.requireNonNull(entry.row().body()).factors())
        .contains(List.of("key.rotate=" + SecretUse.CODE.label(), "version=2"))
        .filteredOn(factors -> factors.toString().contains("key.rotate"))
        .hasSize(1);

    other.refresh();
    clock.move(StoredKeyring.LEAD);
    node.refresh();
    Mac fresh = node.mac(Purpose.CODE, AB);
    assertThat(fresh.version()).isEqualTo(2);
    assertThat(fresh.value()).isNotEqualTo(old.value());
    assertThat(node.verify(Purpose.CODE, old, AB)).isTrue();
    // The other node's clock tick has not come yet; it verifies all the same.
    assertThat(other.mac(Purpose.CODE, AB)).isEqualTo(old);
    assertThat(other.verify(Purpose.CODE, fresh, AB)).isTrue();
    assertThat(node.current(SecretUse.AUDIT)).isEqualTo(1);
  }

  @Test
  void sealedRowsOfAFormerKeyOpenAfterARotation() {
    StoredKeyring keyring = open(MASTER);
    byte[] old = keyring.sealer().seal(AB, "people/1");
    keyring.rotate(keeper, SecretUse.DATA);
    clock.move(Duration.ofSeconds(11));
    keyring.refresh();
    byte[] fresh = keyring.sealer().seal(AB, "people/1");
    assertThat(SealedBytes.version(fresh)).isEqualTo(2);
    assertThat(keyring.sealer().open(old, "people/1")).isEqualTo(AB);
    assertThat(keyring.sealer().open(fresh, "people/1")).isEqualTo(AB);
    // A row cannot be passed off as one of another key version.
    byte[] relabelled = old.clone();
    relabelled[3] = 2;
    assertThatThrownBy(() -> keyring.sealer().open(relabelled, "people/1"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatOneProviderSealedAnotherOpens() {
    var best = StoredKeyring.open(store, MASTER, CryptoProvider.best(), random, clock).sealer();
    var plain = open(MASTER).sealer();
    assertThat(plain.open(best.seal(AB, "people/1"), "people/1")).isEqualTo(AB);
    assertThat(best.open(plain.seal(AB, "people/1"), "people/1")).isEqualTo(AB);
    assertThat(best.open(best.seal(new byte[0], "people/1"), "people/1")).isEmpty();
    byte[] moved = plain.seal(AB, "people/1");
    assertThatThrownBy(() -> best.open(moved, "people/2"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sealedBytesDoNotOpenWhenAlteredMovedOrCutShort() {
    var sealer = open(MASTER).sealer();
    byte[] sealed = sealer.seal(AB, "people/1");
    assertThatThrownBy(() -> sealer.open(sealed, "people/2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("people/2");
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThatThrownBy(() -> sealer.open(altered, "people/1"))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThatThrownBy(() -> sealer.open(new byte[31], "people/1"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sealer.open(new byte[0], "people/1"))
        .isInstanceOf(IllegalStateException.class);
  }

  private StoredKeyring open(MasterKey master) {
    return StoredKeyring.open(store, master, Algorithms.ofJdk(), random, clock);
  }

  private static SecretKeyRow row(StoredKeyring keyring, SecretUse use) {
    return keyring.list().stream().filter(row -> row.use() == use).findFirst().orElseThrow();
  }

  private void put(SecretKeyRow row, byte[] wrapped) {
    Key<SecretKeyRow> key = SecretKeyRow.key(row.use(), row.version());
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(key);
          }

          @Override
          public Boolean apply(Rows rows) {
            rows.put(
                key,
                new SecretKeyRow(
                    row.use(), row.version(), row.currentFrom(), row.master(), wrapped));
            return true;
          }
        });
  }
}

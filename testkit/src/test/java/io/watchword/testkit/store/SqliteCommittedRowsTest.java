package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.keys.Sealer;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.ContractRows.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store keeps in memory of its rows is what its file holds. */
class SqliteCommittedRowsTest {

  private static final int KEYS = 24;
  private static final Duration LOAD = Duration.ofSeconds(3);

  private final SqliteEngine engine = new SqliteEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  private SqliteStore open(long cacheBytes) {
    return engine.open(SqliteSettings.in(engine.folder()).withCacheBytes(cacheBytes), TABLES);
  }

  /** With little memory rows fall out all the time, and readers bring back what they just read. */
  @ParameterizedTest
  @ValueSource(longs = {0, 2_500, 1_000_000})
  @Timeout(60)
  void whoeverCommitsReadsItAtOnceAndNobodyEverReadsAnOlderRowThanBefore(long cacheBytes)
      throws Exception {
    try (SqliteStore store = open(cacheBytes);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var over = new AtomicBoolean();
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < KEYS; i++) {
        Key<Counter> key = ContractRows.COUNTERS.key("k" + i);
        all.add(threads.submit(writer(store, key, over)));
        all.add(threads.submit(reader(store, key, over)));
        all.add(threads.submit(reader(store, key, over)));
      }
      Thread.sleep(LOAD);
      over.set(true);
      long done = 0;
      for (Future<Long> each : all) {
        done += each.get();
      }
      assertThat(done).isGreaterThan(1_000);
    }
  }

  private static Callable<Long> writer(Store store, Key<Counter> key, AtomicBoolean over) {
    return () -> {
      long count = 0;
      while (!over.get()) {
        assertThat(store.commit(ContractRows.increment(key))).isEqualTo(++count);
        assertThat(store.read(key)).isEqualTo(new Counter(count));
      }
      return count;
    };
  }

  private static Callable<Long> reader(Store store, Key<Counter> key, AtomicBoolean over) {
    return () -> {
      long newest = 0;
      long reads = 0;
      while (!over.get()) {
        Counter row = store.read(key);
        long value = row == null ? 0 : row.value();
        assertThat(value).isGreaterThanOrEqualTo(newest);
        newest = value;
        reads++;
      }
      return reads;
    };
  }

  /**
   * A reader that is slow to open a row must not bring back what was overwritten meanwhile. The new
   * row is too long to be kept, so nothing stands in the way of the old one but the rule.
   */
  @Test
  @Timeout(60)
  void whatAReaderFoundBeforeACommitIsNotKeptAfterIt() throws Exception {
    Key<Secret> key = ContractRows.SECRETS.key("s");
    var former = new Secret("former", Instant.EPOCH);
    var latter = new Secret("x".repeat(20_000), Instant.EPOCH);
    var sealer = new SlowSealer(new TestKeyring().sealer());
    try (SqliteStore store = new SqliteStore(SqliteSettings.in(engine.folder()), TABLES, sealer)) {
      store.commit(ContractRows.put(key, former));
    }
    try (SqliteStore store = new SqliteStore(SqliteSettings.in(engine.folder()), TABLES, sealer);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      sealer.slow = true;
      Future<Secret> slow = threads.submit(() -> store.read(key));
      sealer.opening.await();
      store.commit(ContractRows.put(key, latter));
      sealer.go.countDown();
      assertThat(slow.get()).isEqualTo(former);
      assertThat(store.read(key)).isEqualTo(latter);
    }
  }

  /** Opens no row before it may. */
  private static final class SlowSealer implements Sealer {
    private final Sealer sealer;
    private final CountDownLatch opening = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean slow;

    SlowSealer(Sealer sealer) {
      this.sealer = sealer;
    }

    @Override
    public byte[] seal(byte[] plain, String label) {
      return sealer.seal(plain, label);
    }

    @Override
    public byte[] open(byte[] sealed, String label) {
      if (slow) {
        opening.countDown();
        try {
          go.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return sealer.open(sealed, label);
    }
  }

  @Test
  void aRowThatWasSweptIsGoneForReadersAndForUnits() {
    Instant end = Instant.parse("2026-01-05T10:00:00Z");
    Key<ContractRows.Token> key = ContractRows.TOKENS.key("t");
    try (SqliteStore store = open(1_000_000)) {
      store.commit(ContractRows.putUntil(key, new ContractRows.Token(1), end));
      assertThat(store.read(key)).isNotNull();
      assertThat(store.sweep(ContractRows.TOKENS, end.plus(Store.SWEEP_GRAIN).plusMillis(1), 10))
          .isEqualTo(1);
      assertThat(store.read(key)).isNull();
      assertThat(store.<Boolean>commit(PlainUnit.over(key, rows -> rows.get(key) == null)))
          .isTrue();
    }
  }

  /** An update leaves {@code useless_after} alone where it is the same, so it must know it. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1_000_000})
  void aRowIsUselessAfterWhatTheLastUnitSaidAndNoEarlierOne(long cacheBytes) {
    Instant early = Instant.parse("2026-01-05T10:00:00Z");
    Instant late = early.plus(Duration.ofDays(1));
    Key<ContractRows.Token> stays = ContractRows.TOKENS.key("stays");
    Key<ContractRows.Token> goes = ContractRows.TOKENS.key("goes");
    try (SqliteStore store = open(cacheBytes)) {
      store.commit(ContractRows.putUntil(stays, new ContractRows.Token(1), late));
      store.commit(ContractRows.putUntil(goes, new ContractRows.Token(1), early));
    }
    try (SqliteStore store = open(cacheBytes)) {
      assertThat(store.read(stays)).isEqualTo(store.read(goes)); // found in the file, and kept
      store.commit(ContractRows.putUntil(stays, new ContractRows.Token(2), early));
      store.commit(ContractRows.putUntil(goes, new ContractRows.Token(2), late));
      store.commit(ContractRows.putUntil(stays, new ContractRows.Token(3), late));
      store.commit(ContractRows.putUntil(goes, new ContractRows.Token(3), early));
      Instant swept = early.plus(Store.SWEEP_GRAIN).plusMillis(1);
      assertThat(store.sweep(ContractRows.TOKENS, swept, 10)).isEqualTo(1);
      assertThat(store.read(stays)).isEqualTo(new ContractRows.Token(3));
      assertThat(store.read(goes)).isNull();
    }
  }

  @Test
  void aRowThatAUnitInsertsIsThereForWhoeverHadFoundItAbsent() {
    Key<Counter> key = ContractRows.COUNTERS.key("late");
    try (SqliteStore store = open(1_000_000)) {
      assertThat(store.read(key)).isNull();
      store.commit(
          PlainUnit.over(
              ContractRows.COUNTERS.key("other"),
              rows -> {
                rows.insert(key, new Counter(7));
                return true;
              }));
      assertThat(store.read(key)).isEqualTo(new Counter(7));
    }
  }

  @Test
  void whatAUnitThatFailsHadWrittenIsNotKept() {
    Key<Counter> key = ContractRows.COUNTERS.key("k");
    try (SqliteStore store = open(1_000_000)) {
      store.commit(ContractRows.increment(key));
      try {
        store.commit(
            PlainUnit.<Boolean>over(
                key,
                rows -> {
                  rows.put(key, new Counter(99));
                  throw new IllegalStateException("on purpose");
                }));
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("on purpose");
      }
      assertThat(store.read(key)).isEqualTo(new Counter(1));
      assertThat(store.commit(ContractRows.increment(key))).isEqualTo(2);
    }
  }
}

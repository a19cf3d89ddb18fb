package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.SECRETS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static io.watchword.testkit.store.ContractRows.increment;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.ContractRows.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqliteFullDiskTest {

  private static final int THREADS = 8;
  private static final Instant USELESS = Instant.parse("2026-01-05T10:00:00Z");
  private static final Secret BIG = new Secret("x".repeat(20_000), Instant.EPOCH);

  @TempDir Path temporary;

  @Test
  @Timeout(60)
  void atItsCeilingTheFileKeepsWhatWasAcknowledgedAndWorksAgainAfterASweep() throws Exception {
    SqliteSettings settings = SqliteSettings.in(temporary).withLargestBytes(2_000_000);
    List<Key<Secret>> acknowledged;
    try (SqliteStore store = open(settings)) {
      acknowledged = fill(store);
      assertAllThere(store, acknowledged);
      assertThat(store.sweep(SECRETS, USELESS.plus(Store.SWEEP_GRAIN).plusMillis(1), 20))
          .isEqualTo(20);
      assertThat(store.commit(big(SECRETS.key("again")))).isTrue();
      assertThat(store.commit(increment(COUNTERS.key("small")))).isPositive();
    }
    try (SqliteStore store = open(SqliteSettings.in(temporary))) {
      long left = acknowledged.stream().filter(key -> store.read(key) != null).count();
      assertThat(left).isEqualTo(acknowledged.size() - 20);
    }
  }

  @Test
  @Timeout(60)
  void onAFullFileSystemNothingAcknowledgedIsLostAndItWorksAgainWhenThereIsSpace()
      throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    int mounted = run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString());
    Assumptions.assumeTrue(
        mounted == 0, "a file system of 6 MB can be mounted only as root; mount said " + mounted);
    try {
      Path ballast = disk.resolve("ballast");
      Files.write(ballast, new byte[1_500_000]);
      SqliteSettings settings = SqliteSettings.in(disk.resolve("data"));
      List<Key<Secret>> acknowledged;
      try (SqliteStore store = open(settings)) {
        acknowledged = fill(store);
        assertAllThere(store, acknowledged);
        Files.delete(ballast);
        assertThat(store.commit(big(SECRETS.key("again")))).isTrue();
        assertAllThere(store, acknowledged);
      }
      try (SqliteStore store = open(settings)) {
        assertAllThere(store, acknowledged);
        assertThat(store.read(SECRETS.key("again"))).isEqualTo(BIG);
      }
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static SqliteStore open(SqliteSettings settings) {
    return new SqliteStore(settings, TABLES, new TestKeyring().sealer());
  }

  /** Writes from several threads until each has been refused a few times; what was acknowledged. */
  private static List<Key<Secret>> fill(Store store) throws InterruptedException {
    List<Key<Secret>> acknowledged = Collections.synchronizedList(new ArrayList<>());
    List<Reason> refusals = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      String prefix = "t" + t + '-';
      threads.add(
          Thread.startVirtualThread(() -> {
            int refused = 0;
            for (int i = 0; refused < 3; i++) {
              Key<Secret> key = SECRETS.key(prefix + i);
              try {
                store.commit(big(key));
                acknowledged.add(key);
              } catch (StoreUnavailable e) {
                refusals.add(e.reason());
                refused++;
              }
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(refusals).hasSize(THREADS * 3).containsOnly(Reason.FAILED);
    assertThat(acknowledged).hasSizeGreaterThan(20);
    return acknowledged;
  }

  private static PlainUnit<Boolean> big(Key<Secret> key) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, BIG, USELESS);
          return true;
        });
  }

  private static void assertAllThere(Store store, List<Key<Secret>> keys) {
    keys.forEach(key -> assertThat(store.read(key)).as(key.id()).isEqualTo(BIG));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  /** A small row still goes in beside a big one that does not. */
  @Test
  @Timeout(60)
  void aUnitThatFindsNoRoomFailsAloneAndTheRestOfItsGroupCommits() throws Exception {
    SqliteSettings settings = SqliteSettings.in(temporary).withLargestBytes(1_000_000);
    try (SqliteStore store = open(settings)) {
      Key<Counter> small = COUNTERS.key("small");
      store.commit(increment(small));
      Gate gate = new Gate();
      gate.shut(store);
      Key<Secret> tooBig = SECRETS.key("too-big");
      List<Reason> refusals = Collections.synchronizedList(new ArrayList<>());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        boolean big = i == 3;
        threads.add(
            Thread.startVirtualThread(() -> {
              try {
                if (big) {
                  store.commit(bigger(tooBig));
                } else {
                  store.commit(increment(small));
                }
              } catch (StoreUnavailable e) {
                refusals.add(e.reason());
              }
            }));
      }
      while (store.counters().waiting() < 6) {
        Thread.sleep(5);
      }
      gate.open();
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(refusals).containsExactly(Reason.FAILED);
      assertThat(store.read(small)).isEqualTo(new Counter(6));
      assertThat(store.read(tooBig)).isNull();
      assertThat(store.counters().alone()).isEqualTo(1);
    }
  }

  private static PlainUnit<Boolean> bigger(Key<Secret> key) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, new Secret("x".repeat(2_000_000), Instant.EPOCH));
          return true;
        });
  }
}

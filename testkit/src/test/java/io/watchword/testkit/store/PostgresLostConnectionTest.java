package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static io.watchword.testkit.store.ContractRows.increment;
import static io.watchword.testkit.store.ContractRows.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.store.postgres.PostgresSettings;
import io.watchword.store.postgres.PostgresStore;
import io.watchword.testkit.postgres.LocalPostgres;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.CuttingProxy.Cut;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PostgresLostConnectionTest {

  private static final Key<Counter> KEY = COUNTERS.key("a");
  private static final int THREADS = 32;

  private PostgresEngine engine;

  @BeforeEach
  void makeEngine() {
    engine = new PostgresEngine();
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  private PostgresStore openThrough(CuttingProxy proxy) {
    PostgresSettings direct = engine.settings();
    URI url = URI.create(direct.url().substring("jdbc:".length()));
    String through = "jdbc:postgresql://127.0.0.1:" + proxy.port() + url.getPath();
    return engine.open(
        PostgresSettings.of(through, direct.user(), direct.password()).withCommitters(1), TABLES);
  }

  private CuttingProxy proxy() throws Exception {
    return new CuttingProxy(
        URI.create(engine.settings().url().substring("jdbc:".length())).getPort());
  }

  @Test
  void aCommitThatTheServerNeverSawIsUnknownAndNotThere() throws Exception {
    assertUnknown(Cut.BEFORE, null);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsUnknownToo() throws Exception {
    assertUnknown(Cut.AFTER, new Counter(1));
  }

  private void assertUnknown(Cut cut, Counter there) throws Exception {
    try (CuttingProxy proxy = proxy()) {
      Store store = openThrough(proxy);
      store.commit(put(COUNTERS.key("warm"), 1));
      proxy.cutAt("COMMIT", cut);
      assertThatExceptionOfType(StoreUnavailable.class)
          .isThrownBy(() -> store.commit(put(KEY, 1)))
          .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN));
      assertThat(proxy.hasCut()).isTrue();
      // A COMMIT that arrived may still be at work when its connection is gone.
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (!Objects.equals(store.read(KEY), there) && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertThat(store.read(KEY)).isEqualTo(there);
      store.commit(put(KEY, 2));
      assertThat(store.read(KEY)).isEqualTo(new Counter(2));
    }
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitIsReplacedAndTheUnitTakesPlaceOnce() throws Exception {
    try (CuttingProxy proxy = proxy()) {
      Store store = openThrough(proxy);
      store.commit(increment(KEY));
      List<String> moments = List.of("FOR UPDATE", "unnest");
      for (int i = 0; i < moments.size(); i++) {
        for (Cut cut : Cut.values()) {
          proxy.cutAt(moments.get(i), cut);
          long before = store.read(KEY).value();
          assertThat(store.commit(increment(KEY))).isEqualTo(before + 1);
          assertThat(proxy.hasCut()).isTrue();
          assertThat(store.read(KEY)).isEqualTo(new Counter(before + 1));
        }
      }
    }
  }

  @Test
  void whenBackendsAreKilledUnderLoadNothingAcknowledgedIsLostAndNothingRefusedIsThere()
      throws Exception {
    List<PostgresStore> nodes = List.of(engine.open(TABLES), engine.open(TABLES));
    Queue<Key<Counter>> acknowledged = new ConcurrentLinkedQueue<>();
    Queue<Key<Counter>> refused = new ConcurrentLinkedQueue<>();
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Store store = nodes.get(t % 2);
      String prefix = "t" + t + '-';
      threads.add(
          Thread.startVirtualThread(() -> write(store, prefix, stop, acknowledged, refused)));
    }
    for (int kill = 0; kill < 15; kill++) {
      int before = acknowledged.size();
      engine.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name = 'watchword' AND datname = current_database()");
      while (acknowledged.size() < before + 50) { // it goes on after each
        Thread.sleep(5);
      }
    }
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    Store fresh = engine.open(TABLES);
    assertThat(acknowledged).allSatisfy(key -> assertThat(fresh.read(key)).isNotNull());
    assertThat(refused).allSatisfy(key -> assertThat(fresh.read(key)).isNull());
  }

  private static void write(
      Store store,
      String prefix,
      AtomicBoolean stop,
      Queue<Key<Counter>> acknowledged,
      Queue<Key<Counter>> refused) {
    for (int i = 0; !stop.get(); i++) {
      Key<Counter> key = COUNTERS.key(prefix + i);
      try {
        store.commit(increment(key));
        acknowledged.add(key);
      } catch (StoreUnavailable e) {
        if (e.reason() != Reason.UNKNOWN) {
          refused.add(key);
        }
      }
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedIsNamedWithoutThePassword() {
    PostgresSettings nowhere =
        PostgresSettings.of(
            "jdbc:postgresql://127.0.0.1:1/nowhere?options=x", LocalPostgres.USER, "Marked");
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> engine.open(nowhere, TABLES))
        .withMessageContaining("127.0.0.1:1/nowhere")
        .withMessageNotContaining("Marked");
    assertThat(nowhere.toString()).doesNotContain("Marked").doesNotContain("options");
  }
}

package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.TABLES;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.ContractRows.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A program of its own that writes to a folder's store until it is killed, and prints each id as
 * soon as its unit is acknowledged. If it cannot open the store, it prints why and ends.
 */
final class CrashingWriter {

  private static final int THREADS = 16;

  private CrashingWriter() {}

  /** Starts it in another JVM. */
  static Process start(Path folder, String round) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            CrashingWriter.class.getName(),
            folder.toString(),
            round)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** The rows of one unit: both are there or neither is. */
  static List<Key<Counter>> rows(String id) {
    return List.of(COUNTERS.key("left-" + id), COUNTERS.key("right-" + id));
  }

  static final Key<Counter> HOT = COUNTERS.key("hot");

  public static void main(String[] args) throws InterruptedException {
    Store store;
    try {
      store =
          new SqliteStore(SqliteSettings.in(Path.of(args[0])), TABLES, new TestKeyring().sealer());
    } catch (StoreUnavailable e) {
      System.out.println(e.getMessage());
      return;
    }
    for (int thread = 0; thread < THREADS; thread++) {
      String prefix = args[1] + '-' + thread + '-';
      Thread.startVirtualThread(() -> write(store, prefix));
    }
    new CountDownLatch(1).await();
  }

  private static void write(Store store, String prefix) {
    for (int i = 0; true; i++) {
      String id = prefix + i;
      store.commit(unit(id));
      System.out.println(id);
    }
  }

  private static PlainUnit<Boolean> unit(String id) {
    Key<Counter> left = rows(id).getFirst();
    return PlainUnit.over(
        left,
        HOT,
        rows -> {
          Counter before = rows.get(HOT);
          long after = before == null ? 1 : before.value() + 1;
          rows.put(HOT, new Counter(after));
          rows.put(left, new Counter(after));
          rows.insert(rows(id).getLast(), new Counter(after));
          return true;
        });
  }
}

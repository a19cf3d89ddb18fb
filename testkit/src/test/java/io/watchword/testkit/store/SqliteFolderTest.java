package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.SECRETS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static io.watchword.testkit.store.ContractRows.increment;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.store.StoreCounters;
import io.watchword.store.sqlite.SqliteSettings;
import io.watchword.store.sqlite.SqliteStore;
import io.watchword.testkit.keys.TestKeyring;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.ContractRows.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SqliteFolderTest {

  @TempDir Path temporary;

  @Test
  @Timeout(60)
  void aSecondProcessIsToldThatTheFolderIsInUseAndByWhom() throws IOException {
    try (SqliteEngine engine = new SqliteEngine()) {
      Store store = engine.open(TABLES);
      assertThatExceptionOfType(StoreUnavailable.class)
          .isThrownBy(() -> engine.open(TABLES))
          .withMessageContaining(engine.folder().toString());
      // The attempt above must not have ended this process's own hold of the folder.
      assertThat(attemptOfAnotherProcess(engine.folder()))
          .contains("the data folder " + engine.folder() + " is in use by another Watchword")
          .contains("process " + ProcessHandle.current().pid());
      store.close();
      engine.open(TABLES);
    }
  }

  private static String attemptOfAnotherProcess(Path folder) throws IOException {
    Process other = CrashingWriter.start(folder, "other");
    try {
      byte[] said = new byte[1_000];
      int length = other.getInputStream().read(said);
      return new String(said, 0, Math.max(0, length), UTF_8);
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> open(file.resolve("data")))
        .withMessageContaining(file.toString());
  }

  @Test
  void aFileThatIsNoDatabaseIsRefusedAndTheFolderLetGo() throws IOException {
    Files.writeString(temporary.resolve("watchword.db"), "no database, ".repeat(1_000));
    for (int i = 0; i < 2; i++) {
      assertThatExceptionOfType(StoreUnavailable.class)
          .isThrownBy(() -> open(temporary))
          .withMessageContaining("watchword.db");
    }
  }

  @Test
  void filesAndFolderAreTheirOwnersAlone() throws IOException {
    Path folder = temporary.resolve("deep").resolve("data");
    try (Store store = open(folder)) {
      store.commit(increment(COUNTERS.key("a")));
      assertThat(permissions(folder)).isEqualTo("rwx------");
      for (String file : new String[] {"watchword.db", "watchword.db-wal", "lock"}) {
        assertThat(permissions(folder.resolve(file))).as(file).isEqualTo("rw-------");
      }
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static SqliteStore open(Path folder) {
    return new SqliteStore(SqliteSettings.in(folder), TABLES, new TestKeyring().sealer());
  }

  @Test
  void aGroupCostsOneSyncAndTheCountersTellIt() {
    try (SqliteStore store = open(temporary)) {
      Key<Counter> key = COUNTERS.key("a");
      for (int i = 0; i < 5; i++) {
        store.commit(increment(key));
      }
      store.commit(PlainUnit.over(key, rows -> rows.get(key) != null));
      assertThat(store.counters())
          .isEqualTo(new StoreCounters(5, 5, 6, 1, 0, 0, 0, store.counters().walBytes()));
    }
  }

  @Test
  void theWriteAheadLogDoesNotGrowWithWhatIsWritten() throws IOException {
    try (SqliteStore store = open(temporary)) {
      Key<Secret> key = SECRETS.key("big");
      Secret big = new Secret("x".repeat(100_000), Instant.EPOCH);
      for (int i = 0; i < 1_700; i++) { // some 170 MB
        store.commit(
            PlainUnit.over(
                key,
                rows -> {
                  rows.put(key, big);
                  return true;
                }));
      }
      assertThat(Files.size(temporary.resolve("watchword.db-wal"))).isLessThan(100_000_000L);
    }
  }
}

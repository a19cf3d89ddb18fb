package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.testkit.store.ContractRows.Counter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SqliteCrashTest {

  private static final int ROUNDS = 4;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 2_000;

  @Test
  @Timeout(120)
  void whatWasAcknowledgedBeforeAKillIsThereAndNoUnitIsThereByHalf() throws Exception {
    try (SqliteEngine engine = new SqliteEngine()) {
      Set<String> acknowledged = new HashSet<>();
      for (int round = 0; round < ROUNDS; round++) {
        acknowledged.addAll(acknowledgedUntilKilled(engine, "r" + round));
        try (Store store = engine.open(TABLES)) {
          Map<String, Counter> rows = all(store);
          for (String id : acknowledged) {
            for (Key<Counter> key : CrashingWriter.rows(id)) {
              assertThat(rows).containsKey(key.id());
            }
          }
          assertThat(count(rows, "left-")).isEqualTo(count(rows, "right-"));
          assertThat(rows.get("hot")).isEqualTo(new Counter(count(rows, "left-")));
        }
      }
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * ACKNOWLEDGED_BEFORE_KILL);
    }
  }

  private static List<String> acknowledgedUntilKilled(SqliteEngine engine, String round)
      throws IOException, InterruptedException {
    Process writer = CrashingWriter.start(engine.folder(), round);
    List<String> ids = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
      String line = readLine(lines);
      while (line != null) {
        ids.add(line);
        if (ids.size() == ACKNOWLEDGED_BEFORE_KILL) {
          // By its handle: Process.destroyForcibly would close the pipe that is still to be read.
          assertThat(writer.toHandle().destroyForcibly()).as("SIGKILL was sent").isTrue();
        }
        line = readLine(lines);
      }
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return ids.stream().filter(id -> id.startsWith(round + '-')).toList();
  }

  /** The next whole line; the one that the kill cut off tells nothing. */
  private static String readLine(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = lines.read(); c != '\n'; c = lines.read()) {
      if (c < 0) {
        return null;
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static Map<String, Counter> all(Store store) {
    Map<String, Counter> rows = new HashMap<>();
    String after = "";
    while (true) {
      List<Store.Entry<Counter>> page = store.scan(COUNTERS, after, 10_000);
      page.forEach(entry -> rows.put(entry.id(), entry.row()));
      if (page.size() < 10_000) {
        return rows;
      }
      after = page.getLast().id();
    }
  }

  private static long count(Map<String, Counter> rows, String prefix) {
    return rows.keySet().stream().filter(id -> id.startsWith(prefix)).count();
  }
}

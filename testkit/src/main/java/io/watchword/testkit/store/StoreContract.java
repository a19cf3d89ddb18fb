package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.SECRETS;
import static io.watchword.testkit.store.ContractRows.STRANGERS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static io.watchword.testkit.store.ContractRows.TOKENS;
import static io.watchword.testkit.store.ContractRows.UNWRITABLE;
import static io.watchword.testkit.store.ContractRows.increment;
import static io.watchword.testkit.store.ContractRows.insert;
import static io.watchword.testkit.store.ContractRows.put;
import static io.watchword.testkit.store.ContractRows.putUntil;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.ContractRows.Secret;
import io.watchword.testkit.store.ContractRows.Token;
import io.watchword.testkit.store.ContractRows.Unwritable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine does for one caller after another. A subclass names the engine. */
public abstract class StoreContract {

  private static final Key<Counter> A = COUNTERS.key("a");
  private static final Key<Counter> B = COUNTERS.key("b");

  private StoreEngine engine;
  private Store store;

  /** A new, empty database. */
  protected abstract StoreEngine newEngine();

  @BeforeEach
  void openStore() {
    engine = newEngine();
    store = engine.open(TABLES);
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void aRowThatTheUnitDidNotNameIsRefused() {
    List<Unit<Boolean>> units =
        List.of(
            PlainUnit.over(A, rows -> rows.get(B) == null),
            PlainUnit.over(A, rows -> writeBoth(rows)),
            PlainUnit.over(
                A,
                rows -> {
                  rows.delete(B);
                  return true;
                }));
    for (Unit<Boolean> unit : units) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> store.commit(unit))
          .withMessageContaining("counters/b");
    }
    assertThat(store.read(A)).isNull();
    assertThat(store.read(B)).isNull();
  }

  private static boolean writeBoth(Rows rows) {
    rows.put(A, new Counter(1));
    rows.put(B, new Counter(1));
    return true;
  }

  @Test
  void aTableThatTheStoreWasNotOpenedWithIsRefused() {
    Key<Token> strange = STRANGERS.key("a");
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.read(strange));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store.scan(STRANGERS, "", 1));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> store.commit(PlainUnit.over(strange, rows -> true)));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.overNothing(rows -> {
                  rows.insert(strange, new Token(0));
                  return true;
                })));
  }

  @Test
  void anIdThatIsNoProperTextIsRefusedBecauseItCouldMeetAnotherRow() {
    for (String id : List.of("a\0b", "\ud800", "\udc00x", "x\ud83d")) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> store.commit(put(COUNTERS.key(id), 1)));
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> store.commit(insert(COUNTERS.key(id), 1)));
    }
  }

  @Test
  void aUnitThatThrowsLeavesItsRowsAsTheyWereAndItsExceptionReachesTheCaller() {
    store.commit(put(A, 1));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.over(
                    A,
                    rows -> {
                      rows.put(A, new Counter(2));
                      rows.insert(B, new Counter(2));
                      throw new UnsupportedOperationException("no");
                    })))
        .withMessage("no");
    assertThat(store.read(A)).isEqualTo(new Counter(1));
    assertThat(store.read(B)).isNull();
  }

  @Test
  void anInsertOfAnIdThatIsTakenFailsTheWholeUnit() {
    store.commit(insert(B, 7));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.over(
                    A,
                    rows -> {
                      rows.put(A, new Counter(1));
                      rows.insert(B, new Counter(8));
                      return true;
                    })))
        .withMessageContaining("exists already");
    assertThat(store.read(A)).isNull();
    assertThat(store.read(B)).isEqualTo(new Counter(7));
  }

  @Test
  void anInsertThatIsRefusedInsideFailsTheUnitEvenIfItCatchesTheRefusal() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.over(
                    A,
                    rows -> {
                      rows.insert(B, new Counter(1));
                      try {
                        rows.insert(B, new Counter(2));
                      } catch (IllegalStateException e) {
                        rows.put(A, new Counter(1));
                      }
                      return true;
                    })));
    assertThat(store.read(A)).isNull();
    assertThat(store.read(B)).isNull();
  }

  @Test
  void aRowWithoutJsonFormFailsItsUnitAlone() {
    Key<Unwritable> key = UNWRITABLE.key("u");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.over(
                    key,
                    rows -> {
                      rows.put(key, new Unwritable(1));
                      return true;
                    })))
        .withMessageContaining("unwritable/u")
        .withMessageNotContaining("Marked");
    assertThat(store.read(key)).isNull();
    store.commit(put(A, 1));
    assertThat(store.read(A)).isEqualTo(new Counter(1));
  }

  @Test
  void insideAUnitWhatWasPutIsWhatOneGets() {
    store.commit(put(A, 1));
    boolean seen =
        store.commit(
            PlainUnit.over(
                A,
                B,
                rows -> {
                  boolean right = new Counter(1).equals(rows.get(A)) && rows.get(B) == null;
                  rows.put(A, new Counter(2));
                  rows.put(B, new Counter(3));
                  right &= new Counter(2).equals(rows.get(A));
                  right &= new Counter(3).equals(rows.get(B));
                  rows.delete(A);
                  return right && rows.get(A) == null;
                }));
    assertThat(seen).isTrue();
    assertThat(store.read(A)).isNull();
    assertThat(store.read(B)).isEqualTo(new Counter(3));
  }

  @Test
  void aRowIsWrittenOverDeletedAndMadeAgain() {
    store.commit(put(A, 1));
    store.commit(put(A, 2));
    assertThat(store.read(A)).isEqualTo(new Counter(2));
    PlainUnit<Boolean> delete =
        PlainUnit.over(
            A,
            rows -> {
              rows.delete(A);
              return true;
            });
    store.commit(delete);
    assertThat(store.read(A)).isNull();
    store.commit(delete);
    store.commit(insert(A, 3));
    assertThat(store.read(A)).isEqualTo(new Counter(3));
  }

  @Test
  void onlyRowsThatAreUselessAreSweptAndNoMoreThanTheLimit() {
    Instant end = Instant.parse("2026-01-05T10:00:00.000000001Z");
    Instant swept = end.plus(Store.SWEEP_GRAIN).plusMillis(1);
    for (int i = 0; i < 5; i++) {
      store.commit(putUntil(TOKENS.key("t" + i), new Token(0), end));
    }
    store.commit(putUntil(TOKENS.key("later"), new Token(0), swept));
    store.commit(putUntil(TOKENS.key("kept"), new Token(0), end));
    store.commit(
        PlainUnit.over(
            TOKENS.key("kept"),
            rows -> {
              rows.put(TOKENS.key("kept"), new Token(1));
              return true;
            }));
    assertThat(store.sweep(TOKENS, end, 10)).isZero();
    assertThat(store.sweep(TOKENS, swept, 3)).isEqualTo(3);
    assertThat(store.sweep(TOKENS, swept, 3)).isEqualTo(2);
    assertThat(store.sweep(TOKENS, swept, 3)).isZero();
    assertThat(ids(store.scan(TOKENS, "", 10))).containsExactly("kept", "later");
    for (int limit : new int[] {-1, 0, 10_001}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> store.sweep(TOKENS, end, limit));
    }
  }

  @Test
  void rowsAreScannedInTheOrderOfTheirIdsBytesPageByPage() {
    // U+FFFD sorts after U+1F600 in UTF-16 and before it in UTF-8.
    List<String> inOrder = List.of("-", "A", "B", "a", "a0", "aa", "é", "\ufffd", "\ud83d\ude00");
    List<String> mixed = new ArrayList<>(inOrder);
    Collections.reverse(mixed);
    mixed.forEach(id -> store.commit(put(COUNTERS.key(id), id.length())));
    List<String> read = new ArrayList<>();
    String after = "";
    while (true) {
      List<Store.Entry<Counter>> page = store.scan(COUNTERS, after, 2);
      page.forEach(entry -> assertThat(entry.row()).isEqualTo(new Counter(entry.id().length())));
      read.addAll(ids(page));
      if (page.size() < 2) {
        break;
      }
      after = page.getLast().id();
    }
    assertThat(read).isEqualTo(inOrder);
    assertThat(store.scan(COUNTERS, "\ud83d\ude00", 10_000)).isEmpty();
    for (int limit : new int[] {-1, 0, 10_001}) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> store.scan(COUNTERS, "", limit));
    }
  }

  private static <V> List<String> ids(List<Store.Entry<V>> page) {
    return page.stream().map(Store.Entry::id).toList();
  }

  @Test
  void aSealedRowCannotBeReadInTheFilesAndAClearOneIsFoundThere() throws IOException {
    Secret secret = new Secret("Marked-Name-4711", Instant.EPOCH);
    store.commit(put(SECRETS.key("s"), secret));
    store.commit(put(COUNTERS.key("marked-id-4711"), 1));
    assertThat(occursInFiles("marked-id-4711")).as("the search finds what is clear").isTrue();
    assertThat(occursInFiles(secret.name())).isFalse();
    assertThat(store.read(SECRETS.key("s"))).isEqualTo(secret);
  }

  private boolean occursInFiles(String text) throws IOException {
    for (Path file : engine.files()) {
      try (InputStream bytes = Files.newInputStream(file)) {
        if (new String(bytes.readAllBytes(), ISO_8859_1)
            .contains(new String(text.getBytes(UTF_8), ISO_8859_1))) {
          return true;
        }
      } catch (NoSuchFileException e) {
        // A file of the engine's own that came and went.
      }
    }
    return false;
  }

  @Test
  void aSealedRowThatWasMovedToAnotherIdOrAlteredIsRefusedAndItsContentNotTold() {
    store.commit(put(SECRETS.key("mine"), new Secret("Marked-Name-4711", Instant.EPOCH)));
    store.commit(put(SECRETS.key("yours"), new Secret("Another", Instant.EPOCH)));
    store.close(); // an engine may know what it wrote itself
    engine.execute(
        "UPDATE secrets SET body = (SELECT body FROM secrets WHERE id = 'mine') WHERE id = 'yours'");
    store = engine.open(TABLES);
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> store.read(SECRETS.key("yours")))
        .withMessageContaining("secrets/yours")
        .withMessageNotContaining("Marked");
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() ->
            store.commit(
                PlainUnit.over(
                    SECRETS.key("yours"), rows -> rows.get(SECRETS.key("yours")) != null)));
    assertThat(store.read(SECRETS.key("mine"))).isNotNull();
  }

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    List<Long> acknowledged =
        IntStream.range(0, 20).mapToObj(i -> store.commit(increment(A))).toList();
    store.commit(put(SECRETS.key("s"), new Secret("name", Instant.EPOCH)));
    store.close();
    Store again = engine.open(TABLES);
    assertThat(again.read(A)).isEqualTo(new Counter(acknowledged.getLast()));
    assertThat(again.read(SECRETS.key("s"))).isEqualTo(new Secret("name", Instant.EPOCH));
    assertThat(again.commit(increment(A))).isEqualTo(21);
  }

  @Test
  void aStoreThatIsClosedRefusesEverything() {
    store.close();
    store.close();
    List<Runnable> calls =
        List.of(
            () -> store.commit(put(A, 1)),
            () -> store.read(A),
            () -> store.scan(COUNTERS, "", 1),
            () -> store.sweep(COUNTERS, Instant.EPOCH, 1));
    for (Runnable call : calls) {
      assertThatExceptionOfType(StoreUnavailable.class)
          .isThrownBy(call::run)
          .satisfies(e -> assertThat(e.reason()).isEqualTo(StoreUnavailable.Reason.CLOSED));
    }
  }

  @Test
  void aTableThatIsKnownAsClearIsNotOpenedAsSealed() {
    store.close();
    List<Table<?>> changed = List.of(Table.sealed("counters", Counter.class));
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> engine.open(changed))
        .withMessageContaining("counters")
        .withMessageContaining("sealed");
  }

  @Test
  void aDatabaseOfANewerVersionIsRefusedWithAMessageThatSaysSo() {
    store.close();
    engine.execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " checksum, installed_by, execution_time, success) VALUES (99, '99', 'from the"
            + " future', 'SQL', 'V99__from_the_future.sql', 1, 'test', 1, true)");
    assertThatExceptionOfType(StoreUnavailable.class)
        .isThrownBy(() -> engine.open(TABLES))
        .withMessageContaining("newer Watchword")
        .withMessageContaining("99");
  }
}

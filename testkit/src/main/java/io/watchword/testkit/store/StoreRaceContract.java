package io.watchword.testkit.store;

import static io.watchword.testkit.store.ContractRows.COUNTERS;
import static io.watchword.testkit.store.ContractRows.TABLES;
import static io.watchword.testkit.store.ContractRows.TOKENS;
import static io.watchword.testkit.store.ContractRows.increment;
import static io.watchword.testkit.store.ContractRows.insert;
import static io.watchword.testkit.store.ContractRows.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.StoreUnavailable.Reason;
import io.watchword.store.group.GroupLimits;
import io.watchword.testkit.store.ContractRows.Counter;
import io.watchword.testkit.store.ContractRows.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine does for many callers at once. A subclass names the engine. */
public abstract class StoreRaceContract {

  private static final int THREADS = 64;
  private static final int SPENDS = 5;
  private static final int ROUNDS_WITHOUT_GUARD = 200;

  private StoreEngine engine;

  /** A new, empty database. */
  protected abstract StoreEngine newEngine();

  /**
   * Two stores over the one database, if the engine serves several nodes; else the same store
   * twice.
   */
  protected List<Store> openNodes(StoreEngine of) {
    Store store = of.open(TABLES);
    return List.of(store, store);
  }

  @BeforeEach
  void makeEngine() {
    engine = newEngine();
  }

  @AfterEach
  void closeEngine() {
    engine.close();
  }

  @Test
  void withoutTheUnitsGuardATokenIsSpentMoreOftenThanItMay() throws Exception {
    List<Store> nodes = openNodes(engine);
    int most = 0;
    for (int round = 0; round < ROUNDS_WITHOUT_GUARD && most <= SPENDS; round++) {
      Key<Token> token = TOKENS.key("t" + round);
      most = Math.max(most, race(nodes, store -> spendCheckingOutside(store, token)));
    }
    assertThat(most)
        .as("the race is real: a check outside the unit lets too many by")
        .isGreaterThan(SPENDS);
  }

  @Test
  void aTokenIsSpentExactlyAsOftenAsItMay() throws Exception {
    List<Store> nodes = openNodes(engine);
    for (int round = 0; round < 20; round++) {
      Key<Token> token = TOKENS.key("t" + round);
      assertThat(race(nodes, store -> store.commit(spend(token, SPENDS)))).isEqualTo(SPENDS);
      assertThat(nodes.getFirst().read(token)).isEqualTo(new Token(SPENDS));
    }
  }

  @Test
  void aTokenThatServesOnceHasExactlyOneConsumer() throws Exception {
    List<Store> nodes = openNodes(engine);
    for (int round = 0; round < 20; round++) {
      Key<Token> token = TOKENS.key("t" + round);
      nodes.getFirst().commit(putFresh(token));
      assertThat(race(nodes, store -> store.commit(consume(token)))).isEqualTo(1);
      assertThat(nodes.getFirst().read(token)).isNull();
    }
  }

  @Test
  void anIdIsInsertedExactlyOnceAndTheOthersFailAlone() throws Exception {
    List<Store> nodes = openNodes(engine);
    for (int round = 0; round < 20; round++) {
      Key<Counter> taken = COUNTERS.key("c" + round);
      Key<Counter> beside = COUNTERS.key("beside" + round);
      int successes =
          race(
              nodes,
              store -> {
                store.commit(increment(beside));
                return insertOrFail(store, taken) ? 1 : 0;
              });
      assertThat(successes).isEqualTo(1);
      assertThat(nodes.getFirst().read(beside)).isEqualTo(new Counter(THREADS));
    }
  }

  @Test
  void noIncrementOfOneRowIsLostAndEveryValueIsGivenOnce() throws Exception {
    List<Store> nodes = openNodes(engine);
    Key<Counter> counter = COUNTERS.key("hot");
    ConcurrentLinkedQueue<Long> given = new ConcurrentLinkedQueue<>();
    race(
        nodes,
        store -> {
          for (int i = 0; i < 20; i++) {
            given.add(store.commit(increment(counter)));
          }
          return 0;
        });
    assertThat(given)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, THREADS * 20).boxed().toList());
    assertThat(nodes.getFirst().read(counter)).isEqualTo(new Counter(THREADS * 20));
  }

  @Test
  void twoUnitsThatEachActOnTheAbsenceOfTheOthersRowDoNotBothAct() throws Exception {
    List<Store> nodes = openNodes(engine);
    for (int round = 0; round < 40; round++) {
      Key<Counter> left = COUNTERS.key("left" + round);
      Key<Counter> right = COUNTERS.key("right" + round);
      AtomicInteger turn = new AtomicInteger();
      int acted =
          race(
              nodes,
              store ->
                  store.commit(
                      turn.getAndIncrement() % 4 < 2
                          ? putUnlessThere(left, right)
                          : putUnlessThere(right, left)));
      // After the first one, whichever side it was, the other side must stand back.
      boolean leftThere = nodes.getFirst().read(left) != null;
      boolean rightThere = nodes.getFirst().read(right) != null;
      assertThat(leftThere ^ rightThere).as("left %s, right %s", leftThere, rightThere).isTrue();
      assertThat(acted).isEqualTo(THREADS / 2);
    }
  }

  @Test
  void nothingIsSeenOrAnsweredBeforeTheGroupIsCommitted() throws Exception {
    Store store = engine.open(TABLES, new GroupLimits(100, 10));
    Key<Counter> key = COUNTERS.key("a");
    Gate first = new Gate();
    first.shut(store);
    CompletableFuture<Long> waiting = inBackground(() -> store.commit(increment(key)));
    // The next one goes into the same group as the increment, behind it.
    awaitSizeOfQueue(store, 1);
    Gate second = new Gate();
    CompletableFuture<Boolean> last = inBackground(() -> store.commit(second.unit()));
    awaitSizeOfQueue(store, 2);
    first.open();
    second.awaitEntered();
    // The increment has run; its group has not been committed.
    assertThat(store.read(key)).isNull();
    assertThat(waiting).isNotDone();
    second.open();
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(last.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(store.read(key)).isEqualTo(new Counter(1));
  }

  @Test
  void inAGroupTheUnitsThatThrowFailAndAllOthersCommit() throws Exception {
    Store store = engine.open(TABLES, new GroupLimits(100, 100));
    store.commit(put(COUNTERS.key("taken"), 1));
    Gate gate = new Gate();
    gate.shut(store);
    List<CompletableFuture<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Key<Counter> key = COUNTERS.key("row" + i);
      PlainUnit<Boolean> unit =
          switch (i % 3) {
            case 0 -> put(key, i);
            case 1 -> throwing(key);
            default -> insert(COUNTERS.key("taken"), i);
          };
      waiting.add(inBackground(() -> store.commit(unit)));
      awaitSizeOfQueue(store, i + 1);
    }
    gate.open();
    for (int i = 0; i < 9; i++) {
      CompletableFuture<Boolean> each = waiting.get(i);
      if (i % 3 == 0) {
        assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
      } else {
        assertThat(each)
            .failsWithin(Duration.ofSeconds(30))
            .withThrowableThat()
            .withCauseInstanceOf(
                i % 3 == 1 ? UnsupportedOperationException.class : IllegalStateException.class);
      }
      assertThat(store.read(COUNTERS.key("row" + i))).isEqualTo(i % 3 == 0 ? new Counter(i) : null);
    }
  }

  @Test
  void aQueueThatIsFullRefusesAsBusyAndLosesNothingThatItAccepted() throws Exception {
    Store store = engine.open(TABLES, new GroupLimits(4, 2));
    Key<Counter> key = COUNTERS.key("a");
    Gate gate = new Gate();
    gate.shut(store);
    List<CompletableFuture<Long>> accepted = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      accepted.add(inBackground(() -> store.commit(increment(key))));
    }
    awaitSizeOfQueue(store, 4);
    assertThat(reasonOf(() -> store.commit(increment(key)))).isEqualTo(Reason.BUSY);
    gate.open();
    for (CompletableFuture<Long> each : accepted) {
      each.get(30, TimeUnit.SECONDS);
    }
    assertThat(store.read(key)).isEqualTo(new Counter(4));
    assertThat(store.commit(increment(key))).isEqualTo(5);
  }

  @Test
  void closingFinishesWhatWasAcceptedAndRefusesTheRest() throws Exception {
    List<Store> nodes = openNodes(engine);
    Key<Counter> key = COUNTERS.key("a");
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    CompletableFuture<Integer> race =
        inBackground(() ->
            race(
                nodes,
                store -> {
                  Reason reason = null;
                  while (reason == null) {
                    reason =
                        reasonOf(() -> {
                          store.commit(increment(key));
                          return acknowledged.incrementAndGet();
                        });
                  }
                  refused.incrementAndGet();
                  return reason == Reason.CLOSED ? 1 : 0;
                }));
    while (acknowledged.get() < 200) {
      Thread.onSpinWait();
    }
    nodes.forEach(Store::close);
    assertThat(race.get(30, TimeUnit.SECONDS)).as("refused as closed").isEqualTo(THREADS);
    assertThat(refused).hasValue(THREADS);
    assertThat(engine.open(TABLES).read(key)).isEqualTo(new Counter(acknowledged.get()));
  }

  @Test
  void aUnitThatCommitsAnotherOneIsRefusedInsteadOfWaitingForItself() {
    Store store = engine.open(TABLES, GroupLimits.DEFAULT);
    PlainUnit<Boolean> nested =
        PlainUnit.overNothing(rows -> store.commit(put(COUNTERS.key("a"), 1)));
    assertThat(catchThrowable(() -> store.commit(nested)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(store.read(COUNTERS.key("a"))).isNull();
  }

  /** Runs it on {@value #THREADS} threads at once, half on each node; the sum of what they say. */
  private static int race(List<Store> nodes, ToIntFunction<Store> each) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<CompletableFuture<Integer>> runners =
        IntStream.range(0, THREADS)
            .mapToObj(i ->
                inBackground(() -> {
                  start.await(30, TimeUnit.SECONDS);
                  return each.applyAsInt(nodes.get(i % nodes.size()));
                }))
            .toList();
    int sum = 0;
    for (CompletableFuture<Integer> runner : runners) {
      sum += runner.get(60, TimeUnit.SECONDS);
    }
    return sum;
  }

  private static <T> CompletableFuture<T> inBackground(Callable<T> work) {
    CompletableFuture<T> outcome = new CompletableFuture<>();
    Thread.startVirtualThread(() -> {
      try {
        outcome.complete(work.call());
      } catch (Throwable e) { // for whoever asks for the outcome
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  private static void awaitSizeOfQueue(Store store, int size) throws InterruptedException {
    for (int i = 0; i < 3_000 && Waits.waiting(store) < size; i++) {
      Thread.sleep(10);
    }
    assertThat(Waits.waiting(store)).isEqualTo(size);
  }

  private static @Nullable Reason reasonOf(Callable<?> call) {
    try {
      call.call();
      return null;
    } catch (StoreUnavailable e) {
      return e.reason();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static PlainUnit<Integer> spend(Key<Token> key, int allowed) {
    return PlainUnit.over(
        key,
        rows -> {
          Token token = rows.get(key);
          int spent = token == null ? 0 : token.spent();
          if (spent >= allowed) {
            return 0;
          }
          rows.put(key, new Token(spent + 1));
          return 1;
        });
  }

  private static int spendCheckingOutside(Store store, Key<Token> key) {
    Token token = store.read(key);
    int spent = token == null ? 0 : token.spent();
    if (spent >= SPENDS) {
      return 0;
    }
    return store.commit(
        PlainUnit.over(
            key,
            rows -> {
              rows.put(key, new Token(spent + 1));
              return 1;
            }));
  }

  private static PlainUnit<Boolean> putFresh(Key<Token> key) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, new Token(0));
          return true;
        });
  }

  private static PlainUnit<Integer> consume(Key<Token> key) {
    return PlainUnit.over(
        key,
        rows -> {
          if (rows.get(key) == null) {
            return 0;
          }
          rows.delete(key);
          return 1;
        });
  }

  private static PlainUnit<Integer> putUnlessThere(Key<Counter> mine, Key<Counter> other) {
    return PlainUnit.over(
        mine,
        other,
        rows -> {
          if (rows.get(other) != null) {
            return 0;
          }
          rows.put(mine, new Counter(1));
          return 1;
        });
  }

  private static PlainUnit<Boolean> throwing(Key<Counter> key) {
    return PlainUnit.over(
        key,
        rows -> {
          rows.put(key, new Counter(-1));
          throw new UnsupportedOperationException();
        });
  }

  private static boolean insertOrFail(Store store, Key<Counter> key) {
    try {
      return store.commit(insert(key, 1));
    } catch (IllegalStateException e) {
      return false;
    }
  }
}

package io.watchword.server.couriers;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.CoreTables;
import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Courier;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.Letters;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.server.couriers.ErrandRunner.Counts;
import io.watchword.server.couriers.OutboxCourier.OutboxMessage;
import io.watchword.testkit.store.SqliteEngine;
import io.watchword.testkit.time.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrandRunnerTest {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "outcome", "failed",
          "authType", "otp",
          "partner", "Bank",
          "date", "24-11-2026",
          "time", "18:15:30",
          "idvid", "XXXXXXXX38",
          "idvidType", "UIN");
  private static final Recipient JAMES =
      new Recipient(
          Optional.of("james@example.test"),
          Optional.of("8763740607"),
          List.of("eng"),
          Map.of("eng", "James"));
  private static final Letters LETTERS = new LetterFiles(LetterSettings.STANDARD).letters();

  private final SqliteEngine engine = new SqliteEngine();
  private final Store store = engine.open(CoreTables.ALL);
  private final HandClock clock = new HandClock(Instant.parse("2026-11-24T10:15:30Z"));
  private final OutboxCourier outbox = new OutboxCourier(clock);
  private final Set<Channel> broken = ConcurrentHashMap.newKeySet();
  private final List<ErrandRunner> runners = new ArrayList<>();

  @AfterEach
  void stop() {
    runners.forEach(ErrandRunner::close);
    store.close();
    engine.close();
  }

  private ErrandRunner runner(Courier courier) {
    var notices =
        new NoticeSender(
            errand -> errand.personId().equals("james") ? Optional.of(JAMES) : Optional.empty(),
            LETTERS,
            courier,
            Set.of(Channel.EMAIL, Channel.PHONE));
    var runner = new ErrandRunner(store, notices, clock, new SplittableRandom(7));
    runners.add(runner);
    return runner;
  }

  private Courier.Outcome carry(Letter letter) {
    return broken.contains(letter.channel())
        ? new Courier.Failed("out of order")
        : outbox.carry(letter);
  }

  private Errand put(String id, String person) {
    return put(Errand.notice(id, person, VARIABLES, clock.instant()));
  }

  /** As a decision leaves it that hands it over. */
  private Errand putTaken(String id) {
    return put(Errands.taken(Errand.notice(id, "james", VARIABLES, clock.instant())));
  }

  private Errand put(Errand errand) {
    store.commit(
        new Unit<Boolean>() {
          @Override
          public Collection<Key<?>> keys() {
            return List.of(Errands.key(errand));
          }

          @Override
          public Boolean apply(Rows rows) {
            Errands.put(rows, errand);
            return true;
          }
        });
    return errand;
  }

  private static void runDue(ErrandRunner runner) throws InterruptedException {
    runner.takeDue();
    runner.awaitIdle();
  }

  private List<Errand> take(Errand... errands) {
    return Errands.take(store, List.of(errands), clock.instant());
  }

  private List<Errand> waiting() {
    return Errands.waiting(store, 100);
  }

  @Test
  @DisplayName("an errand for a person who is no longer on file ends without a letter")
  void personGone() throws Exception {
    put("1", "nobody");
    ErrandRunner runner = runner(this::carry);
    runDue(runner);
    assertThat(outbox.messages(Optional.empty())).isEmpty();
    assertThat(waiting()).isEmpty();
    assertThat(runner.counts()).isEqualTo(new Counts(1, 0, 0));
  }

  @Test
  @DisplayName("a notice goes out on both channels and tells what was checked, when and for whom")
  void notice() throws Exception {
    put("1", "james");
    runDue(runner(this::carry));
    List<OutboxMessage> sent = outbox.messages(Optional.empty());
    assertThat(sent)
        .extracting(OutboxMessage::to)
        .containsExactly("8763740607", "james@example.test");
    assertThat(sent.get(0).text())
        .contains("Bank", "UIN XXXXXXXX38", "24-11-2026", "18:15:30", "one-time code")
        .contains("not successful");
    assertThat(sent.get(1).subject()).isEqualTo("Your identity was checked");
    assertThat(sent.get(1).text()).startsWith("James\n\nBank asked us on 24-11-2026 at 18:15:30");
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("what failed on one channel is tried again there alone, later and later")
  void backoff() throws Exception {
    broken.add(Channel.PHONE);
    put("1", "james");
    ErrandRunner runner = runner(this::carry);
    runDue(runner);
    runDue(runner);
    assertThat(outbox.messages(Optional.empty())).hasSize(1);
    assertThat(waiting()).hasSize(1);
    Errand waiting = waiting().getFirst();
    assertThat(waiting.attempts()).isEqualTo(1);
    assertThat(waiting.served()).containsExactly(Channel.EMAIL);
    assertThat(waiting.trouble()).isEqualTo("out of order");
    Duration first = Duration.between(clock.instant(), waiting.due());
    assertThat(first).isBetween(Duration.ofSeconds(27), Duration.ofSeconds(33));
    clock.move(first);
    runDue(runner);
    Duration second = Duration.between(clock.instant(), waiting().getFirst().due());
    assertThat(second).isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
    broken.clear();
    clock.move(second.minusMillis(1));
    runDue(runner);
    assertThat(waiting()).hasSize(1);
    clock.move(Duration.ofMillis(1));
    runDue(runner);
    assertThat(outbox.messages(Optional.empty()))
        .extracting(OutboxMessage::channel)
        .containsExactly("phone", "email");
    assertThat(waiting()).isEmpty();
    assertThat(runner.counts()).isEqualTo(new Counts(1, 2, 0));
  }

  @Test
  @DisplayName("an errand is given up a day after the decision, after a dozen attempts or so")
  void givenUp() throws Exception {
    broken.addAll(List.of(Channel.values()));
    Errand errand = put("1", "james");
    ErrandRunner runner = runner(this::carry);
    int rounds = 0;
    while (!waiting().isEmpty()) {
      clock.set(waiting().getFirst().due());
      runDue(runner);
      rounds++;
      assertThat(rounds).isLessThan(50);
    }
    assertThat(clock.instant()).isEqualTo(errand.created().plus(Duration.ofDays(1)));
    assertThat(runner.counts().givenUp()).isEqualTo(1);
    assertThat(runner.counts().postponed()).isBetween(10L, 16L);
  }

  @Test
  @DisplayName("what is handed over is done at once, however much it is, and then removed")
  void handed() throws Exception {
    ErrandRunner runner = runner(this::carry);
    for (int i = 0; i < 200; i++) {
      runner.hand(putTaken("e" + i));
      clock.move(Duration.ofMillis(1));
    }
    awaitDone(runner, 200);
    runner.awaitIdle();
    assertThat(outbox.messages(Optional.empty())).hasSize(400);
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("what was handed over too long ago is left to whoever finds it due, and done once")
  void handedLate() throws Exception {
    ErrandRunner runner = runner(this::carry);
    Errand errand = putTaken("1");
    clock.move(Errands.LEASE.dividedBy(2).plusMillis(1));
    runner.hand(errand);
    runDue(runner);
    assertThat(outbox.messages(Optional.empty())).isEmpty();
    clock.move(Errands.LEASE.dividedBy(2));
    runDue(runner);
    assertThat(outbox.messages(Optional.empty())).hasSize(2);
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("what is done is removed before more is taken up, and at the end")
  void removed() throws Exception {
    ErrandRunner runner = runner(this::carry);
    runner.hand(putTaken("1"));
    awaitDone(runner, 1);
    runner.takeDue();
    assertThat(waiting()).isEmpty();
    runner.hand(putTaken("2"));
    awaitDone(runner, 2);
    runner.close();
    assertThat(waiting()).isEmpty();
  }

  private static void awaitDone(ErrandRunner runner, long count) throws InterruptedException {
    while (runner.counts().done() < count) {
      Thread.sleep(1);
    }
  }

  @Test
  @DisplayName("an errand that a runner is handed after its end is due when the lease is over")
  void handedAfterTheEnd() throws Exception {
    ErrandRunner closed = runner(this::carry);
    closed.close();
    closed.hand(putTaken("1"));
    assertThat(outbox.messages(Optional.empty())).isEmpty();
    clock.move(Errands.LEASE);
    runDue(runner(this::carry));
    assertThat(outbox.messages(Optional.empty())).hasSize(2);
  }

  @Test
  @DisplayName("an errand whose runner ends in the middle runs again once its lease is over")
  void atLeastOnce() throws Exception {
    put("1", "james");
    var started = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    ErrandRunner dying =
        runner(letter -> {
          started.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException("cut off", e);
          }
          return new Courier.Failed("never");
        });
    dying.takeDue();
    started.await();
    dying.close();
    ErrandRunner next = runner(this::carry);
    runDue(next);
    assertThat(outbox.messages(Optional.empty())).isEmpty();
    assertThat(waiting()).hasSize(1);
    clock.move(Errands.LEASE);
    runDue(next);
    assertThat(outbox.messages(Optional.empty())).hasSize(2);
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("who took an errand too long ago can neither remove nor delay it")
  void leaseLost() throws Exception {
    Errand errand = put("1", "james");
    Errand other = put("2", "james");
    Errand slow = take(errand).getFirst();
    assertThat(take(errand, other)).extracting(Errand::id).containsExactly("2");
    clock.move(Errands.LEASE);
    Errand due = Errands.due(store, clock.instant(), 10).getFirst();
    Errand quick = take(due).getFirst();
    assertThat(quick.attempts()).isEqualTo(2);
    Errands.finish(store, List.of(slow));
    assertThat(Errands.putBack(store, slow, slow.again(clock.instant(), List.of(), "late")))
        .isFalse();
    assertThat(waiting()).hasSize(2);
    Errands.finish(store, List.of(quick));
    assertThat(waiting()).extracting(Errand::id).containsExactly("2");
  }

  @Test
  @DisplayName("two runners over one store share the errands, and none runs twice")
  void shared() throws Exception {
    for (int i = 0; i < 150; i++) {
      put("e" + i, "james");
      clock.move(Duration.ofMillis(1));
    }
    ErrandRunner one = runner(this::carry);
    ErrandRunner two = runner(this::carry);
    Thread other =
        Thread.ofVirtual()
            .start(() -> {
              try {
                two.takeDue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    one.takeDue();
    other.join();
    one.awaitIdle();
    two.awaitIdle();
    assertThat(outbox.messages(Optional.empty())).hasSize(300);
    assertThat(one.counts().done() + two.counts().done()).isEqualTo(150);
    assertThat(waiting()).isEmpty();
  }

  @Test
  @DisplayName("the queue stands in the order in which errands come due")
  void order() {
    put("b", "james");
    clock.move(Duration.ofMillis(1));
    put("a", "james");
    assertThat(waiting()).extracting(Errand::id).containsExactly("b", "a");
    clock.move(Duration.ofMillis(-1));
    assertThat(Errands.due(store, clock.instant(), 10)).extracting(Errand::id).containsExactly("b");
  }

  @Test
  @DisplayName("a started runner finds errands by itself")
  void started() throws Exception {
    ErrandRunner runner = runner(this::carry);
    runner.start();
    put("1", "james");
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (runner.counts().done() == 0 && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(outbox.messages(Optional.empty())).hasSize(2);
  }
}

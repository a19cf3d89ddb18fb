package io.watchword.testkit.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.RefusalTally;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.StoreUnavailable;
import io.watchword.core.unit.Table;
import io.watchword.core.unit.Unit;
import io.watchword.testkit.store.StoreEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** DESIGN section 6: unauthenticated refusals are aggregated per minute and reason. */
@ParameterizedClass
@MethodSource("io.watchword.testkit.store.StoreEngines#each")
class RefusalTallyTest {

  private static final Instant TEN = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Parameter StoreEngine engine;

  private final AtomicBoolean broken = new AtomicBoolean();
  private Deployment deployment;
  private RefusalTally tally;

  @BeforeEach
  void open() {
    deployment = Deployment.over(engine);
    tally =
        new RefusalTally(
            new BreakableStore(deployment.store, broken), deployment.audit, deployment.clock);
  }

  private void count(String reason, int times) {
    for (int i = 0; i < times; i++) {
      tally.count("ida", reason);
    }
  }

  private static String count(AuditRecord record) {
    return record.factors().getFirst();
  }

  @Test
  void whileTheStoreIsBrokenNothingIsLostAndMemoryStaysBounded() {
    broken.set(true);
    for (int minute = 0; minute < 2_000; minute++) {
      count("F5", 3);
      deployment.clock.move(MINUTE);
      assertThatThrownBy(tally::writeEnded).isInstanceOf(StoreUnavailable.class);
    }
    assertThat(deployment.records()).isEmpty();
    broken.set(false);
    tally.writeEnded();
    tally.writeEnded();
    List<AuditRecord> records = deployment.records();
    assertThat(records).hasSizeBetween(2, 300);
    assertThat(
            records.stream()
                .mapToLong(record -> Long.parseLong(count(record).replace("count=", "")))
                .sum())
        .isEqualTo(6_000);
    assertThat(deployment.verify().faults()).isEmpty();
  }

  @Test
  void aMillionKnocksInAMinuteAreOneRecordOnceTheMinuteIsOver() {
    count("F5 IDA-MPA-001", 1_000_000);
    tally.writeEnded();
    assertThat(deployment.records()).as("the minute goes on").isEmpty();
    deployment.clock.move(Duration.ofSeconds(59));
    count("F5 IDA-MPA-001", 1);
    deployment.clock.move(Duration.ofSeconds(1));
    tally.writeEnded();
    tally.writeEnded();
    assertThat(deployment.records())
        .containsExactly(
            new AuditRecord(
                TEN,
                AuditRecord.Event.REFUSALS,
                "ida",
                "",
                null,
                "",
                "F5 IDA-MPA-001",
                List.of("count=1000001", "last=2026-01-05T10:00:59Z"),
                ""));
    assertThat(deployment.verify().faults()).isEmpty();
  }

  @Test
  void reasonsAndMinutesAreCountedApart() {
    count("F5", 2);
    count("F10", 1);
    deployment.clock.move(MINUTE);
    count("F5", 4); // nobody has written the minute before yet
    deployment.clock.move(MINUTE);
    tally.writeEnded();
    assertThat(deployment.records())
        .extracting(AuditRecord::at, AuditRecord::outcome, RefusalTallyTest::count)
        .containsExactlyInAnyOrder(
            tuple(TEN, "F5", "count=2"),
            tuple(TEN, "F10", "count=1"),
            tuple(TEN.plus(MINUTE), "F5", "count=4"));
  }

  @Test
  void reasonsThatWouldFillTheMemoryAreCountedTogether() {
    for (int i = 0; i < 100_000; i++) {
      tally.count("ida", "reason " + i);
    }
    tally.writeAll();
    assertThat(deployment.records()).hasSize(65);
    assertThat(deployment.records())
        .filteredOn(record -> record.outcome().equals(RefusalTally.OTHER))
        .extracting(RefusalTallyTest::count)
        .containsExactly("count=" + (100_000 - 64));
  }

  @Test
  void atTheEndOfTheProcessTheMinuteThatGoesOnIsWrittenToo() {
    count("F5", 7);
    tally.writeAll();
    assertThat(deployment.records()).extracting(RefusalTallyTest::count).containsExactly("count=7");
    tally.writeAll();
    assertThat(deployment.records()).hasSize(1);
  }

  @Test
  void countsFromManyThreadsAreAllThere() throws Exception {
    Race.run(thread -> {
      count("F5", 1_000);
      return true;
    });
    tally.writeAll();
    assertThat(deployment.records())
        .extracting(RefusalTallyTest::count)
        .containsExactly("count=" + Race.THREADS * 1_000);
  }

  /** A store that cannot write while it is broken. */
  private record BreakableStore(Store inner, AtomicBoolean broken) implements Store {

    @Override
    public <R> R commit(Unit<R> unit) {
      if (broken.get()) {
        throw new StoreUnavailable(StoreUnavailable.Reason.FAILED, "the disk is full", null);
      }
      return inner.commit(unit);
    }

    @Override
    public <V> @Nullable V read(Key<V> key) {
      return inner.read(key);
    }

    @Override
    public <V> List<Entry<V>> scan(Table<V> table, String after, int limit) {
      return inner.scan(table, after, limit);
    }

    @Override
    public int sweep(Table<?> table, Instant before, int limit) {
      return inner.sweep(table, before, limit);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}

package io.watchword.server.couriers.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {

  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final AtomicInteger ended = new AtomicInteger();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private String waitForEver() throws InterruptedException {
    try {
      Thread.sleep(Duration.ofHours(1));
      return "never";
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }

  @Test
  void workInTimeGivesItsResultAndHasEndedBefore() throws Exception {
    assertThat(Deadline.within(LONG, () -> "done", ended::incrementAndGet)).isEqualTo("done");
    assertThat(ended).hasValue(1);
  }

  @Test
  void whatTheWorkThrowsIsHandedOver() {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() ->
            Deadline.within(
                LONG,
                () -> {
                  throw new IOException("broken");
                },
                ended::incrementAndGet))
        .withCauseInstanceOf(IOException.class);
    assertThat(ended).hasValue(1);
  }

  /** A time limit that the work itself met is the work's failure, not the deadline's. */
  @Test
  void aTimeoutOfTheWorkIsNotTheDeadlines() {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() ->
            Deadline.within(
                LONG,
                () -> {
                  throw new TimeoutException("its own");
                }))
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void workThatTakesTooLongIsInterrupted() throws Exception {
    long start = System.nanoTime();
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Deadline.within(SHORT, this::waitForEver, ended::incrementAndGet));
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aLimitThatIsOverAlreadyEndsTheWaitToo() {
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Deadline.within(Duration.ofSeconds(-1), this::waitForEver));
  }

  @Test
  void workThatDoesNotReactIsLeftBehindAndToldOfWhenItEnds() throws Exception {
    var go = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() ->
            Deadline.within(
                SHORT,
                () -> {
                  boolean late = false;
                  while (!late) {
                    try {
                      go.await();
                      late = true;
                    } catch (InterruptedException e) {
                      // does not react
                    }
                  }
                  return late;
                },
                gone::countDown));
    assertThat(gone.getCount()).isEqualTo(1);
    go.countDown();
    assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoIsInterruptedStopsWaitingAndSoDoesTheWork() throws Exception {
    var told = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                Deadline.within(LONG, this::waitForEver);
              } catch (InterruptedException e) {
                told.countDown();
              } catch (TimeoutException | ExecutionException e) {
                throw new AssertionError(e);
              }
            });
    caller.interrupt();
    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  /** The clock rests when nobody waits, and must wake for the next one. */
  @Test
  void afterALongRestALimitStillEnds() throws Exception {
    Thread.sleep(Deadline.TICK.multipliedBy(100));
    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> Deadline.within(SHORT, this::waitForEver));
  }
}

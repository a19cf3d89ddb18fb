package io.watchword.server.upkeep;

import io.watchword.core.budget.Flood;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.budget.WrongCodes;
import io.watchword.core.code.CodeSlot;
import io.watchword.core.code.PersonTries;
import io.watchword.core.code.SentTransactions;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.session.RefreshTokens;
import io.watchword.core.session.Revocation;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Table;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server's own work on one thread of its own. What fails is logged and done again. */
public final class Upkeep implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** Tables whose rows are removed once they are of no use any more. */
  public static final List<Table<?>> SWEPT =
      List.of(
          CodeSlot.TABLE,
          SentTransactions.TABLE,
          PersonTries.TABLE,
          SendWindows.TABLE,
          Flood.TABLE,
          WrongCodes.TABLE,
          Transaction.table(),
          Enrollment.Offer.table(),
          RefreshTokens.Kept.table(),
          Revocation.TABLE);

  private static final int AT_ONCE = 500;
  private static final int MOST_ROUNDS = 200;

  private final ScheduledExecutorService threads =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("upkeep-", 0).factory());
  private final Store store;
  private final InstantSource clock;

  public Upkeep(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @param refresh called each second
   * @param refusals writes what was counted in minutes that are over; called each 5 seconds
   * @param heads writes the audit's heads; called each minute
   * @param abandoned closes attempts that nobody decided; called each minute
   */
  public Upkeep start(Runnable refresh, Runnable refusals, Runnable heads, Runnable abandoned) {
    var _ = threads.scheduleWithFixedDelay(guarded("refresh", refresh), 1, 1, TimeUnit.SECONDS);
    var _ = threads.scheduleWithFixedDelay(guarded("refusals", refusals), 5, 5, TimeUnit.SECONDS);
    var _ = threads.scheduleWithFixedDelay(guarded("audit heads", heads), 1, 60, TimeUnit.SECONDS);
    var _ =
        threads.scheduleWithFixedDelay(
            guarded("abandoned attempts", abandoned), 20, 60, TimeUnit.SECONDS);
    var _ = threads.scheduleWithFixedDelay(guarded("sweep", this::sweep), 30, 30, TimeUnit.SECONDS);
    return this;
  }

  private void sweep() {
    for (Table<?> table : SWEPT) {
      int rounds = 0;
      while (store.sweep(table, clock.instant(), AT_ONCE) == AT_ONCE && rounds < MOST_ROUNDS) {
        rounds++;
      }
    }
  }

  /** A task that throws would never run again. */
  private static Runnable guarded(String name, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable e) { // also of an error, such as a heap that was full for a moment
        LOG.warn("{} did not succeed and will be tried again: {}", name, e.toString());
      }
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

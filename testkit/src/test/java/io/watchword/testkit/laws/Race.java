package io.watchword.testkit.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Many virtual threads that begin at once. */
final class Race {

  static final int THREADS = 64;
  private static final int PATIENCE_MINUTES = 5;

  private Race() {}

  /** What each thread gave back, by its number. */
  static <T> List<T> run(IntFunction<T> runner) throws Exception {
    var start = new CyclicBarrier(THREADS);
    var tasks = new ArrayList<FutureTask<T>>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Callable<T> body =
          () -> {
            start.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
            return runner.apply(number);
          };
      var task = new FutureTask<>(body);
      tasks.add(task);
      Thread.startVirtualThread(task);
    }
    var results = new ArrayList<T>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get(PATIENCE_MINUTES, TimeUnit.MINUTES));
    }
    return results;
  }
}

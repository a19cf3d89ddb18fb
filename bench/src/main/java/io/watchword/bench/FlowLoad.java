package io.watchword.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Callers who each run a flow again and again, each over a connection of its own, opened anew in
 * each round, since the server ends those that stay idle: the next request leaves when the last
 * answer is there.
 */
final class FlowLoad implements AutoCloseable {

  private final String url;
  private final int callers;
  private final int answers;
  private final Flow flow;
  private final AtomicLong turns = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  /** What a caller does in one turn. */
  interface Flow {

    /**
     * @param turn no two callers have the same
     */
    void run(Call call, long turn) throws IOException;
  }

  /**
   * @param answers how many a flow waits for
   */
  FlowLoad(String url, int callers, int answers, Flow flow) {
    this.url = url;
    this.callers = callers;
    this.answers = answers;
    this.flow = flow;
  }

  /**
   * What a round did.
   *
   * @param nanos of wall clock
   * @param latencies of each answer in nanoseconds, without the making of the request
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Round(long flows, long nanos, long[] latencies) {

    double perSecond() {
      return flows * 1e9 / nanos;
    }
  }

  /**
   * Runs for some time; every flow that was begun is finished.
   *
   * @throws IOException if an answer is not the one that the flow needs
   */
  Round run(Duration length) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Future<long[]>> running = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      running.add(threads.submit(() -> call(start + length.toNanos())));
    }
    List<long[]> each = new ArrayList<>();
    for (Future<long[]> caller : running) {
      try {
        each.add(caller.get());
      } catch (ExecutionException e) {
        throw new IOException("a caller failed", e.getCause());
      }
    }
    long nanos = System.nanoTime() - start;
    String failure = failures.peek();
    if (failure != null) {
      throw new IOException(failures.size() + " flows failed, such as: " + failure);
    }
    long[] latencies = each.stream().flatMapToLong(Arrays::stream).toArray();
    return new Round(latencies.length / answers, nanos, latencies);
  }

  private long[] call(long end) throws IOException {
    try (var connection = new HttpConnection(url)) {
      var call = new Call(connection);
      while (System.nanoTime() < end && failures.isEmpty()) {
        flow.run(call, turns.getAndIncrement());
      }
      return Arrays.copyOf(call.latencies, call.count);
    }
  }

  /** A caller's connection, with a watch. */
  final class Call {

    private final HttpConnection connection;
    private long[] latencies = new long[1024];
    private int count;

    private Call(HttpConnection connection) {
      this.connection = connection;
    }

    /** Sends a message and waits; an answer that does not grant it ends the round as failed. */
    HttpConnection.Answer exchange(byte[] message, Predicate<HttpConnection.Answer> granted)
        throws IOException {
      long start = System.nanoTime();
      HttpConnection.Answer answer = connection.exchange(message);
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, count * 2);
      }
      latencies[count++] = System.nanoTime() - start;
      if (!granted.test(answer)) {
        failures.add(answer.status() + " " + answer.body());
      }
      return answer;
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}

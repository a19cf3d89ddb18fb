package io.watchword.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers who each ask for a code and give it back, again and again, each over a connection of its
 * own, opened anew in each round, since the server ends those that stay idle: the next request
 * leaves when the last answer is there. People take turns, so that no two callers are ever about
 * the same one.
 */
final class FlowLoad implements AutoCloseable {

  private final Site site;
  private final String url;
  private final int callers;
  private final AtomicLong turns = new AtomicLong();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

  FlowLoad(Site site, String url, int callers) {
    this.site = site;
    this.url = url;
    this.callers = callers;
  }

  /**
   * What a round did.
   *
   * @param nanos of wall clock
   * @param latencies of each answer in nanoseconds, sealing and signing left out
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
    return new Round(latencies.length / 2, nanos, latencies);
  }

  private long[] call(long end) throws IOException {
    long[] latencies = new long[1024];
    int count = 0;
    try (var connection = new HttpConnection(url)) {
      while (System.nanoTime() < end && failures.isEmpty()) {
        long turn = turns.getAndIncrement();
        String uin = site.uins().get((int) (turn % site.uins().size()));
        String transaction = String.format(Locale.ROOT, "%010d", turn);
        if (count + 2 > latencies.length) {
          latencies = Arrays.copyOf(latencies, latencies.length * 2);
        }
        latencies[count++] = timed(connection, site.party().otp(uin, transaction));
        latencies[count++] =
            timed(connection, site.party().auth(uin, transaction, Site.FIXED_CODE));
      }
    }
    return Arrays.copyOf(latencies, count);
  }

  private long timed(HttpConnection connection, byte[] message) throws IOException {
    long start = System.nanoTime();
    HttpConnection.Answer answer = connection.exchange(message);
    long nanos = System.nanoTime() - start;
    if (!answer.granted()) {
      failures.add(answer.status() + " " + answer.body());
    }
    return nanos;
  }

  @Override
  public void close() {
    threads.close();
  }
}

package io.watchword.bench;

import io.watchword.bench.MobilePhone.Question;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Logins by phone while many portals wait (contract mobile 1.4): portals whose people have not
 * scanned yet hold their requests open, and beside them logins begin at a fixed rate, whether the
 * ones before have ended or not. A login is five calls: started, scanned, accepted, seen by the
 * portal's waiting request, redeemed. Its time counts from when it was due.
 */
final class MobileBenchmark {

  private static final byte[] NOTHING =
      "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Contract mobile 3.6: a device may scan ten times a minute and sixty times an hour. */
  private static final int SECONDS_APART = 8;

  private static final int LOGINS_A_PHONE = 50;

  private static final int SAMPLES = 10;

  private final Options options;
  private final PrintStream out;

  /**
   * How it runs.
   *
   * @param portals that wait all the time
   * @param perSecond logins that begin each second
   * @param seconds of load that is measured
   * @param recording where the server records what it does, while it runs; {@code null}: nowhere
   */
  record Options(int portals, int perSecond, int seconds, @Nullable Path recording) {}

  /**
   * What was measured.
   *
   * @param logins that ended as they should
   * @param idle per cent of one processor that the server takes while portals only wait
   * @param login microseconds of CPU of the server a login
   * @param limit the same of five empty requests, and of the signatures of a login by themselves
   * @param whole nanoseconds from when a login was due to its end
   * @param told nanoseconds from a person's answer to the portal's
   * @param memory of the server at equal distances, oldest first
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Measured(
      long logins,
      double idle,
      double login,
      double limit,
      long[] whole,
      long[] told,
      List<Memory> memory) {

    double ratio() {
      return limit / login;
    }

    /** How much more the heap held at the end than in the middle, in parts of it. */
    double growth() {
      int half = memory.size() / 2;
      double before = average(memory.subList(half - half / 2, half));
      double after = average(memory.subList(memory.size() - half / 2, memory.size()));
      return after / before - 1;
    }

    private static double average(List<Memory> some) {
      return some.stream().mapToLong(Memory::heap).average().orElseThrow();
    }
  }

  /**
   * Memory of the server.
   *
   * @param heap bytes in use after a collection
   * @param resident bytes
   */
  record Memory(long heap, long resident) {}

  MobileBenchmark(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs in an empty folder. */
  Measured run(Path folder) throws Exception {
    int phones =
        options.perSecond()
            * Math.max(SECONDS_APART, options.seconds() * 12 / 10 / LOGINS_A_PHONE + 1);
    MobileSite site = MobileSite.make(folder, phones);
    out.printf(
        "mobile: %d portals wait, %d logins begin each second, %d phones%n",
        options.portals(), options.perSecond(), phones);
    try (ServerProcess server =
        ServerProcess.start(site.site(), ServerProcess.recordedTo(options.recording()))) {
      List<MobilePhone> enrolled = site.enroll(server.url());
      return new Load(server, site.portal(server.url()), enrolled).run();
    }
  }

  /** One run of the load against one server. */
  private final class Load {

    private final ServerProcess server;
    private final MobilePortal portal;
    private final List<MobilePhone> phones;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong ended = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> whole = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();

    Load(ServerProcess server, MobilePortal portal, List<MobilePhone> phones) {
      this.server = server;
      this.portal = portal;
      this.phones = phones;
    }

    Measured run() throws Exception {
      try {
        double empty = emptyRequest();
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < options.portals(); i++) {
          waiting.add(threads.submit(this::waitForNobody));
        }
        Thread.sleep(2_000);
        double idle = idle();
        // The first logins are the ones that the compiler learns from.
        logins(Math.max(5, options.seconds() / 10), new ArrayList<>());
        whole.clear();
        told.clear();
        ended.set(0);
        long before = CpuTime.micros(server.pid());
        List<Memory> memory = new ArrayList<>();
        logins(options.seconds(), memory);
        double login = (double) (CpuTime.micros(server.pid()) - before) / ended.get();
        over.set(true);
        for (Future<?> each : waiting) {
          each.get(30, TimeUnit.SECONDS);
        }
        if (!failures.isEmpty()) {
          throw new IOException(failures.size() + " calls failed, such as: " + failures.peek());
        }
        var measured =
            new Measured(
                ended.get(),
                idle,
                login,
                MobilePhone.CALLS * empty + SignatureLimit.microsPerLogin(),
                whole.stream().mapToLong(Long::longValue).toArray(),
                told.stream().mapToLong(Long::longValue).toArray(),
                memory);
        report(measured);
        return measured;
      } finally {
        over.set(true);
        threads.shutdownNow();
        portal.close();
      }
    }

    /** Microseconds of CPU of a request that does nothing. */
    private double emptyRequest() throws IOException, InterruptedException {
      try (FlowLoad nothing =
          new FlowLoad(
              server.url(),
              16,
              1,
              (call, turn) -> call.exchange(NOTHING, answer -> answer.status() < 300))) {
        Duration part = Duration.ofMillis(Math.min(10_000, options.seconds() * 100L));
        nothing.run(part);
        long before = CpuTime.micros(server.pid());
        FlowLoad.Round round = nothing.run(part);
        return (double) (CpuTime.micros(server.pid()) - before) / round.flows();
      }
    }

    /** Per cent of one processor. */
    private double idle() throws IOException, InterruptedException {
      long millis = Math.min(20_000, options.seconds() * 250L);
      long before = CpuTime.micros(server.pid());
      Thread.sleep(millis);
      return (CpuTime.micros(server.pid()) - before) / (millis * 10.0);
    }

    private void waitForNobody() {
      try {
        while (!over.get()) {
          portal.waitForNobody(over);
        }
      } catch (IOException | RuntimeException e) {
        if (!over.get()) {
          failures.add("a waiting portal: " + e);
        }
      }
    }

    /** Begins logins at their rate, and looks at the memory now and then. */
    private void logins(int seconds, List<Memory> memory) throws Exception {
      int count = seconds * options.perSecond();
      long start = System.nanoTime();
      long apart = 1_000_000_000L / options.perSecond();
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count && failures.isEmpty(); i++) {
        long due = start + i * apart;
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        MobilePhone phone = phones.get(i % phones.size());
        running.add(threads.submit(() -> login(phone, due)));
        if (i % Math.max(1, count / SAMPLES) == count / SAMPLES / 2) {
          memory.add(JvmMemory.of(server.pid()));
          out.printf(
              Locale.ROOT,
              "  %4d s: %6d logins, heap %.1f MB, resident %.0f MB%n",
              (System.nanoTime() - start) / 1_000_000_000,
              ended.get(),
              memory.getLast().heap() / 1e6,
              memory.getLast().resident() / 1e6);
        }
      }
      for (Future<?> each : running) {
        each.get(30, TimeUnit.SECONDS);
      }
    }

    private void login(MobilePhone phone, long due) {
      try {
        MobilePortal.Started started = portal.start();
        Future<Long> seen = threads.submit(() -> portal.approved(started.transaction()));
        Question question = phone.scan(started.otp());
        long answered = System.nanoTime();
        phone.accept(question);
        told.add(seen.get(30, TimeUnit.SECONDS) - answered);
        portal.redeem(started);
        whole.add(System.nanoTime() - due);
        ended.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        failures.add(e.toString());
      }
    }
  }

  private void report(Measured measured) {
    out.printf(
        Locale.ROOT,
        """
          logins:                     %d
          a login, from when due:     p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms
          accepted until told:        p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms
          server, %% of one processor while %d portals wait: %.1f
          server, us CPU a login:     %.0f, portals waiting beside it
          five empty requests and the signatures: %.0f
          heap, second half:          %+.1f %%
        MOBILE logins/s=%d p99=%.1fms idle=%.1f%% ratio=%.2f
        """,
        measured.logins(),
        Spread.percentile(measured.whole(), 0.5) / 1e6,
        Spread.percentile(measured.whole(), 0.99) / 1e6,
        Spread.percentile(measured.whole(), 0.999) / 1e6,
        Spread.percentile(measured.told(), 0.5) / 1e6,
        Spread.percentile(measured.told(), 0.99) / 1e6,
        Spread.percentile(measured.told(), 0.999) / 1e6,
        options.portals(),
        measured.idle(),
        measured.login(),
        measured.limit(),
        measured.growth() * 100,
        options.perSecond(),
        Spread.percentile(measured.whole(), 0.99) / 1e6,
        measured.idle(),
        measured.ratio());
  }
}

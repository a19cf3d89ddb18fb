package io.watchword.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.watchword.bench.store.WalIndex;
import io.watchword.server.keys.CryptoProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a flow costs: a code that is asked for and given back, sealed and signed as the contract
 * says, against the RSA private operations that it cannot do without.
 *
 * <p>Counted is the CPU time of the server's process, whatever it did meanwhile. The client runs on
 * the same processors and its own time is told beside, so throughput and latency are those of a
 * machine that does both.
 *
 * <p>Codes are fixed and letters stay in the server's memory: to read a code out of a letter would
 * cost the server something that no flow costs. Everything else about a code is done as ever.
 */
final class IdaBenchmark {

  private static final int ROUNDS = 5;

  private static final double AIM = 0.6;

  private final Options options;
  private final PrintStream out;

  /**
   * How it runs.
   *
   * @param warmUp seconds of load before anything is measured: what the JVM's compilers cost counts
   *     too, and they are busy for long
   * @param seconds of load that is measured, in all rounds
   * @param notices whether the server also tells people of each decision, as it does by default
   * @param recording where the server records what it does, while it runs; {@code null}: nowhere
   */
  record Options(
      int warmUp,
      int seconds,
      int callers,
      int people,
      boolean notices,
      @Nullable Path recording) {}

  IdaBenchmark(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /**
   * What a measured round says.
   *
   * @param server microseconds of CPU a flow
   * @param limit microseconds of CPU of the three RSA operations
   * @param compilers how much of the server's were spent by the JVM's compilers, which have less
   *     and less to do
   * @param client microseconds of CPU a flow
   * @param groups groups of units that were made durable, a flow
   * @param written bytes that were written into files, a flow
   */
  record Measured(
      FlowLoad.Round load,
      double server,
      double compilers,
      double limit,
      double client,
      double groups,
      double written) {
    double ratio() {
      return limit / server;
    }

    double ratioWithoutCompilers() {
      return limit / (server - compilers);
    }
  }

  /** Runs in an empty folder; the rounds, in their order. */
  List<Measured> run(Path folder) throws IOException, InterruptedException {
    String more =
        "couriers: {outbox: true}\nletters: {notices: [%s]}\n"
            .formatted(options.notices() ? "phone, email" : "");
    Site site = Site.make(folder, options.people(), true, more);
    List<String> flags = ServerProcess.recordedTo(options.recording());
    var limit = new RsaLimit(provider());
    try (ServerProcess server = ServerProcess.start(site, flags);
        FlowLoad load =
            new FlowLoad(
                server.url(), options.callers(), 2, (call, turn) -> flow(site, call, turn))) {
      Duration part = Duration.ofSeconds(options.seconds()).dividedBy(ROUNDS);
      limit.microsPerFlow(part.dividedBy(4));
      out.printf(
          "ida: %d people, %d callers, %s, notices %s, RSA by %s%n",
          options.people(),
          options.callers(),
          String.join(" ", ServerProcess.PRODUCTION_FLAGS),
          options.notices() ? "on" : "off",
          CryptoProvider.best().providerName());
      load.run(Duration.ofSeconds(options.warmUp()));
      var log = new WalIndex(folder.resolve("watchword.db"));
      List<Measured> rounds = new ArrayList<>();
      for (int i = 1; i <= ROUNDS; i++) {
        Measured round = round(load, server.pid(), limit, log, part);
        out.printf(
            Locale.ROOT,
            "  round %d: %6d flows, %5.0f/s, server %5.0f us, three RSA %5.0f us, ratio %.2f%n",
            i,
            round.load().flows(),
            round.load().perSecond(),
            round.server(),
            round.limit(),
            round.ratio());
        rounds.add(round);
      }
      report(rounds);
      return rounds;
    }
  }

  /** People take turns, so that no two callers are ever about the same one. */
  private static void flow(Site site, FlowLoad.Call call, long turn) throws IOException {
    String uin = site.uins().get((int) (turn % site.uins().size()));
    String transaction = String.format(Locale.ROOT, "%010d", turn);
    call.exchange(site.party().otp(uin, transaction), HttpConnection.Answer::granted);
    call.exchange(
        site.party().auth(uin, transaction, Site.FIXED_CODE), HttpConnection.Answer::granted);
  }

  /**
   * The limit is measured before and after the load, so that a machine that slows down does both.
   */
  private Measured round(FlowLoad load, long pid, RsaLimit limit, WalIndex log, Duration length)
      throws IOException, InterruptedException {
    double before = limit.microsPerFlow(length.dividedBy(4));
    long server = CpuTime.micros(pid);
    long compilers = CpuTime.compilerMicros(pid);
    long client = CpuTime.micros(ProcessHandle.current().pid());
    long groups = log.transactions();
    long written = DiskWrites.bytes(pid);
    FlowLoad.Round round = load.run(length);
    groups = log.transactions() - groups;
    written = DiskWrites.bytes(pid) - written;
    server = CpuTime.micros(pid) - server;
    compilers = Math.max(0, CpuTime.compilerMicros(pid) - compilers);
    client = CpuTime.micros(ProcessHandle.current().pid()) - client;
    double after = limit.microsPerFlow(length.dividedBy(4));
    return new Measured(
        round,
        (double) server / round.flows(),
        (double) compilers / round.flows(),
        (before + after) / 2,
        (double) client / round.flows(),
        (double) groups / round.flows(),
        (double) written / round.flows());
  }

  private void report(List<Measured> rounds) {
    long[] latencies =
        rounds.stream().flatMapToLong(r -> java.util.Arrays.stream(r.load().latencies())).toArray();
    out.printf(
        Locale.ROOT,
        """
          server, us CPU a flow:      %s
            of that the compilers:    %s
          three RSA, us CPU:          %s
          client, us CPU a flow:      %s
          durable groups a flow:      %s
          KiB written a flow:         %s
          flows a second:             %s
          one answer:                 p50 %.1f ms, p99 %.1f ms
          RSA / server:               %s, aim %.2f
            compilers left out:       %s
        """,
        spread(rounds, Measured::server).text(0),
        spread(rounds, Measured::compilers).text(0),
        spread(rounds, Measured::limit).text(0),
        spread(rounds, Measured::client).text(0),
        spread(rounds, Measured::groups).text(2),
        spread(rounds, round -> round.written() / 1024).text(0),
        spread(rounds, round -> round.load().perSecond()).text(0),
        Spread.percentile(latencies, 0.5) / 1e6,
        Spread.percentile(latencies, 0.99) / 1e6,
        spread(rounds, Measured::ratio).text(2),
        AIM,
        spread(rounds, Measured::ratioWithoutCompilers).text(2));
  }

  private static Spread spread(
      List<Measured> rounds, java.util.function.ToDoubleFunction<Measured> value) {
    return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
  }

  /** The one that the server uses here. */
  static Provider provider() {
    var corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    if (CryptoProvider.best().providerName().equals(corretto.getName())) {
      return corretto;
    }
    return Security.getProviders("Signature.SHA256withRSA")[0];
  }
}

package io.watchword.bench;

import io.watchword.server.Platform;
import io.watchword.server.accounts.ApplicationLine;
import io.watchword.server.people.LineRefused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a code for a key costs: generated and validated (contract kernel B), each time with the
 * caller's token checked, the change durable and its record in the audit, against two requests of
 * the same server that do nothing ({@code /health/live}). Rounds of both take turns.
 */
final class KernelBenchmark {

  private static final int ROUNDS = 5;
  private static final double AIM = 0.5;
  private static final String CLIENT = "bench-client";
  private static final Pattern CODE = Pattern.compile("\"otp\":\"([0-9]{4,10})\"");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}");
  private static final byte[] NOTHING =
      "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Options options;
  private final PrintStream out;

  /**
   * How it runs.
   *
   * @param warmUp seconds of load before anything is measured
   * @param seconds of load that is measured, in all rounds
   * @param recording where the server records what it does, while it runs; {@code null}: nowhere
   */
  record Options(int warmUp, int seconds, int callers, @Nullable Path recording) {}

  /**
   * What a measured round says.
   *
   * @param server microseconds of CPU of the server a flow
   * @param nothing the same of two requests that do nothing
   * @param pairs of such requests a second
   */
  record Measured(FlowLoad.Round load, double server, double nothing, double pairs) {

    /** Of CPU: that of two empty requests to that of a flow. */
    double cpuRatio() {
      return nothing / server;
    }

    /** Of flows a second to pairs of empty requests a second. */
    double ratio() {
      return load.perSecond() / pairs;
    }
  }

  KernelBenchmark(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Runs in an empty folder; the rounds, in their order. */
  List<Measured> run(Path folder) throws IOException, InterruptedException {
    Site site = Site.make(folder, 1, true, "couriers: {outbox: true}\n");
    String secret = takeOn(site);
    try (ServerProcess server =
        ServerProcess.start(site, ServerProcess.recordedTo(options.recording()))) {
      String token = logIn(server.url(), secret);
      try (FlowLoad flows =
              new FlowLoad(
                  server.url(), options.callers(), 2, (call, turn) -> flow(call, turn, token));
          FlowLoad nothing =
              new FlowLoad(
                  server.url(),
                  options.callers(),
                  1,
                  (call, turn) -> call.exchange(NOTHING, answer -> answer.status() < 300))) {
        return measure(server.pid(), flows, nothing);
      }
    }
  }

  private List<Measured> measure(long pid, FlowLoad flows, FlowLoad nothing)
      throws IOException, InterruptedException {
    out.printf("kernel: %d callers%n", options.callers());
    Duration part = Duration.ofMillis(options.seconds() * 1_000L / ROUNDS / 2);
    flows.run(Duration.ofSeconds(options.warmUp()));
    nothing.run(Duration.ofSeconds(options.warmUp()).dividedBy(4));
    List<Measured> rounds = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      long before = CpuTime.micros(pid);
      FlowLoad.Round empty = nothing.run(part);
      long between = CpuTime.micros(pid);
      FlowLoad.Round load = flows.run(part);
      long after = CpuTime.micros(pid);
      var round =
          new Measured(
              load,
              (double) (after - between) / load.flows(),
              2.0 * (between - before) / empty.flows(),
              empty.perSecond() / 2);
      out.printf(
          Locale.ROOT,
          "  round %d: %6d flows, %5.0f/s of %5.0f/s, server %4.0f us, two empty requests %4.0f us,"
              + " ratio %.2f%n",
          i,
          load.flows(),
          load.perSecond(),
          round.pairs(),
          round.server(),
          round.nothing(),
          round.ratio());
      rounds.add(round);
    }
    report(rounds);
    return rounds;
  }

  private void report(List<Measured> rounds) {
    long[] latencies =
        rounds.stream().flatMapToLong(round -> Arrays.stream(round.load().latencies())).toArray();
    out.printf(
        Locale.ROOT,
        """
          server, us CPU a flow:      %s
          two empty requests, us CPU: %s
          flows a second:             %s
          pairs of empty requests:    %s
          one answer:                 p50 %.1f ms, p99 %.1f ms
          CPU, empty / flow:          %s
          flows / pairs:              %s, aim %.2f
        """,
        spread(rounds, Measured::server).text(0),
        spread(rounds, Measured::nothing).text(0),
        spread(rounds, round -> round.load().perSecond()).text(0),
        spread(rounds, Measured::pairs).text(0),
        Spread.percentile(latencies, 0.5) / 1e6,
        Spread.percentile(latencies, 0.99) / 1e6,
        spread(rounds, Measured::cpuRatio).text(2),
        spread(rounds, Measured::ratio).text(2),
        AIM);
  }

  private static Spread spread(List<Measured> rounds, ToDoubleFunction<Measured> value) {
    return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
  }

  private static String takeOn(Site site) {
    try (Platform platform = site.open()) {
      String secret = platform.administration().applications().newSecret();
      platform
          .administration()
          .applications()
          .put(
              "benchmark",
              new ApplicationLine(
                  "bench",
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  List.of(
                      new ApplicationLine.Credential(
                          CLIENT, List.of("ID_AUTHENTICATION"), secret))));
      return secret;
    } catch (LineRefused e) {
      throw new IllegalStateException(e);
    }
  }

  private static String logIn(String url, String secret) throws IOException {
    try (var connection = new HttpConnection(url)) {
      HttpConnection.Answer answer =
          connection.exchange(
              post(
                  "/v1/authmanager/authenticate/clientidsecretkey",
                  "",
                  "{\"request\":{\"clientId\":\"%s\",\"secretKey\":\"%s\",\"appId\":\"bench\"}}"
                      .formatted(CLIENT, secret)));
      if (!TOKEN.matcher(answer.authorization()).matches()) {
        throw new IOException("no token: " + answer.status() + " " + answer.body());
      }
      return answer.authorization();
    }
  }

  private static void flow(FlowLoad.Call call, long turn, String token) throws IOException {
    String key = "key-" + turn;
    HttpConnection.Answer made =
        call.exchange(
            post("/v1/otpmanager/otp/generate", token, "{\"request\":{\"key\":\"" + key + "\"}}"),
            answer -> CODE.matcher(answer.body()).find());
    Matcher code = CODE.matcher(made.body());
    String otp = code.find() ? code.group(1) : "000000";
    call.exchange(
        post(
            "/v1/otpmanager/otp/validate",
            token,
            "{\"request\":{\"key\":\"%s\",\"otp\":\"%s\"}}".formatted(key, otp)),
        answer -> answer.body().contains("VALIDATION_SUCCESSFUL"));
  }

  private static byte[] post(String path, String token, String body) {
    return ("POST "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + (token.isEmpty() ? "" : "Cookie: Authorization=" + token + "\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }
}

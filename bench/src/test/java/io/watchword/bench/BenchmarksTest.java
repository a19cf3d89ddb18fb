package io.watchword.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.bench.store.StoreBench;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each benchmark for real, in little: rounds this short prove that it runs, not how fast. */
@DisplayName("Benchmarks")
class BenchmarksTest {

  private static final int MANY_SECONDS = 120;

  @TempDir private Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private String report() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName(
      "kills lose nothing but the record that was taken away and the code that was put back")
  void crashFindsDamage() throws Exception {
    var options = new CrashBenchmark.Options(2, 4, 700, 600, MANY_SECONDS);
    List<Damage> damage =
        Damage.kinds().stream()
            .filter(kind -> kind instanceof Damage.RecordLost || kind instanceof Damage.CodeBack)
            .toList();
    assertThat(damage).hasSize(2);
    List<CrashBenchmark.Round> rounds =
        new CrashBenchmark(options, out).run(folder.resolve("data"), damage);
    assertThat(rounds).hasSize(2);
    assertThat(rounds.getFirst().lost()).isEqualTo(1);
    assertThat(rounds.getFirst().faults()).isNotEmpty();
    assertThat(rounds.getFirst().twice()).isZero();
    assertThat(rounds.getLast().twice()).isEqualTo(1);
  }

  @Test
  @DisplayName("a flow costs the server more than its three RSA operations")
  void flowAgainstRsa() throws Exception {
    var options = new IdaBenchmark.Options(1, 3, 4, 20, true, null);
    List<IdaBenchmark.Measured> rounds = new IdaBenchmark(options, out).run(folder.resolve("data"));
    assertThat(rounds)
        .hasSize(5)
        .allSatisfy(round -> {
          assertThat(round.load().flows()).isPositive();
          assertThat(round.limit()).isPositive();
          assertThat(round.ratio()).isBetween(0.0, 1.0);
        });
    assertThat(report()).contains("p99").contains("client, us CPU a flow").contains("aim 0.60");
  }

  @Test
  @DisplayName("a code for a key costs more than two empty requests")
  void keyAgainstNothing() throws Exception {
    var options = new KernelBenchmark.Options(1, 5, 4, null);
    List<KernelBenchmark.Measured> rounds =
        new KernelBenchmark(options, out).run(folder.resolve("data"));
    assertThat(rounds)
        .hasSize(5)
        .allSatisfy(round -> {
          assertThat(round.load().flows()).isPositive();
          assertThat(round.server()).isPositive();
        });
    assertThat(report()).contains("p99").contains("aim 0.50");
  }

  @Test
  @DisplayName("logins by phone go on while portals wait, which takes next to nothing")
  void loginsWhilePortalsWait() throws Exception {
    var options = new MobileBenchmark.Options(50, 10, 20, null);
    MobileBenchmark.Measured measured =
        new MobileBenchmark(options, out).run(folder.resolve("data"));
    assertThat(measured.logins()).isEqualTo(200);
    assertThat(measured.whole()).hasSize(200);
    assertThat(Arrays.stream(measured.told()).max().orElseThrow()).isLessThan(10_000_000_000L);
    // A loop that never rests would take a hundred.
    assertThat(measured.idle()).isBetween(0.0, 40.0);
    assertThat(measured.growth()).isLessThan(0.5);
    assertThat(report()).contains("p99.9").contains("MOBILE logins/s=10");
  }

  @Test
  @DisplayName(
      "the store syncs once for each group that it acknowledges, and its limit is measured")
  void storeAgainstPlainJdbc() throws Exception {
    var options = new StoreBench.Options(2, 8, 1_000, false);
    List<StoreBench.Round> rounds = new StoreBench(options, out).run();
    assertThat(rounds)
        .hasSize(5)
        .allSatisfy(round -> {
          assertThat(round.ratio()).isPositive();
          assertThat(round.acknowledged()).isPositive();
          assertThat(round.transactions()).isEqualTo(round.acknowledged());
        });
  }
}

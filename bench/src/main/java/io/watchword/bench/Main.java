package io.watchword.bench;

import io.watchword.bench.store.StoreBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the benchmarks. */
@Command(
    name = "watchword bench",
    description = "Measures what a flow, a change and a crash cost.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME")
public final class Main implements Callable<Integer> {

  private static final int LONGEST_LOAD_MILLIS = 2_000;
  private static final int PEOPLE_A_KILL = 1_500;
  private static final int LONGEST_SELF_TEST_MILLIS = 700;
  private static final int PEOPLE_A_SELF_TEST = 600;

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  /** Without a name all are run, with their defaults. */
  @Override
  public Integer call() {
    var all = new CommandLine(this);
    int worst = 0;
    for (String name : all.getSubcommands().keySet()) {
      worst = Math.max(worst, all.execute(name));
    }
    return worst;
  }

  /** Work in a folder that is gone afterwards. */
  interface InFolder<T> {
    T with(Path folder) throws Exception;
  }

  /** Where data lies while a benchmark runs. */
  static final class Place {
    @Option(
        names = "--folder",
        description = "Where data may lie meanwhile; default: the system's temporary folder.")
    @Nullable Path folder;

    <T> T use(InFolder<T> work) throws Exception {
      Path data =
          folder == null
              ? Files.createTempDirectory("watchword-bench")
              : Files.createTempDirectory(folder, "watchword-bench");
      try {
        return work.with(data.resolve("data"));
      } finally {
        remove(data);
      }
    }

    private static void remove(Path folder) throws IOException {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  @Command(
      name = "ida",
      header = "What a flow costs the server, against its RSA.",
      mixinStandardHelpOptions = true,
      description = {
        "A code asked for and given back: CPU of the server's process a flow, against the three RSA",
        "private operations that each flow needs, measured alone in the same run."
      })
  int ida(
      @CommandLine.Mixin Place place,
      @Option(
              names = "--warm-up",
              defaultValue = "150",
              description =
                  "Seconds of load before anything is measured. Default: ${DEFAULT-VALUE}.")
          int warmUp,
      @Option(
              names = "--seconds",
              defaultValue = "50",
              description = "Of load that is measured. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--callers",
              defaultValue = "32",
              description = "Open connections. Default: ${DEFAULT-VALUE}.")
          int callers,
      @Option(
              names = "--people",
              defaultValue = "2000",
              description = "People on file. Default: ${DEFAULT-VALUE}.")
          int people,
      @Option(
              names = "--without-notices",
              description = "Do not tell people of each decision, which is the server's default.")
          boolean withoutNotices,
      @Option(
              names = "--recording",
              description = "A file for a flight recording of the server; it costs a little.")
          @Nullable Path recording)
      throws Exception {
    var options =
        new IdaBenchmark.Options(warmUp, seconds, callers, people, !withoutNotices, recording);
    place.use(folder -> new IdaBenchmark(options, System.out).run(folder));
    return 0;
  }

  @Command(
      name = "kernel",
      header = "What a code for a key costs the server, against two empty requests.",
      mixinStandardHelpOptions = true,
      description = {
        "A code generated and validated through OTP Manager: flows a second and CPU of the server's",
        "process a flow, against two requests of the same server that do nothing."
      })
  int kernel(
      @CommandLine.Mixin Place place,
      @Option(
              names = "--warm-up",
              defaultValue = "60",
              description =
                  "Seconds of load before anything is measured. Default: ${DEFAULT-VALUE}.")
          int warmUp,
      @Option(
              names = "--seconds",
              defaultValue = "50",
              description = "Of load that is measured. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--callers",
              defaultValue = "32",
              description = "Open connections. Default: ${DEFAULT-VALUE}.")
          int callers,
      @Option(
              names = "--recording",
              description = "A file for a flight recording of the server; it costs a little.")
          @Nullable Path recording)
      throws Exception {
    var options = new KernelBenchmark.Options(warmUp, seconds, callers, recording);
    place.use(folder -> new KernelBenchmark(options, System.out).run(folder));
    return 0;
  }

  @Command(
      name = "mobile",
      header = "Logins by phone while many portals wait.",
      mixinStandardHelpOptions = true,
      description = {
        "Portals hold requests open for people who do not come, and beside them logins begin at a",
        "fixed rate, whether those before have ended or not: how long they take, what they cost the",
        "server, and whether its memory stays as it is."
      })
  int mobile(
      @CommandLine.Mixin Place place,
      @Option(
              names = "--portals",
              defaultValue = "200",
              description = "That wait all the time. Default: ${DEFAULT-VALUE}.")
          int portals,
      @Option(
              names = "--per-second",
              defaultValue = "50",
              description = "Logins that begin. Default: ${DEFAULT-VALUE}.")
          int perSecond,
      @Option(
              names = "--seconds",
              defaultValue = "600",
              description = "Of load that is measured. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--recording",
              description = "A file for a flight recording of the server; it costs a little.")
          @Nullable Path recording)
      throws Exception {
    var options = new MobileBenchmark.Options(portals, perSecond, seconds, recording);
    place.use(folder -> new MobileBenchmark(options, System.out).run(folder));
    return 0;
  }

  @Command(
      name = "store",
      header = "What grouping costs and gains, against plain JDBC.",
      mixinStandardHelpOptions = true,
      description = {
        "Durable units a second through the store, against plain JDBC that writes the same rows in",
        "groups of the same size, in turns; and how many transactions a group took."
      })
  int store(
      @Option(
              names = "--seconds",
              defaultValue = "60",
              description = "In all, without filling tables. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--callers",
              defaultValue = "64",
              description = "Threads that commit. Default: ${DEFAULT-VALUE}.")
          int callers,
      @Option(
              names = "--thousands",
              defaultValue = "100",
              description = "Thousands of codes on file. Default: ${DEFAULT-VALUE}.")
          int thousands,
      @Option(names = "--postgres", description = "Over PostgreSQL instead of SQLite.")
          boolean postgres)
      throws IOException, InterruptedException {
    var options = new StoreBench.Options(seconds, callers, thousands * 1_000, postgres);
    new StoreBench(options, System.out).run();
    return 0;
  }

  @Command(
      name = "crash",
      header = "What is left after kill -9 under load.",
      mixinStandardHelpOptions = true,
      description = {
        "Kills the server under load, again and again, and looks whether anything that it had",
        "acknowledged is lost or can be used twice. Ends with 1 if so."
      })
  int crash(
      @CommandLine.Mixin Place place,
      @Option(
              names = "--seconds",
              defaultValue = "600",
              description = "After so long no other load begins. Default: ${DEFAULT-VALUE}.")
          int seconds,
      @Option(
              names = "--kills",
              defaultValue = "10",
              description = "How often. Default: ${DEFAULT-VALUE}.")
          int kills,
      @Option(
              names = "--callers",
              defaultValue = "16",
              description = "Open connections. Default: ${DEFAULT-VALUE}.")
          int callers,
      @Option(
              names = "--self-test",
              description =
                  "Lose something on purpose, one kind after another; 1 if it is not found.")
          boolean selfTest)
      throws Exception {
    var options =
        selfTest
            ? new CrashBenchmark.Options(
                2, callers, LONGEST_SELF_TEST_MILLIS, 2 * PEOPLE_A_SELF_TEST, seconds)
            : new CrashBenchmark.Options(
                kills, callers, LONGEST_LOAD_MILLIS, kills * PEOPLE_A_KILL, seconds);
    var benchmark = new CrashBenchmark(options, System.out);
    return place.use(selfTest ? benchmark::findsDamage : benchmark::holds) ? 0 : 1;
  }
}

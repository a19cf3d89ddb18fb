package io.watchword.bench;

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
    name = "bench",
    description = "Measures what a flow, a change and a crash cost.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME")
public final class Main implements Callable<Integer> {

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
    T with(Path folder) throws IOException, InterruptedException;
  }

  /** Where data lies while a benchmark runs. */
  static final class Place {
    @Option(
        names = "--folder",
        description = "Where data may lie meanwhile; default: the system's temporary folder.")
    @Nullable Path folder;

    <T> T use(InFolder<T> work) throws IOException, InterruptedException {
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
      mixinStandardHelpOptions = true,
      description = {
        "A code asked for and given back: CPU of the server's process a flow, against the three RSA",
        "private operations that each flow needs, measured alone in the same run."
      })
  int ida(
      @CommandLine.Mixin Place place,
      @Option(
              names = "--seconds",
              defaultValue = "90",
              description = "In all; half of it warms up. Default: ${DEFAULT-VALUE}.")
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
      throws IOException, InterruptedException {
    var options = new IdaBenchmark.Options(seconds, callers, people, !withoutNotices, recording);
    place.use(folder -> new IdaBenchmark(options, System.out).run(folder));
    return 0;
  }
}

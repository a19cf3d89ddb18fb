package io.watchword.server.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.watchword.server.DemoServer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Jazzer in a process of its own, which bends seeds so that they reach code that none has reached
 * before, and stops at the first input of which something does not hold.
 *
 * <p>What it finds out is kept in {@code target/fuzz}, where the next run goes on.
 */
final class Fuzzer implements AutoCloseable {

  /** Looks at each pixel, and would tell Jazzer of each. */
  private static final String PIXELS = "io.watchword.matching.finger.RidgePoints";

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_:-]{2,40}");
  private static final Pattern INPUTS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");
  private static final Pattern SPEED = Pattern.compile("stat::average_exec_per_sec: +(\\d+)");
  private static final Pattern COVERED = Pattern.compile("cov: (\\d+) ft: \\d+ corp: (\\d+)");
  private static final Pattern FOUND = Pattern.compile("Base64: (\\S*)");

  private final String name;
  private final Path log;
  private final Path temporary;
  private final Process process;

  /**
   * What is bent.
   *
   * @param target has methods {@code public static void fuzzerInitialize()}, which is called once,
   *     and {@code public static void fuzzerTestOneInput(byte[])}
   * @param guides whose coverage guides, as Jazzer writes packages
   * @param longest input, bytes
   */
  record Task(
      Class<?> target, List<byte[]> seeds, List<String> guides, int longest, int heapMegabytes) {}

  /**
   * When it ends.
   *
   * @param inputs of each target, 0: any number
   * @param time counted from when the target is ready, 0: any
   */
  record Extent(long seed, long inputs, Duration time) {}

  /**
   * How it ended.
   *
   * @param fault what it found, and the input as base64; empty: nothing
   */
  record Report(String name, long inputs, long perSecond, long covered, long corpus, String fault) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s: %,d inputs, %,d a second, %,d edges, corpus of %,d%s",
          name,
          inputs,
          perSecond,
          covered,
          corpus,
          fault.isEmpty() ? "" : ": " + fault);
    }
  }

  private Fuzzer(String name, Path log, Path temporary, Process process) {
    this.name = name;
    this.log = log;
    this.temporary = temporary;
    this.process = process;
  }

  static Fuzzer start(Task task, Extent extent) throws IOException {
    String name = task.target().getSimpleName();
    Path folder = Path.of("target", "fuzz", name).toAbsolutePath();
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path seeds = Files.createDirectories(folder.resolve("seeds"));
    for (int i = 0; i < task.seeds().size(); i++) {
      Files.write(seeds.resolve("seed%02d".formatted(i)), task.seeds().get(i));
    }
    Path temporary = temporary();
    List<String> known = words(task.seeds());
    List<String> command = new ArrayList<>(java(task, extent, temporary));
    command.add("--target_class=" + Isolated.class.getName());
    command.add("--instrumentation_includes=" + String.join(":", task.guides()));
    command.add("--instrumentation_excludes=" + PIXELS);
    command.add("--custom_hook_includes=" + String.join(":", task.guides()));
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    if (!known.isEmpty()) {
      command.add("-dict=" + Files.write(folder.resolve("words"), known));
    }
    command.add("-seed=" + extent.seed());
    command.add("-max_len=" + task.longest());
    command.add("-print_final_stats=1");
    // Beyond this it hangs; what is merely slow is the targets' matter.
    command.add("-timeout=60");
    command.add("-rss_limit_mb=0");
    if (extent.inputs() > 0) {
      command.add("-runs=" + extent.inputs());
    }
    if (!extent.time().isZero()) {
      command.add("-max_total_time=" + extent.time().toSeconds());
    }
    command.add(corpus.toString());
    command.add(seeds.toString());
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new Fuzzer(name, log, temporary, process);
  }

  /** In memory where there is such a file system, so that a store there is not waited for. */
  private static Path temporary() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "watchword-fuzz")
        : Files.createTempDirectory("watchword-fuzz");
  }

  private static List<String> java(Task task, Extent extent, Path temporary) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        // The optimizing compiler takes more than it gives in a run of seconds.
        "-XX:TieredStopAtLevel=" + (extent.time().isZero() ? 4 : 1),
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx" + task.heapMegabytes() + "m",
        "-Djava.awt.headless=true",
        "-Djava.io.tmpdir=" + temporary,
        "-Dwatchword.home=" + DemoServer.projectFolder(),
        "-D" + Isolated.TARGET + "=" + task.target().getName(),
        "-D" + Isolated.CLASS_PATH + "=" + classPath,
        "-cp",
        Stream.of(Isolated.class, Jazzer.class, FuzzedDataProvider.class)
            .map(type -> place(type).toString())
            .collect(Collectors.joining(File.pathSeparator)),
        Jazzer.class.getName());
  }

  /** The folder or jar in which a class is. */
  private static Path place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The words of the seeds, so that they need not be found letter by letter. */
  private static List<String> words(List<byte[]> seeds) {
    var words = new TreeSet<String>();
    for (byte[] seed : seeds) {
      WORD.matcher(new String(seed, ISO_8859_1))
          .results()
          .forEach(word -> words.add("\"" + word.group() + "\""));
    }
    return List.copyOf(words);
  }

  /**
   * Waits until it ends.
   *
   * @param patience after which it is ended, and has failed
   */
  Report await(Duration patience) throws IOException, InterruptedException {
    boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    close();
    String said = Files.readString(log, ISO_8859_1);
    long inputs = last(INPUTS, said, 1);
    String fault = "";
    if (!ended) {
      fault = "did not end in " + patience;
    } else if (process.exitValue() != 0 || inputs == 0) {
      fault = said.lines().dropWhile(line -> !line.startsWith("== ")).limit(12).toList().toString();
      Matcher input = FOUND.matcher(said);
      fault += input.find() ? " input " + input.group(1) : " see " + log;
    }
    return new Report(
        name, inputs, last(SPEED, said, 1), last(COVERED, said, 1), last(COVERED, said, 2), fault);
  }

  private static long last(Pattern pattern, String said, int group) {
    return pattern
        .matcher(said)
        .results()
        .mapToLong(found -> Long.parseLong(found.group(group)))
        .reduce(0, (_, number) -> number);
  }

  /** Ends it if it has not ended. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try (Stream<Path> files = Files.walk(temporary)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (NoSuchFileException e) {
      // was closed before
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packages of this project, as Jazzer writes them. */
  static List<String> packages(String... names) {
    return Stream.of(names).map(name -> "io.watchword." + name + ".**").toList();
  }
}

package io.watchword.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Programs that are no Java, run inside a test. For tests of this module only. */
public final class Script {

  private Script() {}

  /** Where a program is; without it the test is left out. */
  public static String needed(String program) {
    Optional<Path> found =
        Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "left out: needs " + program);
    return found.orElseThrow().toString();
  }

  /**
   * @param status that it ended with
   * @param output of both kinds
   */
  public record Finished(int status, String output) {}

  /** Runs a program to its end, which is made after so many seconds. */
  public static Finished run(Path folder, int seconds, String... command)
      throws IOException, InterruptedException {
    return run(folder, seconds, _ -> false, command);
  }

  /**
   * Runs a program that may ask for something while it runs.
   *
   * @param asked does what a line of the output asks for; if it was something, a line is answered
   */
  public static Finished run(Path folder, int seconds, Predicate<String> asked, String... command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    var output = new StringBuffer();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try (BufferedReader lines = process.inputReader();
                  BufferedWriter answers = process.outputWriter()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  output.append(line).append('\n');
                  if (asked.test(line)) {
                    answers.write("done\n");
                    answers.flush();
                  }
                }
              } catch (IOException | RuntimeException e) {
                output.append(e).append('\n');
              }
            });
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    reader.join(Duration.ofSeconds(30));
    return new Finished(process.exitValue(), output.toString());
  }
}

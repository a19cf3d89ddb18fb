package io.watchword.server.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A command that needs a data folder. It runs in the server that holds the folder, or here if none
 * does; either way it is the same code.
 */
interface PlatformCommand extends Callable<Integer> {

  /** The options that tell which folder. */
  DataOptions data();

  /**
   * Does it.
   *
   * @return the exit code
   */
  int run(Work work) throws Exception;

  /** The file that is opened where the command was typed, and read where it runs. */
  default Optional<Path> input() {
    return Optional.empty();
  }

  /** Where files that the command gives are put, where it was typed. */
  default Path output() {
    return Path.of("");
  }

  @Override
  default Integer call() throws Exception {
    return data().run(this);
  }
}

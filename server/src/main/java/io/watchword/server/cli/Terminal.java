package io.watchword.server.cli;

import io.watchword.server.admin.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The place where a command was typed. */
record Terminal(PrintWriter out, PrintWriter err, Path folder) implements Answer {

  @Override
  public void out(String line) {
    out.println(printable(line));
    out.flush();
  }

  @Override
  public void err(String line) {
    err.println(printable(line));
    err.flush();
  }

  @Override
  public void file(String name, byte[] content) {
    if (!name.matches("[A-Za-z0-9._-]{1,100}") || name.startsWith(".")) {
      throw new IllegalArgumentException("a file of this name is not written");
    }
    try {
      Path target = folder.toAbsolutePath().resolve(name);
      Files.createDirectories(target.getParent());
      // A temporary file has mode 0600 from the start.
      Path draft = Files.createTempFile(target.getParent(), ".", ".draft");
      try {
        Files.write(draft, content);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the file " + name + " cannot be written in " + folder, e);
    }
  }

  /** What is on file may hold characters that steer a terminal. */
  private static String printable(String line) {
    return line.replaceAll("[\\p{Cntrl}&&[^\\t\\n]]", "?");
  }
}

package io.watchword.server.cli;

import io.watchword.server.people.JsonLines;
import io.watchword.server.people.LineRefused;
import io.watchword.server.people.PersonLines;
import java.io.IOException;

/** Reads a file of JSON lines for a command: a wrong line is told and left out. */
final class ImportLines {

  private static final int LONGEST = 64 * 1024;

  private ImportLines() {}

  /** What is done with a line. */
  interface Taker<T> {
    void take(T line) throws LineRefused;
  }

  /**
   * @return how many lines were refused
   */
  static <T> long each(Work work, Class<T> type, Taker<T> taker) throws IOException {
    var lines = new JsonLines(work.in(), LONGEST);
    var reader = new PersonLines(LONGEST);
    long refused = 0;
    for (JsonLines.Line line = lines.next(); line != null; line = lines.next()) {
      if (line.blank()) {
        continue;
      }
      try {
        byte[] bytes = line.bytes();
        if (bytes == null) {
          throw new LineRefused("longer than 64 KiB");
        }
        taker.take(reader.read(bytes, type));
      } catch (LineRefused e) {
        refused++;
        work.answer().err("line " + line.number() + ": " + e.reason());
      }
    }
    return refused;
  }
}

package io.watchword.server.people;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a stream, of bounded length, so that no file can fill the memory. */
public final class JsonLines {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final int longest;
  private long number;

  /**
   * @param longest line in bytes
   */
  public JsonLines(InputStream in, int longest) {
    this.in = new BufferedInputStream(in, BUFFER);
    this.longest = longest;
  }

  /**
   * @param number from 1
   * @param bytes without the line's end; {@code null} if the line was too long and was skipped
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(long number, byte @Nullable [] bytes) {

    public boolean blank() {
      if (bytes == null) {
        return false;
      }
      for (byte b : bytes) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "Line[" + number + "]";
    }
  }

  /** The next line; {@code null} at the end of the stream. */
  public @Nullable Line next() throws IOException {
    int b = in.read();
    if (b < 0) {
      return null;
    }
    var bytes = new ByteArrayOutputStream(512);
    boolean fits = true;
    for (; b >= 0 && b != '\n'; b = in.read()) {
      fits = fits && bytes.size() < longest;
      if (fits) {
        bytes.write(b);
      }
    }
    number++;
    return new Line(number, fits ? bytes.toByteArray() : null);
  }
}

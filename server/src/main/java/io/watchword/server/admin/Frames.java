package io.watchword.server.admin;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The two languages of the talk: lines of JSON, and frames of bytes. */
final class Frames {

  /** Longest line; the largest file that a command gives is a small part of it. */
  static final int LONGEST_LINE = 4 << 20;

  private static final int LONGEST_FRAME = 64 * 1024;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Frames() {}

  /** The client's first line. */
  record Request(String token, String operator, List<String> arguments) {

    @Override
    public String toString() {
      return "Request[secret]";
    }
  }

  /** A line of the server; exactly one of the first four is there. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Reply(
      @Nullable String out,
      @Nullable String err,
      @Nullable String file,
      @Nullable Integer exit,
      byte @Nullable [] content) {}

  static void writeLine(OutputStream out, Object line) throws IOException {
    byte[] json = (JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      out.write(json);
      out.flush();
    }
  }

  /**
   * @throws EOFException if the other side has hung up
   * @throws IOException if the line is too long or not of that kind
   */
  static <T> T readLine(InputStream in, int longest, Class<T> type) throws IOException {
    var line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\n') {
      if (b < 0) {
        throw new EOFException("the other side has hung up");
      }
      if (line.size() == longest) {
        throw new IOException("a line is too long");
      }
      line.write(b);
    }
    try {
      T value = JSON.readValue(line.toByteArray(), type);
      if (value == null) {
        throw new IOException("a line says nothing");
      }
      return value;
    } catch (JacksonException e) {
      throw new IOException("a line is not JSON of the right kind", e);
    }
  }

  static void send(InputStream from, OutputStream to) throws IOException {
    var frames = new DataOutputStream(to);
    byte[] chunk = new byte[LONGEST_FRAME];
    int read;
    while ((read = from.read(chunk)) >= 0) {
      if (read > 0) {
        frames.writeInt(read);
        frames.write(chunk, 0, read);
        frames.flush();
      }
    }
    frames.writeInt(0);
    frames.flush();
  }

  /** What comes in frames, as a stream that ends with the empty one. */
  static InputStream receive(InputStream from) {
    var frames = new DataInputStream(from);
    return new InputStream() {
      private int left;
      private boolean ended;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (left == 0 && !ended) {
          left = frames.readInt();
          if (left < 0 || left > LONGEST_FRAME) {
            throw new IOException("a frame has a length that no client sends");
          }
          ended = left == 0;
        }
        if (ended) {
          return -1;
        }
        int read = frames.read(bytes, offset, Math.min(length, left));
        if (read < 0) {
          throw new EOFException("the other side has hung up");
        }
        left -= read;
        return read;
      }
    };
  }
}

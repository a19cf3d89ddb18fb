package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.matching.finger.MinutiaeTemplate.Kind;
import io.watchword.matching.finger.MinutiaeTemplate.Minutia;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes records of fingers byte by byte, right and wrong ones. */
final class Records {

  static final int WIDTH = 300;
  static final int HEIGHT = 400;
  static final int RESOLUTION = 197;

  private Records() {}

  /** Bytes in the order in which they are told. */
  static final class Bytes {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(kept);

    Bytes text(String text) {
      kept.writeBytes(text.getBytes(US_ASCII));
      return this;
    }

    Bytes u8(int... values) {
      for (int value : values) {
        kept.write(value);
      }
      return this;
    }

    Bytes u16(int... values) {
      for (int value : values) {
        kept.write(value >> 8);
        kept.write(value);
      }
      return this;
    }

    Bytes u32(long value) {
      try {
        out.writeInt((int) value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    Bytes zeros(int count) {
      kept.writeBytes(new byte[count]);
      return this;
    }

    Bytes bytes(byte[] bytes) {
      kept.writeBytes(bytes);
      return this;
    }

    byte[] done() {
      return kept.toByteArray();
    }
  }

  /** Minutiae all over the image. */
  static List<Minutia> minutiae(RandomGenerator random, int count) {
    List<Minutia> minutiae = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      minutiae.add(
          new Minutia(kind, random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(256)));
    }
    return minutiae;
  }

  /** One view by the edition of 2005. */
  static byte[] edition2005(int position, List<Minutia> minutiae, int extended) {
    int length = 24 + 6 + 6 * minutiae.size() + extended;
    Bytes out = new Bytes().text("FMR\0").text(" 20\0").u32(length).u16(0x0123);
    out.u16(WIDTH, HEIGHT, RESOLUTION, RESOLUTION).u8(1, 0);
    out.u8(position, 0, 80, minutiae.size());
    for (Minutia each : minutiae) {
      out.u16(each.kind().ordinal() << 14 | each.x(), each.y()).u8(each.angle(), 70);
    }
    return out.u16(extended).zeros(extended).done();
  }

  /** One view by the edition of 2011, with one quality block and one certificate. */
  static byte[] edition2011(int position, List<Minutia> minutiae, int extended) {
    int view = 4 + 14 + 6 + 4 + 13 + 6 * minutiae.size() + 2 + extended;
    Bytes out = new Bytes().text("FMR\0").text("030\0").u32(15 + view).u16(1).u8(1);
    out.u32(view).zeros(9).u8(0).u16(7, 9).u8(1).zeros(5).u8(1).zeros(3);
    out.u8(position, 0).u16(RESOLUTION, RESOLUTION).u8(0).u16(WIDTH, HEIGHT);
    out.u8(6 << 4 | 1, minutiae.size());
    for (Minutia each : minutiae) {
      out.u16(each.kind().ordinal() << 14 | each.x(), each.y()).u8(each.angle(), 254);
    }
    return out.u16(extended).zeros(extended).done();
  }

  /** An image by the edition of 2005; 500 dpi, content as it is given. */
  static byte[] image2005(int width, int height, int compression, byte[] content) {
    Bytes out = new Bytes().text("FIR\0").text("010\0");
    out.u16(0).u32(32 + 14 + content.length).u16(0, 31).u8(1, 1).u16(500, 500, 500, 500);
    out.u8(8, compression).u16(0).u32(14 + content.length).u8(2, 1, 1, 90, 0);
    return out.u16(width, height).u8(0).bytes(content).done();
  }

  /** An image by the edition of 2011; 197 pixels a centimetre, content as it is given. */
  static byte[] image2011(int width, int height, int compression, byte[] content) {
    int view = 4 + 14 + 1 + 2 + 9 + 7 + 4 + content.length + 6;
    Bytes out = new Bytes().text("FIR\0").text("020\0").u32(16 + view).u16(1).u8(0, 1);
    out.u32(view).zeros(9).u8(0).u16(7, 9).u8(0);
    out.u8(7, 0, 2).u16(197, 197, 197, 197).u8(8, compression, 0).u16(width, height);
    return out.u32(content.length).bytes(content).zeros(6).done();
  }
}

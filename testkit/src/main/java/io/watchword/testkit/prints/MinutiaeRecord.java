package io.watchword.testkit.prints;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.testkit.prints.MinutiaeExtractor.Minutia;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes minutiae templates of one view (ISO/IEC 19794-2, record format), 500 dpi. */
public final class MinutiaeRecord {

  private static final short PIXELS_A_CENTIMETRE = 197;

  private MinutiaeRecord() {}

  /**
   * By the edition of 2005.
   *
   * @param position code of the finger, 0 (unknown) to 10
   */
  public static byte[] edition2005(int position, int width, int height, List<Minutia> minutiae) {
    int length = 24 + 4 + 6 * minutiae.size() + 2;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put("FMR\0 20\0".getBytes(US_ASCII)).putInt(length).putShort((short) 0);
    out.putShort((short) width).putShort((short) height);
    out.putShort(PIXELS_A_CENTIMETRE).putShort(PIXELS_A_CENTIMETRE);
    out.put((byte) 1).put((byte) 0);
    out.put((byte) position).put((byte) 0).put((byte) 60).put((byte) minutiae.size());
    minutiae.forEach(each -> put(each, out).put((byte) 0));
    return out.putShort((short) 0).array();
  }

  /**
   * By the edition of 2011, without qualities and certificates.
   *
   * @param position code of the finger, 0 (unknown) to 10
   */
  public static byte[] edition2011(int position, int width, int height, List<Minutia> minutiae) {
    int view = 4 + 9 + 5 + 1 + 13 + 5 * minutiae.size() + 2;
    ByteBuffer out = ByteBuffer.allocate(15 + view);
    out.put("FMR\000030\0".getBytes(US_ASCII)).putInt(15 + view).putShort((short) 1).put((byte) 0);
    out.putInt(view).put(new byte[9]).put(new byte[5]).put((byte) 0);
    out.put((byte) position).put((byte) 0);
    out.putShort(PIXELS_A_CENTIMETRE).putShort(PIXELS_A_CENTIMETRE).put((byte) 0);
    out.putShort((short) width).putShort((short) height);
    out.put((byte) ((5 << 4) | 1)).put((byte) minutiae.size());
    minutiae.forEach(each -> put(each, out));
    return out.putShort((short) 0).array();
  }

  private static ByteBuffer put(Minutia minutia, ByteBuffer out) {
    int kind = minutia.fork() ? 2 : 1;
    long angle = Math.round(minutia.direction() / (2 * Math.PI) * 256);
    return out.putShort((short) ((kind << 14) | minutia.x()))
        .putShort((short) minutia.y())
        .put((byte) angle);
  }
}

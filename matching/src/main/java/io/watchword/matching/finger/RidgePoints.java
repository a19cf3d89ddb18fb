package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.machinezoo.sourceafis.FingerprintTransparency;
import io.watchword.matching.finger.FingerRecord.TooLarge;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Stops the library where the ridges of an image, thinned to lines, end and fork more often than
 * those of any finger. What it does next takes the square of that number: noise as large as a
 * platen keeps a core busy for seconds, and the finest stripes make it allocate gigabytes.
 *
 * <p>It hears of the extractions of its own thread until it is closed.
 */
final class RidgePoints extends FingerprintTransparency {

  /**
   * Most ends and forks of ridges, or of valleys. A dirty finger has 300 before the library tidies
   * up, and one that fills the largest platen would have 2,000; noise there has 40,000.
   */
  static final int MOST = 8_000;

  /** Before anything that takes long, and for ridges as well as valleys. */
  private static final String STAGE = "-thinned-skeleton";

  private static final byte[] WIDTH = "ewidth".getBytes(US_ASCII);
  private static final byte[] HEIGHT = "fheight".getBytes(US_ASCII);
  private static final byte[] CELLS = "ecells".getBytes(US_ASCII);
  private static final int SHORT = 0x19;
  private static final int BYTE = 0x18;
  private static final byte TRUE = (byte) 0xF5;

  @Override
  public boolean accepts(String key) {
    return key.endsWith(STAGE);
  }

  /**
   * @param data CBOR (RFC 8949) of an object of width, height and cells, which are true on a line
   * @throws TooMany if there are more than {@link #MOST}
   */
  @Override
  public void take(String key, String mime, byte[] data) {
    ByteBuffer in = ByteBuffer.wrap(data, 1, data.length - 1);
    int width = number(WIDTH, in);
    int height = number(HEIGHT, in);
    int cells = data.length - width * height;
    byte[] name = new byte[CELLS.length];
    in.get(name);
    if (!Arrays.equals(name, CELLS) || cells < in.position()) {
      throw unknown();
    }
    int points = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        points += isPoint(data, cells + y * width + x, width) ? 1 : 0;
      }
    }
    if (points > MOST) {
      throw new TooMany(points);
    }
  }

  private static int number(byte[] expected, ByteBuffer in) {
    byte[] name = new byte[expected.length];
    in.get(name);
    if (!Arrays.equals(name, expected)) {
      throw unknown();
    }
    int kind = Byte.toUnsignedInt(in.get());
    return switch (kind) {
      case SHORT -> Short.toUnsignedInt(in.getShort());
      case BYTE -> Byte.toUnsignedInt(in.get());
      default -> {
        if (kind > BYTE) {
          throw unknown();
        }
        yield kind;
      }
    };
  }

  private static boolean isPoint(byte[] data, int at, int width) {
    if (data[at] != TRUE) {
      return false;
    }
    int neighbours = -1; // itself
    for (int row = at - width; row <= at + width; row += width) {
      for (int i = row - 1; i <= row + 1; i++) {
        neighbours += data[i] == TRUE ? 1 : 0;
      }
    }
    return neighbours == 1 || neighbours > 2;
  }

  private static IllegalStateException unknown() {
    return new IllegalStateException("this version of the library tells lines in another form");
  }

  /** Passes through the library. */
  static final class TooMany extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int points;

    private TooMany(int points) {
      super(points + " ends and forks", null, false, false);
      this.points = points;
    }

    Refused refused() {
      return new Refused(new TooLarge(points + " ends and forks of ridges"));
    }
  }
}

package io.watchword.matching.finger;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One view of a finger as minutiae (ISO/IEC 19794-2:2005 or :2011, record format).
 *
 * @param position the finger that the template names
 * @param width of the image, pixels
 * @param height of the image, pixels
 * @param resolutionX pixels a centimetre
 * @param resolutionY pixels a centimetre
 * @param minutiae all inside the image; at most {@value #MOST_MINUTIAE}, maybe none
 */
public record MinutiaeTemplate(
    FingerPosition position,
    int width,
    int height,
    int resolutionX,
    int resolutionY,
    List<Minutia> minutiae)
    implements FingerRecord.Usable {

  /**
   * Most bytes of a template: ten times what readers of fingerprints write, ridge counts and all.
   */
  public static final int MOST_BYTES = 32 * 1024;

  /**
   * Most minutiae. A finger shows 40 to 100; the format has room for 255, with which one comparison
   * would take a third of a second and 60 MB.
   */
  public static final int MOST_MINUTIAE = 200;

  private static final int HEADER_BYTES = 24;
  private static final int VIEW_BYTES = 6;
  private static final int MINUTIA_BYTES = 6;

  public MinutiaeTemplate {
    minutiae = List.copyOf(minutiae);
  }

  /** How the two ridges of a minutia meet. */
  public enum Kind {
    /** Not told, or not one of the others. */
    OTHER(0),
    ENDING(1),
    BIFURCATION(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * One minutia.
   *
   * @param x pixels from the left edge
   * @param y pixels from the upper edge
   * @param angle counter-clockwise from the axis that points right, in 1/256 of a turn, 0 to 255
   */
  public record Minutia(Kind kind, int x, int y, int angle) {}

  /**
   * This view and nothing else as a record of ISO/IEC 19794-2:2005: no qualities, no extended data,
   * no device. The library reads only this, so that nothing of the original that we did not look at
   * reaches it; and this is what goes on file.
   */
  byte[] toRecord() {
    int size = HEADER_BYTES + VIEW_BYTES + MINUTIA_BYTES * minutiae.size();
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(MinutiaeReader.FORMAT_2005).putInt(size).putShort((short) 0);
    out.putShort((short) width).putShort((short) height);
    out.putShort((short) resolutionX).putShort((short) resolutionY);
    out.put((byte) 1).put((byte) 0);
    out.put((byte) position.code()).put((byte) 0).put((byte) 0).put((byte) minutiae.size());
    for (Minutia each : minutiae) {
      out.putShort((short) ((each.kind().code << 14) | each.x())).putShort((short) each.y());
      out.put((byte) each.angle()).put((byte) 0);
    }
    return out.putShort((short) 0).array();
  }

  MinutiaeTemplate at(FingerPosition other) {
    return new MinutiaeTemplate(other, width, height, resolutionX, resolutionY, minutiae);
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "MinutiaeTemplate[" + position + "]";
  }
}

package io.watchword.matching.finger;

/**
 * An image of one finger, checked and not yet decoded: uncompressed or PNG in a record of ISO/IEC
 * 19794-4:2005 or :2011, or a bare PNG or BMP file, which is taken for {@value #USUAL_DPI} dpi.
 */
public final class FingerImage implements FingerRecord.Usable {

  /** Most bytes of a record or file. */
  public static final int MOST_BYTES = 4 * 1024 * 1024;

  /**
   * Most pixels after scaling to {@value #USUAL_DPI} dpi, which is what the comparison costs: 1.6
   * by 1.6 inches, the largest platen for one finger.
   */
  public static final int MOST_PIXELS = 800 * 800;

  /** Most pixels before scaling; an image of twice the usual resolution has four times as many. */
  static final int MOST_STORED_PIXELS = 4 * MOST_PIXELS;

  /** Fewest pixels of a side: a quarter of an inch shows hardly ten ridges. */
  static final int SHORTEST_SIDE = 64;

  static final int USUAL_DPI = 500;

  private final FingerPosition position;
  private final int width;
  private final int height;
  private final double dpi;
  private final Pixels pixels;

  FingerImage(FingerPosition position, int width, int height, double dpi, Pixels pixels) {
    this.position = position;
    this.width = width;
    this.height = height;
    this.dpi = dpi;
    this.pixels = pixels;
  }

  /** Where the pixels come from once somebody wants them. */
  interface Pixels {

    /** Row by row from the upper left, 0 black to 255 white, {@code width * height} of them. */
    byte[] decode() throws Refused;
  }

  /** The finger that the record names; a bare file names none. */
  @Override
  public FingerPosition position() {
    return position;
  }

  /** In pixels. */
  public int width() {
    return width;
  }

  /** In pixels. */
  public int height() {
    return height;
  }

  /** Pixels an inch. */
  public double dpi() {
    return dpi;
  }

  /** Row by row from the upper left, 0 black to 255 white. */
  byte[] pixels() throws Refused {
    return pixels.decode();
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "FingerImage[" + position + "]";
  }
}

package io.watchword.testkit.prints;

/**
 * The ridges of a finger as a smooth surface: 1 on the crest of a ridge, -1 at the bottom of a
 * valley.
 */
public final class Ridges {

  /** Size of the surface in pixels of 500 dpi. */
  public static final int WIDTH = 340;

  /** Size of the surface in pixels of 500 dpi. */
  public static final int HEIGHT = 440;

  private final float[] cells;
  private final int columns;
  private final int rows;
  private final double scale;

  /**
   * @param cells row by row
   * @param scale pixels of 500 dpi that a cell is wide
   */
  Ridges(float[] cells, int columns, int rows, double scale) {
    this.cells = cells;
    this.columns = columns;
    this.rows = rows;
    this.scale = scale;
  }

  /** The height at a place, in pixels of 500 dpi from the upper left; beyond the edge its edge. */
  float at(double x, double y) {
    double column = x / scale;
    double row = y / scale;
    int left = (int) Math.floor(column);
    int top = (int) Math.floor(row);
    float alongX = (float) (column - left);
    float alongY = (float) (row - top);
    float w0 = cubic(alongX + 1);
    float w1 = cubic(alongX);
    float w2 = cubic(alongX - 1);
    float w3 = cubic(alongX - 2);
    int c0 = Math.clamp(left - 1, 0, columns - 1);
    int c1 = Math.clamp(left, 0, columns - 1);
    int c2 = Math.clamp(left + 1, 0, columns - 1);
    int c3 = Math.clamp(left + 2, 0, columns - 1);
    float sum = 0;
    for (int j = -1; j <= 2; j++) {
      int line = Math.clamp(top + j, 0, rows - 1) * columns;
      sum +=
          cubic(alongY - j)
              * (w0 * cells[line + c0]
                  + w1 * cells[line + c1]
                  + w2 * cells[line + c2]
                  + w3 * cells[line + c3]);
    }
    return sum;
  }

  /** The kernel of Catmull and Rom. */
  private static float cubic(float distance) {
    float d = Math.abs(distance);
    if (d < 1) {
      return (1.5f * d - 2.5f) * d * d + 1;
    }
    return d < 2 ? ((-0.5f * d + 2.5f) * d - 4) * d + 2 : 0;
  }
}

package io.watchword.testkit.prints;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Ridges one pixel thin: the dark parts of an image, thinned as Zhang and Suen do it. */
final class Skeleton {

  /** The eight neighbours in a circle, clockwise from above. */
  private static final int[] DX = {0, 1, 1, 1, 0, -1, -1, -1};

  private static final int[] DY = {-1, -1, 0, 1, 1, 1, 0, -1};

  /** Pixels that darkness is measured against, to each side. */
  private static final int AROUND = 10;

  private static final double FAINTEST_SPREAD = 22;

  final int width;
  final int height;
  final boolean[] ridge;

  /** Where there are ridges at all. */
  final boolean[] print;

  Skeleton(GreyImage image) {
    width = image.width();
    height = image.height();
    ridge = new boolean[width * height];
    print = new boolean[width * height];
    darkParts(smoothed(smoothed(image)));
    for (int round = 0; round < 2; round++) {
      majority();
    }
    clearEdge();
    int[] dark = IntStream.range(0, ridge.length).filter(i -> ridge[i]).toArray();
    int before;
    do {
      before = dark.length;
      dark = peeled(peeled(dark, true), false);
    } while (dark.length < before);
  }

  boolean at(int x, int y) {
    return ridge[y * width + x];
  }

  /** Neighbours in a circle, as bits; the place must not lie on the edge. */
  int ring(int i) {
    int ring = 0;
    for (int k = 0; k < 8; k++) {
      if (ridge[i + DY[k] * width + DX[k]]) {
        ring |= 1 << k;
      }
    }
    return ring;
  }

  /** The neighbour in a direction of {@link #ring}. */
  int next(int i, int direction) {
    return i + DY[direction] * width + DX[direction];
  }

  /** How often one walks from light to dark in a circle: 1 at an end, 3 at a fork. */
  static int crossings(int ring) {
    int shifted = ((ring << 1) | (ring >> 7)) & 255;
    return Integer.bitCount(ring & ~shifted);
  }

  private static GreyImage smoothed(GreyImage image) {
    int width = image.width();
    byte[] out = image.pixels().clone();
    for (int y = 1; y < image.height() - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int sides =
            image.at(x - 1, y) + image.at(x + 1, y) + image.at(x, y - 1) + image.at(x, y + 1);
        int corners =
            image.at(x - 1, y - 1)
                + image.at(x + 1, y - 1)
                + image.at(x - 1, y + 1)
                + image.at(x + 1, y + 1);
        out[y * width + x] = (byte) ((4 * image.at(x, y) + 2 * sides + corners + 8) / 16);
      }
    }
    return new GreyImage(width, image.height(), out);
  }

  /** Darker than the mean around, and the mean around is of ridges and valleys. */
  private void darkParts(GreyImage image) {
    long[] sums = new long[(width + 1) * (height + 1)];
    long[] squares = new long[sums.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = (y + 1) * (width + 1) + x + 1;
        long grey = image.at(x, y);
        int up = i - width - 1;
        sums[i] = grey + sums[i - 1] + sums[up] - sums[up - 1];
        squares[i] = grey * grey + squares[i - 1] + squares[up] - squares[up - 1];
      }
    }
    for (int y = AROUND; y < height - AROUND; y++) {
      for (int x = AROUND; x < width - AROUND; x++) {
        int upper = (y - AROUND) * (width + 1) + x;
        int lower = (y + AROUND + 1) * (width + 1) + x;
        int left = -AROUND;
        int right = AROUND + 1;
        double count = (right - left) * (double) (right - left);
        double mean =
            (sums[lower + right] - sums[lower + left] - sums[upper + right] + sums[upper + left])
                / count;
        double square =
            (squares[lower + right]
                    - squares[lower + left]
                    - squares[upper + right]
                    + squares[upper + left])
                / count;
        int i = y * width + x;
        print[i] = square - mean * mean > FAINTEST_SPREAD * FAINTEST_SPREAD;
        ridge[i] = print[i] && image.at(x, y) < mean;
      }
    }
  }

  private void majority() {
    boolean[] before = ridge.clone();
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        int i = y * width + x;
        if (!print[i]) {
          continue;
        }
        int dark = before[i] ? 1 : 0;
        for (int k = 0; k < 8; k++) {
          dark += before[i + DY[k] * width + DX[k]] ? 1 : 0;
        }
        ridge[i] = dark >= 5;
      }
    }
  }

  private void clearEdge() {
    for (int i = 0; i < ridge.length; i++) {
      int x = i % width;
      int y = i / width;
      if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) {
        ridge[i] = false;
      }
    }
  }

  private int[] peeled(int[] dark, boolean first) {
    int[] peeled = new int[dark.length];
    int count = 0;
    for (int i : dark) {
      int ring = ring(i);
      int neighbours = Integer.bitCount(ring);
      // Bits 0, 2, 4, 6: above, right, below, left.
      boolean open =
          first
              ? (ring & 0b0001_0101) != 0b0001_0101 && (ring & 0b0101_0100) != 0b0101_0100
              : (ring & 0b0100_0101) != 0b0100_0101 && (ring & 0b0101_0001) != 0b0101_0001;
      if (neighbours >= 2 && neighbours <= 6 && crossings(ring) == 1 && open) {
        peeled[count++] = i;
      }
    }
    for (int k = 0; k < count; k++) {
      ridge[peeled[k]] = false;
    }
    return count == 0 ? dark : Arrays.stream(dark).filter(i -> ridge[i]).toArray();
  }
}

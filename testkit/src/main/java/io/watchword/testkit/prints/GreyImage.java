package io.watchword.testkit.prints;

/**
 * A grey image of 500 dpi.
 *
 * @param pixels row by row from the upper left, 0 black to 255 white
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record GreyImage(int width, int height, byte[] pixels) {

  /** 0 black to 255 white. */
  int at(int x, int y) {
    return Byte.toUnsignedInt(pixels[y * width + x]);
  }
}

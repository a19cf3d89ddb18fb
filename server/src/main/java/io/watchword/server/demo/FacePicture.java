package io.watchword.server.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Draws a simple face for a name: nobody's, and always the same for the same name. It is a PNG with
 * a palette, about one kilobyte, made here so that the repository holds no pictures and a server
 * needs no graphics libraries.
 */
final class FacePicture {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 240;

  private static final int BACKGROUND = 0;
  private static final int SKIN = 1;
  private static final int HAIR = 2;
  private static final int SHIRT = 3;
  private static final int WHITE = 4;
  private static final int DARK = 5;
  private static final int LIPS = 6;

  private static final int[] BACKGROUNDS = {0xdfe8f0, 0xe9e4d8, 0xdcebdf, 0xeadfe6};
  private static final int[] SKINS = {0xf1c9a5, 0xdba982, 0xc08a5f, 0x9c6b45, 0x714a2f};
  private static final int[] HAIRS = {0x1c1714, 0x3a2a1e, 0x5b3f26, 0x6f6f74, 0x8a2f1d};
  private static final int[] SHIRTS = {0x2f5d8c, 0x7a2e3a, 0x3c6e47, 0x6b4a8c, 0xb0782a};

  private final byte[] choices;
  private final byte[] pixels = new byte[WIDTH * HEIGHT];

  private FacePicture(String name) {
    try {
      choices = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The picture of a name, a PNG of 200 by 240 pixels. */
  static byte[] png(String name) {
    var picture = new FacePicture(name);
    picture.draw();
    return picture.encoded();
  }

  /** One of {@code bound} values, the same for the same name and place. */
  private int choice(int place, int bound) {
    return Byte.toUnsignedInt(choices[place]) % bound;
  }

  private void draw() {
    int width = 52 + choice(0, 10);
    int height = 66 + choice(1, 10);
    int hair = choice(2, 4);
    if (hair == 0) {
      ellipse(100, 130, width + 16, height + 20, HAIR);
    }
    ellipse(100, 240, 82, 52, SHIRT);
    ellipse(100, 186, 22, 34, SKIN);
    ellipse(100, 112 - choice(3, 6), width + 5, height, HAIR);
    ellipse(100 - width, 125, 9, 14, SKIN);
    ellipse(100 + width, 125, 9, 14, SKIN);
    ellipse(100, 126, width, height - 4, SKIN);
    if (hair == 1) {
      ellipse(100, 62, width - 4, 22, HAIR);
    } else if (hair == 2) {
      ellipse(78, 64, width - 18, 20, HAIR);
    }
    int apart = 20 + choice(4, 6);
    eye(100 - apart);
    eye(100 + apart);
    ellipse(100, 138, 4 + choice(5, 3), 9, DARK, SKIN);
    mouth();
    if (choice(6, 3) == 0) {
      glasses(apart);
    }
  }

  private void eye(int x) {
    int brow = 100 - choice(7, 5);
    box(x - 12, brow, x + 12, brow + 3, HAIR);
    ellipse(x, 116, 11, 7, WHITE);
    ellipse(x, 116, 5, 6, DARK);
  }

  private void mouth() {
    int width = 16 + choice(8, 10);
    int y = 164;
    ellipse(100, y, width, 7 + choice(9, 4), LIPS);
    // What covers the upper half makes a smile of the ellipse.
    box(100 - width, y - 12, 100 + width, y - 1, SKIN);
  }

  private void glasses(int apart) {
    ring(100 - apart, 116, 17);
    ring(100 + apart, 116, 17);
    box(100 - apart + 16, 114, 100 + apart - 16, 117, DARK);
  }

  private void ring(int x, int y, int radius) {
    for (int row = y - radius; row <= y + radius; row++) {
      for (int column = x - radius; column <= x + radius; column++) {
        int distance = (column - x) * (column - x) + (row - y) * (row - y);
        if (distance <= radius * radius && distance > (radius - 3) * (radius - 3)) {
          set(column, row, DARK);
        }
      }
    }
  }

  /** The lower edge of an ellipse in one colour, the rest in another. */
  private void ellipse(int x, int y, int across, int down, int edge, int inside) {
    ellipse(x, y, across, down, edge);
    ellipse(x, y - 3, across, down, inside);
  }

  private void ellipse(int x, int y, int across, int down, int colour) {
    for (int row = y - down; row <= y + down; row++) {
      for (int column = x - across; column <= x + across; column++) {
        double dx = (double) (column - x) / across;
        double dy = (double) (row - y) / down;
        if (dx * dx + dy * dy <= 1) {
          set(column, row, colour);
        }
      }
    }
  }

  private void box(int left, int top, int right, int bottom, int colour) {
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        set(column, row, colour);
      }
    }
  }

  private void set(int column, int row, int colour) {
    if (column >= 0 && column < WIDTH && row >= 0 && row < HEIGHT) {
      pixels[row * WIDTH + column] = (byte) colour;
    }
  }

  /** PNG specification, third edition, sections 5 and 11: IHDR, PLTE, IDAT, IEND. */
  private byte[] encoded() {
    var png = new ByteArrayOutputStream(4096);
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(WIDTH).putInt(HEIGHT);
    chunk(png, "IHDR", header.put((byte) 8).put((byte) 3).array());
    chunk(png, "PLTE", palette());
    chunk(png, "IDAT", compressed());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private byte[] palette() {
    int[] colours = new int[7];
    colours[BACKGROUND] = BACKGROUNDS[choice(10, BACKGROUNDS.length)];
    colours[SKIN] = SKINS[choice(11, SKINS.length)];
    colours[HAIR] = HAIRS[choice(12, HAIRS.length)];
    colours[SHIRT] = SHIRTS[choice(13, SHIRTS.length)];
    colours[WHITE] = 0xfafafa;
    colours[DARK] = 0x2a2320;
    colours[LIPS] = 0xa5453f;
    ByteBuffer palette = ByteBuffer.allocate(colours.length * 3);
    for (int colour : colours) {
      palette.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    return palette.array();
  }

  private byte[] compressed() {
    ByteBuffer rows = ByteBuffer.allocate(HEIGHT * (WIDTH + 1));
    for (int row = 0; row < HEIGHT; row++) {
      rows.put((byte) 0).put(pixels, row * WIDTH, WIDTH);
    }
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(rows.array());
      deflater.finish();
      var data = new ByteArrayOutputStream(4096);
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        data.write(buffer, 0, deflater.deflate(buffer));
      }
      return data.toByteArray();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(UTF_8);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}

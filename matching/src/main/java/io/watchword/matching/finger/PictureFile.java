package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.matching.finger.FingerRecord.TooLarge;
import io.watchword.matching.finger.FingerRecord.Unsupported;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A PNG (ISO/IEC 15948) or BMP file that is safe to be given to the decoders of the JDK: its size
 * is known and within bounds, and whatever they do not need for the pixels was taken out or refused
 * (texts and colour profiles that unpack to gigabytes, BMP's references to other files).
 */
record PictureFile(
    String format, int width, int height, @SuppressWarnings("ArrayRecordComponent") byte[] bytes) {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final byte[] PNG_HEADER = "IHDR".getBytes(US_ASCII);
  private static final byte[] BMP = "BM".getBytes(US_ASCII);
  private static final Set<String> FOR_PIXELS = Set.of("IHDR", "PLTE", "IDAT", "IEND");
  private static final int PLAIN_BMP_HEADER = 40;

  static PictureFile read(byte[] bytes) throws Refused {
    Cursor in = new Cursor(bytes, 0, bytes.length);
    if (in.startsWith(PNG)) {
      return readPng(bytes);
    }
    if (in.startsWith(BMP)) {
      return readBmp(bytes);
    }
    throw Refused.malformed("neither a template nor an image");
  }

  /** Keeps only the chunks that make up the pixels. */
  static PictureFile readPng(byte[] bytes) throws Refused {
    Cursor in = new Cursor(bytes, 0, bytes.length);
    if (!in.startsWith(PNG)) {
      throw Refused.malformed("no PNG file");
    }
    in.skip(PNG.length);
    var kept = new ByteArrayOutputStream(bytes.length);
    kept.writeBytes(PNG);
    int[] size = pngHeader(bytes, in.at());
    int headers = 0;
    boolean ended = false;
    while (!ended) {
      int from = in.at();
      long length = in.u32();
      in.skip(4);
      String chunk = new String(bytes, from + 4, 4, US_ASCII);
      headers += chunk.equals("IHDR") ? 1 : 0;
      in.skip(length);
      in.skip(4); // checksum
      if (FOR_PIXELS.contains(chunk)) {
        kept.write(bytes, from, in.at() - from);
      }
      ended = chunk.equals("IEND");
    }
    if (headers != 1) {
      throw Refused.malformed("a PNG file with two headers");
    }
    return new PictureFile("png", size[0], size[1], kept.toByteArray());
  }

  /** Width and height by the first chunk, which must be the header. */
  private static int[] pngHeader(byte[] bytes, int at) throws Refused {
    Cursor in = new Cursor(bytes, at, bytes.length);
    if (in.u32() != 13 || !in.startsWith(PNG_HEADER)) {
      throw Refused.malformed("header of the PNG file");
    }
    in.skip(PNG_HEADER.length);
    long width = in.u32();
    long height = in.u32();
    int depth = in.u8();
    if (depth > 8) {
      throw new Refused(new Unsupported(depth + " bits a sample"));
    }
    return size(width, height);
  }

  private static PictureFile readBmp(byte[] bytes) throws Refused {
    if (bytes.length < 14 + PLAIN_BMP_HEADER) {
      throw Refused.malformed("ends early");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long pixelsAt = Integer.toUnsignedLong(in.getInt(10));
    // Longer headers may name other files as colour profiles.
    if (in.getInt(14) != PLAIN_BMP_HEADER) {
      throw new Refused(new Unsupported("a BMP header that is not plain"));
    }
    int[] size = size(in.getInt(18), Math.abs((long) in.getInt(22)));
    int bits = in.getShort(28);
    if ((bits != 8 && bits != 24) || in.getInt(30) != 0) {
      throw new Refused(new Unsupported("a BMP file that is not plain"));
    }
    int colours = in.getInt(46);
    if (colours < 0 || colours > 256) {
      throw Refused.malformed("number of colours");
    }
    long rowBytes = (size[0] * (long) bits + 31) / 32 * 4;
    if (pixelsAt < 14 + PLAIN_BMP_HEADER || pixelsAt + rowBytes * size[1] > bytes.length) {
      throw Refused.malformed("ends early");
    }
    return new PictureFile("bmp", size[0], size[1], bytes);
  }

  /** How many pixels there may be is up to the caller, which knows the resolution. */
  private static int[] size(long width, long height) throws Refused {
    if (width < 1 || height < 1) {
      throw Refused.malformed("an image without pixels");
    }
    if (Math.max(width, height) > FingerImage.MOST_STORED_PIXELS) {
      throw new Refused(new TooLarge(width + " by " + height + " pixels"));
    }
    return new int[] {(int) width, (int) height};
  }

  /** Row by row from the upper left, 0 black to 255 white; what is transparent is not looked at. */
  byte[] decode() throws Refused {
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(stream, true, true);
      if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
        throw Refused.malformed("an image of another size than told");
      }
      return grey(reader.read(0));
    } catch (IOException | RuntimeException e) {
      throw Refused.malformed("broken pixels");
    } finally {
      reader.dispose();
    }
  }

  private byte[] grey(BufferedImage image) {
    byte[] grey = new byte[width * height];
    Raster raster = image.getRaster();
    // The JDK takes grey samples for linear light and brightens them when asked for RGB.
    boolean samples =
        raster.getNumBands() < 3 && !(image.getColorModel() instanceof IndexColorModel);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      if (samples) {
        raster.getSamples(0, y, width, 1, 0, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int rgb = row[x];
        int value = samples ? rgb : (((rgb >> 16) & 255) + ((rgb >> 8) & 255) + (rgb & 255)) / 3;
        grey[y * width + x] = (byte) value;
      }
    }
    return grey;
  }
}

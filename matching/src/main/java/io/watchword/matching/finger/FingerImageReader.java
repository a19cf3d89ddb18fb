package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.matching.finger.FingerRecord.SeveralViews;
import io.watchword.matching.finger.FingerRecord.TooLarge;
import io.watchword.matching.finger.FingerRecord.Unsupported;
import java.util.Arrays;

/**
 * Reads finger images of ISO/IEC 19794-4:2005 (version {@code "010"}) and :2011 (version {@code
 * "020"}) as far as their pixels are uncompressed, eight bits each, or a PNG file; and bare PNG and
 * BMP files. WSQ, JPEG and JPEG 2000 are {@link Unsupported}. What follows the pixels (segments,
 * annotations, comments) is skipped as a block.
 */
final class FingerImageReader {

  private static final byte[] FORMAT = "FIR\0".getBytes(US_ASCII);
  private static final byte[] FORMAT_2005 = "FIR\000010\0".getBytes(US_ASCII);
  private static final byte[] FORMAT_2011 = "FIR\000020\0".getBytes(US_ASCII);
  private static final int PNG_2005 = 5;
  private static final int PNG_2011 = 6;
  private static final double CENTIMETRES_AN_INCH = 2.54;
  private static final int LEAST_DPI = 250;
  private static final int MOST_DPI = 2000;

  private FingerImageReader() {}

  static FingerImage read(byte[] bytes) throws Refused {
    if (bytes.length > FingerImage.MOST_BYTES) {
      throw new Refused(new TooLarge(bytes.length + " bytes"));
    }
    Cursor in = new Cursor(bytes, 0, bytes.length);
    if (in.startsWith(FORMAT_2005)) {
      in.skip(FORMAT_2005.length);
      return edition2005(in, bytes);
    }
    if (in.startsWith(FORMAT_2011)) {
      in.skip(FORMAT_2011.length);
      return edition2011(in, bytes);
    }
    if (in.startsWith(FORMAT)) {
      throw new Refused(new Unsupported("a version other than 2005 and 2011"));
    }
    PictureFile file = PictureFile.read(bytes);
    var header = new Header(FingerPosition.UNKNOWN, file.width(), file.height());
    return header.image(FingerImage.USUAL_DPI, file::decode);
  }

  private static FingerImage edition2005(Cursor in, byte[] bytes) throws Refused {
    long high = in.u16();
    if (((high << 32) | in.u32()) != bytes.length) {
      throw Refused.malformed("length of the record");
    }
    in.skip(2 + 2); // device, image acquisition level
    int positions = in.u8();
    Scale scale = Scale.read(in);
    int depth = in.u8();
    int compression = in.u8();
    in.skip(2); // reserved
    one(positions);
    int left = in.left();
    if (in.u32() != left) {
      throw Refused.malformed("length of the view");
    }
    int position = in.u8();
    one(in.u8());
    in.skip(1 + 1 + 1); // number of the view, quality, how the finger was put down
    Header header = Header.read(position, in);
    in.skip(1); // reserved
    var content = new Content(depth, compression, compression == PNG_2005);
    return content.image(header, scale, bytes, in.at(), bytes.length);
  }

  private static FingerImage edition2011(Cursor in, byte[] bytes) throws Refused {
    if (in.u32() != bytes.length) {
      throw Refused.malformed("length of the record");
    }
    int views = in.u16();
    int certified = in.u8();
    in.skip(1); // number of positions
    if (certified > 1) {
      throw Refused.malformed("certification flag");
    }
    one(views);
    int left = in.left();
    if (in.u32() != left) {
      throw Refused.malformed("length of the view");
    }
    in.skip(9 + 1 + 2 + 2); // time, technology, maker and type of the device
    in.skip(5L * in.u8()); // qualities
    if (certified == 1) {
      in.skip(3L * in.u8()); // certificates
    }
    int position = in.u8();
    in.skip(1); // number of the view
    Scale scale = Scale.read(in);
    int depth = in.u8();
    int compression = in.u8();
    in.skip(1); // how the finger was put down
    Header header = Header.read(position, in);
    long length = in.u32();
    int from = in.at();
    in.skip(length);
    var content = new Content(depth, compression, compression == PNG_2011);
    return content.image(header, scale, bytes, from, in.at());
  }

  private static void one(int views) throws Refused {
    if (views > 1) {
      throw new Refused(new SeveralViews(views));
    }
    if (views == 0) {
      throw Refused.malformed("no view");
    }
  }

  /** How many pixels an inch has; the same in both directions. */
  private record Scale(double dpi) {
    static Scale read(Cursor in) throws Refused {
      int unit = in.u8();
      in.skip(2 + 2); // resolution of the scan
      int x = in.u16();
      int y = in.u16();
      if (unit != 1 && unit != 2) {
        throw Refused.malformed("unit of the resolution");
      }
      if (x != y) {
        throw new Refused(new Unsupported("pixels that are not square"));
      }
      double dpi = unit == 1 ? x : x * CENTIMETRES_AN_INCH;
      if (dpi < LEAST_DPI - CENTIMETRES_AN_INCH || dpi > MOST_DPI + CENTIMETRES_AN_INCH) {
        throw Refused.malformed("resolution");
      }
      return new Scale(dpi);
    }
  }

  /** Whose finger, and how large. */
  private record Header(FingerPosition position, int width, int height) {
    static Header read(int position, Cursor in) throws Refused {
      FingerPosition finger =
          FingerPosition.ofCode(position).orElseThrow(() -> Refused.malformed("finger position"));
      return new Header(finger, in.u16(), in.u16());
    }

    FingerImage image(double dpi, FingerImage.Pixels pixels) throws Refused {
      if (Math.min(width, height) < FingerImage.SHORTEST_SIDE) {
        throw Refused.malformed(width + " by " + height + " pixels");
      }
      double scale = FingerImage.USUAL_DPI / dpi;
      double scaled = (double) width * height * scale * scale;
      if ((long) width * height > FingerImage.MOST_STORED_PIXELS
          || scaled > FingerImage.MOST_PIXELS) {
        throw new Refused(new TooLarge(width + " by " + height + " pixels"));
      }
      return new FingerImage(position, width, height, dpi, pixels);
    }
  }

  /** How the pixels are written. */
  private record Content(int depth, int compression, boolean png) {
    FingerImage image(Header header, Scale scale, byte[] bytes, int from, int to) throws Refused {
      if (depth != 8) {
        throw new Refused(new Unsupported(depth + " bits a pixel"));
      }
      if (compression == 0) {
        if (to - from != (long) header.width * header.height) {
          throw Refused.malformed("number of pixels");
        }
        return header.image(scale.dpi, () -> Arrays.copyOfRange(bytes, from, to));
      }
      if (!png) {
        throw new Refused(new Unsupported("compression " + compression));
      }
      PictureFile file = PictureFile.readPng(Arrays.copyOfRange(bytes, from, to));
      if (file.width() != header.width || file.height() != header.height) {
        throw Refused.malformed("an image of another size than told");
      }
      return header.image(scale.dpi, file::decode);
    }
  }
}

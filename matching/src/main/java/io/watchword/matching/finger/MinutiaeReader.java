package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.matching.finger.FingerRecord.SeveralViews;
import io.watchword.matching.finger.FingerRecord.TooLarge;
import io.watchword.matching.finger.FingerRecord.Unsupported;
import io.watchword.matching.finger.MinutiaeTemplate.Kind;
import io.watchword.matching.finger.MinutiaeTemplate.Minutia;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads minutiae templates of ISO/IEC 19794-2:2005 (version {@code " 20"}) and :2011 (version
 * {@code "030"}), record format. The card formats and other versions are not read.
 *
 * <p>Stricter than most readers: every length must be the true one, a minutia must lie in the
 * image, and a number that the standard reserves is refused. What stands in the extended data
 * (ridge counts, cores, deltas, vendors' own) is skipped as a block: makers disagree on whether its
 * inner lengths include their headers, and nothing compares it.
 */
final class MinutiaeReader {

  static final byte[] FORMAT_2005 = "FMR\0 20\0".getBytes(US_ASCII);
  static final byte[] FORMAT_2011 = "FMR\000030\0".getBytes(US_ASCII);
  private static final byte[] FORMAT = "FMR\0".getBytes(US_ASCII);

  /** Pixels a centimetre: 250 to 2,000 dpi. */
  private static final int LEAST_RESOLUTION = 98;

  private static final int MOST_RESOLUTION = 788;
  private static final int HIGHEST_QUALITY = 100;
  private static final int QUALITY_NOT_TOLD = 254;

  private MinutiaeReader() {}

  /** Whether the bytes claim to be such a template of any version. */
  static boolean announcedBy(byte[] bytes) {
    return new Cursor(bytes, 0, bytes.length).startsWith(FORMAT);
  }

  static MinutiaeTemplate read(byte[] bytes) throws Refused {
    if (bytes.length > MinutiaeTemplate.MOST_BYTES) {
      throw new Refused(new TooLarge(bytes.length + " bytes"));
    }
    Cursor in = new Cursor(bytes, 0, bytes.length);
    if (bytes.length < FORMAT_2005.length) {
      throw Refused.malformed("ends early");
    }
    if (in.startsWith(FORMAT_2005)) {
      in.skip(FORMAT_2005.length);
      return edition2005(in, bytes.length);
    }
    if (in.startsWith(FORMAT_2011)) {
      in.skip(FORMAT_2011.length);
      return edition2011(in, bytes.length);
    }
    throw new Refused(new Unsupported("a version other than 2005 and 2011"));
  }

  private static MinutiaeTemplate edition2005(Cursor in, int length) throws Refused {
    total(in, length);
    in.skip(2); // device
    int width = in.u16();
    int height = in.u16();
    int resolutionX = in.u16();
    int resolutionY = in.u16();
    int views = in.u8();
    in.skip(1); // reserved
    one(views);
    int position = in.u8();
    in.skip(1); // number of the view, and how the finger was put down
    if (in.u8() > HIGHEST_QUALITY) {
      throw Refused.malformed("quality");
    }
    return view(in, position, new Frame(width, height, resolutionX, resolutionY), false, 6);
  }

  private static MinutiaeTemplate edition2011(Cursor in, int length) throws Refused {
    total(in, length);
    int views = in.u16();
    int certified = in.u8();
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
    int resolutionX = in.u16();
    int resolutionY = in.u16();
    in.skip(1); // how the finger was put down
    int width = in.u16();
    int height = in.u16();
    int form = in.u8();
    int minutiaBytes = form >> 4;
    if ((minutiaBytes != 5 && minutiaBytes != 6) || (form & 0xF) > 1) {
      throw Refused.malformed("form of the minutiae");
    }
    var frame = new Frame(width, height, resolutionX, resolutionY);
    return view(in, position, frame, true, minutiaBytes);
  }

  /** The picture in which minutiae lie. */
  private record Frame(int width, int height, int resolutionX, int resolutionY) {
    void check() throws Refused {
      if (width == 0 || height == 0) {
        throw Refused.malformed("an image without pixels");
      }
      if (Math.min(resolutionX, resolutionY) < LEAST_RESOLUTION
          || Math.max(resolutionX, resolutionY) > MOST_RESOLUTION) {
        throw Refused.malformed("resolution");
      }
    }
  }

  private static void total(Cursor in, int length) throws Refused {
    if (in.u32() != length) {
      throw Refused.malformed("length of the record");
    }
  }

  private static void one(int views) throws Refused {
    if (views > 1) {
      throw new Refused(new SeveralViews(views));
    }
    if (views == 0) {
      throw Refused.malformed("no view");
    }
  }

  /** From the number of minutiae to the end of the record. */
  private static MinutiaeTemplate view(
      Cursor in, int position, Frame frame, boolean untold, int minutiaBytes) throws Refused {
    frame.check();
    FingerPosition finger =
        FingerPosition.ofCode(position).orElseThrow(() -> Refused.malformed("finger position"));
    int count = in.u8();
    if (count > MinutiaeTemplate.MOST_MINUTIAE) {
      throw new Refused(new TooLarge(count + " minutiae"));
    }
    List<Minutia> minutiae = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      minutiae.add(minutia(in, frame));
      if (minutiaBytes == 6) {
        int quality = in.u8();
        if (quality > HIGHEST_QUALITY && !(untold && quality >= QUALITY_NOT_TOLD)) {
          throw Refused.malformed("quality of a minutia");
        }
      }
    }
    int extended = in.u16();
    if (extended != in.left()) {
      throw Refused.malformed("length of the extended data");
    }
    return new MinutiaeTemplate(
        finger, frame.width, frame.height, frame.resolutionX, frame.resolutionY, minutiae);
  }

  private static Minutia minutia(Cursor in, Frame frame) throws Refused {
    int kindAndX = in.u16();
    int y = in.u16();
    Kind kind =
        switch (kindAndX >> 14) {
          case 0 -> Kind.OTHER;
          case 1 -> Kind.ENDING;
          case 2 -> Kind.BIFURCATION;
          default -> throw Refused.malformed("kind of a minutia");
        };
    int x = kindAndX & 0x3FFF;
    // Two bits above y are reserved, as zero: set, they put the minutia below the image.
    if (x >= frame.width || y >= Math.min(frame.height, 0x4000)) {
      throw Refused.malformed("a minutia outside the image");
    }
    return new Minutia(kind, x, y, in.u8());
  }
}

package io.watchword.server.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.FingerTemplates;
import io.watchword.matching.finger.MinutiaeTemplate;
import io.watchword.matching.finger.SourceAfisMatcher;
import io.watchword.testkit.prints.Crowd;
import io.watchword.testkit.prints.GreyImage;
import io.watchword.testkit.prints.MinutiaeExtractor;
import io.watchword.testkit.prints.MinutiaeExtractor.Minutia;
import io.watchword.testkit.prints.MinutiaeRecord;
import io.watchword.testkit.prints.PhaseSpirals;
import io.watchword.testkit.prints.SyntheticFinger;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Records of fingers (contract identity-v1 8.3). Whatever the bytes: no finger but the one on file
 * matches it, only a format that is not read here is a technical fault, and what would be kept of
 * the record can be read.
 */
public final class FingerTarget {

  private static final long ON_FILE = 41;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final SourceAfisMatcher MATCHER =
      new SourceAfisMatcher(SourceAfisMatcher.DEFAULT_THRESHOLD, 1, PATIENCE);
  private static final List<Sample> STORED =
      List.of(new Sample("Left IndexFinger", finger(ON_FILE).template(0, 7)));

  private FingerTarget() {}

  /** Called once. */
  public static void fuzzerInitialize() {
    FingerRecord.read(STORED.getFirst().record());
  }

  /** Called for each input. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    check(bytes);
    byte[] mended = mended(bytes);
    if (!Arrays.equals(mended, bytes)) {
      check(mended);
    }
  }

  /** With the lengths that it has; else nothing that grows or shrinks would ever be looked at. */
  private static byte[] mended(byte[] bytes) {
    ByteBuffer mended = ByteBuffer.wrap(bytes.clone());
    if (bytes.length < 40) {
      return bytes;
    }
    switch (new String(bytes, 0, 7, US_ASCII)) {
      case "FMR\0 20" -> mended.putInt(8, bytes.length);
      case "FMR\000030" -> mended.putInt(8, bytes.length).putInt(15, bytes.length - 15);
      case "FIR\000010" ->
          mended.putShort(8, (short) 0).putInt(10, bytes.length).putInt(32, bytes.length - 32);
      case "FIR\000020" -> mended.putInt(8, bytes.length).putInt(16, bytes.length - 16);
      default -> {}
    }
    return mended.array();
  }

  private static void check(byte[] bytes) {
    Cost.bound(() -> {
      FingerRecord record = FingerRecord.read(bytes);
      if (record instanceof FingerRecord.Usable usable) {
        FingerTemplates.of(usable).ifPresent(FingerTarget::isReadAgain);
      }
    });
    Cost.bound(() -> isDifferent(bytes));
  }

  private static void isReadAgain(byte[] kept) {
    if (!(FingerRecord.read(kept) instanceof MinutiaeTemplate template)
        || !Arrays.equals(FingerTemplates.of(template).orElseThrow(), kept)) {
      throw new AssertionError("what is kept is no template");
    }
  }

  private static void isDifferent(byte[] bytes) {
    boolean foreign = FingerRecord.read(bytes) instanceof FingerRecord.Unsupported;
    List<Sample> presented = List.of(new Sample(Sample.UNKNOWN, bytes));
    switch (MATCHER.compare(Modality.FINGER, presented, STORED)) {
      case Result.Matched _ -> throw new AssertionError("another finger matches");
      case Result.Different _ -> {
        if (foreign) {
          throw new AssertionError("a format that was not read counts as another finger");
        }
      }
      case Result.TechnicalFault(String reason) -> {
        if (!foreign) {
          throw new AssertionError("a capture causes a technical fault: " + reason);
        }
      }
    }
  }

  private static SyntheticFinger finger(long seed) {
    return new SyntheticFinger(new PhaseSpirals(), seed);
  }

  /** Other fingers in each format that is read, and in one that is not. */
  static List<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    SyntheticFinger finger = finger(ON_FILE + 1);
    seeds.add(finger.template(0, 7));
    seeds.add(Crowd.templates(2).getFirst());
    // Small ones, of which more are looked at in a second.
    GreyImage whole = finger.image(0);
    List<Minutia> few = MinutiaeExtractor.of(whole).subList(0, 4);
    seeds.add(MinutiaeRecord.edition2005(7, whole.width(), whole.height(), few));
    seeds.add(MinutiaeRecord.edition2011(7, whole.width(), whole.height(), few));
    GreyImage image = middle(whole, 72, 80);
    byte[] png = file(image, BufferedImage.TYPE_BYTE_GRAY, "png");
    seeds.add(png);
    seeds.add(file(image, BufferedImage.TYPE_3BYTE_BGR, "png"));
    seeds.add(file(image, BufferedImage.TYPE_BYTE_BINARY, "png"));
    seeds.add(file(image, BufferedImage.TYPE_BYTE_INDEXED, "png"));
    seeds.add(file(image, BufferedImage.TYPE_BYTE_GRAY, "bmp"));
    seeds.add(file(middle(whole, 64, 64), BufferedImage.TYPE_3BYTE_BGR, "bmp"));
    seeds.add(edition2005(image, 0, image.pixels()));
    seeds.add(edition2005(image, 5, png));
    seeds.add(edition2005(image, 2, "WSQ".getBytes(US_ASCII)));
    seeds.add(edition2011(image, 0, image.pixels()));
    seeds.add(edition2011(image, 6, png));
    return seeds;
  }

  private static GreyImage middle(GreyImage whole, int width, int height) {
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      int from = (y + (whole.height() - height) / 2) * whole.width() + (whole.width() - width) / 2;
      System.arraycopy(whole.pixels(), from, pixels, y * width, width);
    }
    return new GreyImage(width, height, pixels);
  }

  private static byte[] file(GreyImage image, int type, String format) throws IOException {
    var picture = new BufferedImage(image.width(), image.height(), type);
    for (int i = 0; i < image.pixels().length; i++) {
      int grey = Byte.toUnsignedInt(image.pixels()[i]);
      picture.setRGB(i % image.width(), i / image.width(), grey << 16 | grey << 8 | grey);
    }
    var out = new ByteArrayOutputStream();
    if (!ImageIO.write(picture, format, out)) {
      throw new IllegalStateException("no writer of " + format);
    }
    return out.toByteArray();
  }

  /** ISO/IEC 19794-4:2005. */
  private static byte[] edition2005(GreyImage image, int compression, byte[] content) {
    int view = 14 + content.length;
    ByteBuffer out = ByteBuffer.allocate(32 + view);
    out.put("FIR\000010\0".getBytes(US_ASCII)).putShort((short) 0).putInt(32 + view);
    out.putShort((short) 0).putShort((short) 31).put((byte) 1).put((byte) 1);
    resolution(out, 500).put((byte) 8).put((byte) compression).putShort((short) 0);
    out.putInt(view).put(new byte[] {7, 1, 1, 90, 0});
    out.putShort((short) image.width()).putShort((short) image.height()).put((byte) 0);
    return out.put(content).array();
  }

  /** ISO/IEC 19794-4:2011. */
  private static byte[] edition2011(GreyImage image, int compression, byte[] content) {
    int view = 41 + content.length;
    ByteBuffer out = ByteBuffer.allocate(16 + view);
    out.put("FIR\000020\0".getBytes(US_ASCII)).putInt(16 + view);
    out.putShort((short) 1).put(new byte[] {0, 1}).putInt(view);
    out.put(new byte[15]).put(new byte[] {7, 0, 2});
    resolution(out, 197).put((byte) 8).put((byte) compression).put((byte) 0);
    out.putShort((short) image.width()).putShort((short) image.height());
    return out.putInt(content.length).put(content).array();
  }

  private static ByteBuffer resolution(ByteBuffer out, int pixels) {
    for (int i = 0; i < 4; i++) {
      out.putShort((short) pixels);
    }
    return out;
  }
}

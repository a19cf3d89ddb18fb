package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.matching.finger.FingerRecord.NotTheFormat;
import io.watchword.matching.finger.FingerRecord.SeveralViews;
import io.watchword.matching.finger.FingerRecord.TooLarge;
import io.watchword.matching.finger.FingerRecord.Unsupported;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FingerImageReaderTest {

  private static final int WIDTH = 80;
  private static final int HEIGHT = 100;
  private static final byte[] PIXELS = pixels();

  @Test
  void everyCutOfAnImageIsRefused() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    byte[] bmp = file("bmp", BufferedImage.TYPE_BYTE_GRAY);
    for (byte[] whole :
        List.of(
            png,
            bmp,
            Records.image2005(WIDTH, HEIGHT, 0, PIXELS),
            Records.image2005(WIDTH, HEIGHT, 5, png),
            Records.image2011(WIDTH, HEIGHT, 0, PIXELS),
            Records.image2011(WIDTH, HEIGHT, 6, png))) {
      for (int length = 0; length < whole.length; length++) {
        FingerRecord cut = FingerRecord.read(Arrays.copyOf(whole, length));
        assertThat(cut).as("first %d bytes", length).isInstanceOf(FingerRecord.Unreadable.class);
      }
    }
  }

  @Test
  void imagesWithoutPixelsAreRefused() throws Exception {
    assertThat(FingerRecord.read(Records.image2005(0, 0, 0, new byte[0])))
        .isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(Records.image2011(0, HEIGHT, 0, new byte[0])))
        .isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(sized(file("png", BufferedImage.TYPE_BYTE_GRAY), 0, 0)))
        .isInstanceOf(NotTheFormat.class);
  }

  @Test
  void aSmallFileThatAnnouncesHugePixelsIsRefusedWithoutMemoryForThem() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    List<byte[]> hostile =
        List.of(
            sized(png, 60_000, 60_000),
            sized(png, 0xFFFFFFFFL, 0xFFFFFFFFL),
            Records.image2005(65_535, 65_535, 5, sized(png, 65_535, 65_535)),
            Records.image2011(40_000, 2_500, 6, sized(png, 40_000, 2_500)),
            bmpSized(Integer.MAX_VALUE, Integer.MAX_VALUE),
            bmpSized(10_000, Integer.MIN_VALUE));
    var memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    FingerRecord.read(hostile.get(0));
    long before = memory.getCurrentThreadAllocatedBytes();
    for (byte[] each : hostile) {
      assertThat(FingerRecord.read(each)).isInstanceOf(TooLarge.class);
    }
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
  }

  @Test
  void aHundredMegabytesAreRefusedAsTheyAre() {
    byte[] huge = Arrays.copyOf(Records.image2005(WIDTH, HEIGHT, 0, PIXELS), 100_000_000);
    assertThat(FingerRecord.read(huge)).isEqualTo(new TooLarge("100000000 bytes"));
  }

  @Test
  void textThatUnpacksToGigabytesNeverReachesTheDecoder() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    var bomb = new ByteArrayOutputStream();
    bomb.writeBytes("Comment\0\0".getBytes(US_ASCII));
    try (var deflater = new DeflaterOutputStream(bomb)) {
      for (int i = 0; i < 500; i++) {
        deflater.write(new byte[1_000_000]);
      }
    }
    byte[] chunk =
        new Records.Bytes().u32(bomb.size()).text("zTXt").bytes(bomb.toByteArray()).u32(0).done();
    byte[] hostile =
        new Records.Bytes()
            .bytes(Arrays.copyOf(png, 33))
            .bytes(chunk)
            .bytes(Arrays.copyOfRange(png, 33, png.length))
            .done();
    assertThat(PictureFile.readPng(hostile).bytes()).isEqualTo(PictureFile.readPng(png).bytes());
    assertThat(((FingerImage) FingerRecord.read(hostile)).pixels()).isEqualTo(PIXELS);
  }

  @Test
  void moreThanOneFingerIsToldApart() {
    byte[] fingers = Records.image2005(WIDTH, HEIGHT, 0, PIXELS);
    fingers[18] = 2;
    assertThat(FingerRecord.read(fingers)).isEqualTo(new SeveralViews(2));
    byte[] views = Records.image2005(WIDTH, HEIGHT, 0, PIXELS);
    views[37] = 3;
    assertThat(FingerRecord.read(views)).isEqualTo(new SeveralViews(3));
    byte[] later = Records.image2011(WIDTH, HEIGHT, 0, PIXELS);
    later[12] = 1;
    assertThat(FingerRecord.read(later)).isEqualTo(new SeveralViews(257));
    byte[] slap = Records.image2011(WIDTH, HEIGHT, 0, PIXELS);
    slap[35] = 13;
    assertThat(FingerRecord.read(slap)).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void otherCompressionsAreUnsupported() {
    for (int compression : new int[] {1, 2, 3, 4, 6, 255}) {
      assertThat(FingerRecord.read(Records.image2005(WIDTH, HEIGHT, compression, PIXELS)))
          .isInstanceOf(Unsupported.class);
    }
    for (int compression : new int[] {1, 2, 3, 4, 5, 255}) {
      assertThat(FingerRecord.read(Records.image2011(WIDTH, HEIGHT, compression, PIXELS)))
          .isInstanceOf(Unsupported.class);
    }
    byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16};
    assertThat(FingerRecord.read(jpeg)).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void anImageOfAnotherSizeThanItsRecordTellsIsRefused() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    assertThat(FingerRecord.read(Records.image2005(WIDTH + 1, HEIGHT, 5, png)))
        .isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(Records.image2011(WIDTH, HEIGHT + 1, 0, PIXELS)))
        .isInstanceOf(NotTheFormat.class);
  }

  @Test
  void lowResolutionDoesNotSmuggleALargeImageIn() {
    // 250 dpi: scaled up to four times the pixels.
    int side = 500;
    byte[] record = Records.image2005(side, side, 0, new byte[side * side]);
    assertThat(FingerRecord.read(record)).isInstanceOf(FingerImage.class);
    record[24] = 0;
    record[25] = (byte) 250;
    record[26] = 0;
    record[27] = (byte) 250;
    assertThat(FingerRecord.read(record)).isInstanceOf(TooLarge.class);
  }

  @Test
  void pixelsAreReadAsTheyAre() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    for (byte[] record :
        List.of(
            png,
            file("png", BufferedImage.TYPE_INT_RGB),
            file("bmp", BufferedImage.TYPE_INT_RGB),
            file("bmp", BufferedImage.TYPE_BYTE_GRAY),
            Records.image2005(WIDTH, HEIGHT, 0, PIXELS),
            Records.image2005(WIDTH, HEIGHT, 5, png),
            Records.image2011(WIDTH, HEIGHT, 0, PIXELS),
            Records.image2011(WIDTH, HEIGHT, 6, png))) {
      FingerImage image = (FingerImage) FingerRecord.read(record);
      assertThat(image.width()).isEqualTo(WIDTH);
      assertThat(image.height()).isEqualTo(HEIGHT);
      assertThat(image.dpi()).isBetween(499.0, 501.0);
      assertThat(image.pixels()).isEqualTo(PIXELS);
    }
    assertThat(
            ((FingerImage) FingerRecord.read(Records.image2005(WIDTH, HEIGHT, 0, PIXELS)))
                .position())
        .isEqualTo(FingerPosition.RIGHT_INDEX);
    assertThat(
            ((FingerImage) FingerRecord.read(Records.image2011(WIDTH, HEIGHT, 6, png))).position())
        .isEqualTo(FingerPosition.LEFT_INDEX);
  }

  @Test
  void brokenPixelsAreARefusalAndNoException() throws Exception {
    byte[] png = file("png", BufferedImage.TYPE_BYTE_GRAY);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = png.clone();
      for (int change = 0; change < 3; change++) {
        broken[33 + random.nextInt(png.length - 33)] = (byte) random.nextInt();
      }
      if (FingerRecord.read(broken) instanceof FingerImage image) {
        try {
          assertThat(image.pixels()).hasSize(WIDTH * HEIGHT);
        } catch (Refused e) {
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[WIDTH * HEIGHT];
    new Random(4).nextBytes(pixels);
    return pixels;
  }

  private static byte[] file(String format, int type) throws IOException {
    var image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < PIXELS.length; i++) {
      int value = PIXELS[i] & 255;
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, value);
      } else {
        image.setRGB(i % WIDTH, i / WIDTH, value << 16 | value << 8 | value);
      }
    }
    var out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  /** The file with another size in its header. */
  private static byte[] sized(byte[] png, long width, long height) {
    return new Records.Bytes()
        .bytes(Arrays.copyOf(png, 16))
        .u32(width)
        .u32(height)
        .bytes(Arrays.copyOfRange(png, 24, png.length))
        .done();
  }

  private static byte[] bmpSized(int width, int height) throws IOException {
    byte[] bmp = file("bmp", BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4; i++) {
      bmp[18 + i] = (byte) (width >> 8 * i);
      bmp[22 + i] = (byte) (height >> 8 * i);
    }
    return bmp;
  }
}

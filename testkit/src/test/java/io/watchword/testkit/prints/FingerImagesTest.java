package io.watchword.testkit.prints;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.FingerTemplates;
import io.watchword.matching.finger.SourceAfisMatcher;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Images are compared with images and with templates that another extractor made. */
class FingerImagesTest {

  private static final int FINGERS = 4;
  private static final String THUMB = "Right Thumb";

  private final SourceAfisMatcher matcher =
      new SourceAfisMatcher(SourceAfisMatcher.DEFAULT_THRESHOLD, 1, Duration.ofMinutes(1));

  @Test
  void imagesMatchTheirFingerAndNoOther() {
    List<SyntheticFinger> fingers = new ArrayList<>();
    for (int seed = 0; seed < FINGERS; seed++) {
      PrintGenerator generator = seed % 2 == 0 ? new GaborGrowth() : new PhaseSpirals();
      fingers.add(new SyntheticFinger(generator, 300 + seed));
    }
    long nanos = 0;
    int matched = 0;
    int crossed = 0;
    for (int i = 0; i < FINGERS; i++) {
      byte[] captured = record(fingers.get(i).image(1));
      for (int j = 0; j < FINGERS; j++) {
        long start = System.nanoTime();
        Result images = compare(captured, png(fingers.get(j).image(0)));
        nanos += System.nanoTime() - start;
        if (i != j) {
          assertThat(images).isEqualTo(new Result.Different());
          continue;
        }
        matched += images.equals(new Result.Matched()) ? 1 : 0;
        Result template = compare(captured, fingers.get(j).template(0, 1));
        crossed += template.equals(new Result.Matched()) ? 1 : 0;
        byte[] another = fingers.get((j + 1) % FINGERS).template(0, 1);
        assertThat(compare(captured, another)).isEqualTo(new Result.Different());
      }
    }
    System.out.printf(
        Locale.ROOT,
        "fingers: %d of %d images match an image, %d a template; %.0f ms a pair of images%n",
        matched,
        FINGERS,
        crossed,
        nanos / 1e6 / FINGERS / FINGERS);
    assertThat(matched).isGreaterThanOrEqualTo(FINGERS - 1);
    assertThat(crossed).isGreaterThanOrEqualTo(FINGERS - 1);
  }

  /** The limit on ends and forks of ridges is for what no finger leaves. */
  @Test
  void theDirtiestFingersOnTheLargestPlatenAreRead() {
    int side = 800;
    for (int seed = 0; seed < FINGERS; seed++) {
      PrintGenerator generator = seed % 2 == 0 ? new GaborGrowth() : new PhaseSpirals();
      GreyImage dirty =
          new SyntheticFinger(generator, 300 + seed)
              .image(new Impression(0.1, 3, 3, 0.1, 4, 1, 1.5, seed));
      byte[] pixels = new byte[side * side];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (byte) dirty.at(i % side % dirty.width(), i / side % dirty.height());
      }
      byte[] image = png(new GreyImage(side, side, pixels));
      assertThat(FingerTemplates.of((FingerRecord.Usable) FingerRecord.read(image))).isPresent();
    }
  }

  private Result compare(byte[] presented, byte[] stored) {
    return matcher.compare(
        Modality.FINGER, List.of(new Sample(THUMB, presented)), List.of(new Sample(THUMB, stored)));
  }

  /** Uncompressed, by ISO/IEC 19794-4:2011. */
  private static byte[] record(GreyImage image) {
    int view = 4 + 14 + 1 + 2 + 9 + 7 + 4 + image.pixels().length;
    ByteBuffer out = ByteBuffer.allocate(16 + view);
    out.put("FIR\000020\0".getBytes(US_ASCII)).putInt(16 + view).putShort((short) 1);
    out.put((byte) 0).put((byte) 1).putInt(view).put(new byte[14]).put((byte) 0);
    out.put((byte) 1).put((byte) 0).put((byte) 1);
    for (int i = 0; i < 4; i++) {
      out.putShort((short) 500);
    }
    out.put((byte) 8).put((byte) 0).put((byte) 0);
    out.putShort((short) image.width()).putShort((short) image.height());
    return out.putInt(image.pixels().length).put(image.pixels()).array();
  }

  private static byte[] png(GreyImage image) {
    var picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    picture.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}

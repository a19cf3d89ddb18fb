package io.watchword.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FacePictureTest {

  @Test
  void anotherReaderReadsThePicture() throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(FacePicture.png("Asha Verma")));
    assertThat(image.getWidth()).isEqualTo(200);
    assertThat(image.getHeight()).isEqualTo(240);
    Set<Integer> colours = new HashSet<>();
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < image.getHeight(); y++) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).hasSizeBetween(6, 7);
  }

  @Test
  void aNameAlwaysHasTheSamePictureAndAnotherNameAnother() {
    assertThat(FacePicture.png("Asha Verma")).isEqualTo(FacePicture.png("Asha Verma"));
    assertThat(FacePicture.png("Asha Verma")).isNotEqualTo(FacePicture.png("Ravi Menon"));
  }

  @Test
  void everyPictureIsSmall() {
    for (int i = 0; i < 300; i++) {
      assertThat(FacePicture.png("name " + i)).hasSizeLessThan(8 * 1024);
    }
    assertThat(FacePicture.png("")).isNotEmpty();
  }
}

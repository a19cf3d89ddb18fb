package io.watchword.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.FingerPosition;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.MinutiaeTemplate;
import io.watchword.matching.finger.SourceAfisMatcher;
import io.watchword.server.people.PersonLine.Finger;
import io.watchword.testkit.prints.GreyImage;
import io.watchword.testkit.prints.Impression;
import io.watchword.testkit.prints.PhaseSpirals;
import io.watchword.testkit.prints.SyntheticFinger;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingersTest {

  private static final int LEFT_INDEX = 7;
  private static final SyntheticFinger FINGER = new SyntheticFinger(new PhaseSpirals(), 77);

  @TempDir Path folder;

  private List<Sample> samples(Finger... fingers) throws LineRefused {
    return new Fingers(true).samples(List.of(fingers), new SideFiles(folder));
  }

  private static String base64(byte[] record) {
    return Base64.getEncoder().encodeToString(record);
  }

  private static boolean matches(byte[] probe, List<Sample> stored) {
    return new SourceAfisMatcher(60, 1, Duration.ofSeconds(5))
            .compare(Modality.FINGER, List.of(new Sample(Sample.UNKNOWN, probe)), stored)
        instanceof Result.Matched;
  }

  @Test
  void aTemplateKeepsItsMinutiaeAndThePositionThatItNames() throws LineRefused {
    byte[] given = FINGER.template(0, LEFT_INDEX);
    List<Sample> samples = samples(new Finger(null, base64(given)));
    assertThat(samples).extracting(Sample::position).containsExactly("Left IndexFinger");
    var kept = (MinutiaeTemplate) FingerRecord.read(samples.getFirst().record());
    assertThat(kept.minutiae()).isEqualTo(((MinutiaeTemplate) FingerRecord.read(given)).minutiae());
    assertThat(kept.position()).isEqualTo(FingerPosition.LEFT_INDEX);
    assertThat(matches(FINGER.template(1, 0), samples)).isTrue();
  }

  @Test
  void ofAnImageATemplateIsKeptAndNotTheImage() throws IOException, LineRefused {
    GreyImage image = FINGER.image(Impression.IDEAL);
    var png = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    png.getRaster().setDataElements(0, 0, image.width(), image.height(), image.pixels());
    ImageIO.write(png, "png", folder.resolve("index.png").toFile());
    List<Sample> samples = samples(new Finger("Right Thumb", "index.png"));
    assertThat(samples).extracting(Sample::position).containsExactly("Right Thumb");
    assertThat(FingerRecord.read(samples.getFirst().record())).isInstanceOf(MinutiaeTemplate.class);
    assertThat(samples.getFirst().record().length).isLessThan(2_000);
    byte[] pixels = Files.readAllBytes(folder.resolve("index.png"));
    assertThat(matches(pixels, samples)).isTrue();
  }

  @Test
  void whatIsNoFingerIsRefusedWithoutQuotingIt() {
    String record = base64(FINGER.template(0, LEFT_INDEX));
    assertThatThrownBy(() -> samples(new Finger("Left Toe", record)))
        .hasMessageContaining("fingers[0]/position");
    assertThatThrownBy(() -> samples(new Finger("Right Thumb", record)))
        .hasMessageContaining("not the one that the record names");
    assertThatThrownBy(() -> samples(new Finger(null, null)))
        .hasMessage("fingers[0]/record is missing");
    assertThatThrownBy(() -> samples(new Finger(null, "SECRET!")))
        .hasMessageContaining("neither base64")
        .message()
        .doesNotContain("SECRET");
    assertThatThrownBy(() -> samples(new Finger(null, base64(new byte[40]))))
        .hasMessageContaining("cannot be used");
    assertThatThrownBy(() -> samples(new Finger(null, "../other.png")))
        .isInstanceOf(LineRefused.class);
    List<Finger> many = Collections.nCopies(41, new Finger(null, record));
    assertThatThrownBy(() -> new Fingers(true).samples(many, new SideFiles(folder)))
        .hasMessage("more than 40 fingers");
  }
}

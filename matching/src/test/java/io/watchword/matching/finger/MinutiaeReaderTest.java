package io.watchword.matching.finger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.machinezoo.sourceafis.FingerprintCompatibility;
import io.watchword.matching.finger.FingerRecord.NotTheFormat;
import io.watchword.matching.finger.FingerRecord.SeveralViews;
import io.watchword.matching.finger.FingerRecord.TooLarge;
import io.watchword.matching.finger.FingerRecord.Unsupported;
import io.watchword.matching.finger.MinutiaeTemplate.Kind;
import io.watchword.matching.finger.MinutiaeTemplate.Minutia;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinutiaeReaderTest {

  private static final List<Minutia> MINUTIAE = Records.minutiae(new Random(1), 40);
  private static final byte[] RECORD_2005 = Records.edition2005(7, MINUTIAE, 10);
  private static final byte[] RECORD_2011 = Records.edition2011(2, MINUTIAE, 10);

  @Test
  void everyCutOfARecordIsRefused() {
    for (byte[] whole : List.of(RECORD_2005, RECORD_2011)) {
      for (int length = 0; length < whole.length; length++) {
        assertThat(FingerRecord.read(Arrays.copyOf(whole, length)))
            .as("first %d bytes", length)
            .isInstanceOf(NotTheFormat.class);
      }
      assertThat(FingerRecord.read(Arrays.copyOf(whole, whole.length + 1)))
          .isInstanceOf(NotTheFormat.class);
    }
  }

  @Test
  void moreThanOneViewIsToldApartFromAForeignFormat() {
    assertThat(FingerRecord.read(with(RECORD_2005, 22, 2))).isEqualTo(new SeveralViews(2));
    assertThat(FingerRecord.read(with(RECORD_2005, 22, 255))).isEqualTo(new SeveralViews(255));
    assertThat(FingerRecord.read(with(RECORD_2011, 12, 1, 0))).isEqualTo(new SeveralViews(256));
    assertThat(FingerRecord.read("%PDF-1.7".getBytes(US_ASCII))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(new byte[0])).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void noViewIsNoTemplate() {
    assertThat(FingerRecord.read(with(RECORD_2005, 22, 0))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2011, 12, 0, 0))).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void lengthsThatLieAreRefused() {
    assertThat(FingerRecord.read(with(RECORD_2005, 8, 0x7F, 0xFF, 0xFF, 0xFF)))
        .isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 8, 0xFF, 0xFF, 0xFF, 0xFF)))
        .isInstanceOf(NotTheFormat.class);
    // One minutia more than there are: it would be read from the extended data.
    assertThat(FingerRecord.read(with(RECORD_2005, 27, 41))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 27, 200))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2011, 15, 0xFF, 0xFF, 0xFF, 0xFF)))
        .isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2011, 33, 255))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2011, 55, 41))).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void hugeRecordsAreRefusedByTheirSizeAlone() {
    byte[] huge = Arrays.copyOf(RECORD_2005, MinutiaeTemplate.MOST_BYTES + 1);
    assertThat(FingerRecord.read(huge)).isInstanceOf(TooLarge.class);
    byte[] foreign = new byte[FingerImage.MOST_BYTES + 1];
    assertThat(FingerRecord.read(foreign)).isInstanceOf(TooLarge.class);
  }

  @Test
  void moreMinutiaeThanAFingerShowsAreRefused() {
    int many = MinutiaeTemplate.MOST_MINUTIAE + 1;
    List<Minutia> minutiae = Records.minutiae(new Random(2), many);
    assertThat(FingerRecord.read(Records.edition2005(1, minutiae, 0)))
        .isEqualTo(new TooLarge(many + " minutiae"));
  }

  @Test
  void aMinutiaOutsideTheImageIsRefused() {
    for (Minutia outside :
        List.of(
            new Minutia(Kind.ENDING, Records.WIDTH, 0, 0),
            new Minutia(Kind.ENDING, 0, Records.HEIGHT, 0),
            new Minutia(Kind.ENDING, 0x3FFF, 0x3FFF, 0),
            new Minutia(Kind.ENDING, 0, 0x4000, 0))) {
      List<Minutia> minutiae = List.of(MINUTIAE.get(0), outside);
      assertThat(FingerRecord.read(Records.edition2005(1, minutiae, 0)))
          .isInstanceOf(NotTheFormat.class);
      assertThat(FingerRecord.read(Records.edition2011(1, minutiae, 0)))
          .isInstanceOf(NotTheFormat.class);
    }
    var corner = new Minutia(Kind.ENDING, Records.WIDTH - 1, Records.HEIGHT - 1, 255);
    assertThat(FingerRecord.read(Records.edition2005(1, List.of(corner), 0)))
        .isInstanceOf(MinutiaeTemplate.class);
  }

  @Test
  void reservedNumbersAreRefused() {
    assertThat(FingerRecord.read(with(RECORD_2005, 24, 11))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 26, 101))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 28, 0xC0))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 33, 101))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2011, 14, 2))).isInstanceOf(NotTheFormat.class);
  }

  @Test
  void imagesWithoutPixelsAndImpossibleResolutionsAreRefused() {
    assertThat(FingerRecord.read(with(RECORD_2005, 14, 0, 0))).isInstanceOf(NotTheFormat.class);
    assertThat(FingerRecord.read(with(RECORD_2005, 16, 0, 0))).isInstanceOf(NotTheFormat.class);
    for (int at : new int[] {18, 20}) {
      assertThat(FingerRecord.read(with(RECORD_2005, at, 0, 0))).isInstanceOf(NotTheFormat.class);
      assertThat(FingerRecord.read(with(RECORD_2005, at, 0xFF, 0xFF)))
          .isInstanceOf(NotTheFormat.class);
    }
  }

  @Test
  void anotherVersionIsUnsupported() {
    assertThat(FingerRecord.read(with(RECORD_2005, 5, '3'))).isInstanceOf(Unsupported.class);
  }

  @Test
  void whatTheRecordSaysIsRead() {
    assertThat(FingerRecord.read(RECORD_2005))
        .isEqualTo(expected(FingerPosition.LEFT_INDEX, MINUTIAE));
    assertThat(FingerRecord.read(RECORD_2011))
        .isEqualTo(expected(FingerPosition.RIGHT_INDEX, MINUTIAE));
    assertThat(FingerRecord.read(Records.edition2005(0, List.of(), 0)))
        .isEqualTo(expected(FingerPosition.UNKNOWN, List.of()));
    List<Minutia> most = Records.minutiae(new Random(2), MinutiaeTemplate.MOST_MINUTIAE);
    assertThat(FingerRecord.read(Records.edition2005(10, most, 0)))
        .isEqualTo(expected(FingerPosition.LEFT_LITTLE, most));
  }

  @Test
  void theLibraryFindsTheSameInTheOriginalAndInWhatItIsGiven() {
    for (byte[] original :
        List.of(Records.edition2005(7, MINUTIAE, 0), Records.edition2011(2, MINUTIAE, 0))) {
      byte[] given = ((MinutiaeTemplate) FingerRecord.read(original)).toRecord();
      assertThat(FingerprintCompatibility.importTemplate(given).toByteArray())
          .isEqualTo(FingerprintCompatibility.importTemplate(original).toByteArray());
    }
  }

  @Test
  void aTemplateIsNotPrinted() {
    assertThat(FingerRecord.read(RECORD_2005)).hasToString("MinutiaeTemplate[LEFT_INDEX]");
  }

  private static MinutiaeTemplate expected(FingerPosition position, List<Minutia> minutiae) {
    return new MinutiaeTemplate(
        position, Records.WIDTH, Records.HEIGHT, Records.RESOLUTION, Records.RESOLUTION, minutiae);
  }

  private static byte[] with(byte[] record, int at, int... values) {
    byte[] changed = record.clone();
    for (int i = 0; i < values.length; i++) {
      changed[at + i] = (byte) values[i];
    }
    return changed;
  }
}

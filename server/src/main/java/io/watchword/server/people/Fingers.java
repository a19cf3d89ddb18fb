package io.watchword.server.people;

import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.FingerPosition;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.FingerTemplates;
import io.watchword.matching.finger.MinutiaeTemplate;
import io.watchword.matching.finger.SourceAfisMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fingers of an import.
 *
 * @param templates whether minutiae templates go on file, also of fingers that come as images, so
 *     that no image of a finger is ever kept; else the records as they come, for a service that
 *     wants images
 */
record Fingers(boolean templates) {

  /** Most records of one person. */
  static final int MOST = SourceAfisMatcher.MOST_STORED;

  private static final List<String> ENDINGS =
      List.of(".fmr", ".fmt", ".fir", ".png", ".bmp", ".dat");

  /** Bytes of a file; in a line of its own a record also has to fit the line. */
  private static final int LARGEST = 4 * 1024 * 1024;

  List<Sample> samples(List<PersonLine.Finger> fingers, SideFiles files) throws LineRefused {
    if (fingers.size() > MOST) {
      throw new LineRefused("more than " + MOST + " fingers");
    }
    List<Sample> samples = new ArrayList<>();
    for (PersonLine.Finger finger : fingers) {
      String where = "fingers[" + samples.size() + "]";
      if (finger == null || finger.record() == null) {
        throw new LineRefused(where + "/record is missing");
      }
      byte[] record = files.bytes(where + "/record", finger.record(), ENDINGS, LARGEST);
      samples.add(sample(where, finger.position(), record));
    }
    return samples;
  }

  /**
   * What goes on file of a finger.
   *
   * @param where it stands, for reasons
   * @param position {@code null}: the one that the record names
   */
  Sample sample(String where, @Nullable String position, byte[] bytes) throws LineRefused {
    FingerRecord read = FingerRecord.read(bytes);
    FingerPosition named =
        read instanceof FingerRecord.Usable usable ? usable.position() : FingerPosition.UNKNOWN;
    FingerPosition told =
        FingerPosition.ofWord(Objects.requireNonNullElse(position, named.word()))
            .orElseThrow(
                () -> new LineRefused(where + "/position is none such as \"Left IndexFinger\""));
    if (told != FingerPosition.UNKNOWN && named != FingerPosition.UNKNOWN && told != named) {
      throw new LineRefused(where + "/position is not the one that the record names");
    }
    if (!templates && read instanceof FingerRecord.Unsupported) {
      return new Sample(told.word(), bytes);
    }
    if (!(read instanceof FingerRecord.Usable record)) {
      throw new LineRefused(
          where + "/record cannot be used: " + ((FingerRecord.Unreadable) read).detail());
    }
    byte[] kept =
        templates
            ? FingerTemplates.of(record)
                .orElseThrow(() -> new LineRefused(where + "/record shows no finger"))
            : bytes;
    return new Sample(told.word(), kept);
  }

  /** Whether a record on file is a template, not an image. */
  static boolean isTemplate(byte[] record) {
    return FingerRecord.read(record) instanceof MinutiaeTemplate;
  }
}

package io.watchword.server.people;

import io.watchword.core.individual.Sample;
import io.watchword.matching.finger.FingerPosition;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.FingerTemplates;
import io.watchword.matching.finger.SourceAfisMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Fingers of an import. What goes on file are minutiae templates, also of fingers that come as
 * images: no image of a finger is ever kept.
 */
final class Fingers {

  private static final List<String> ENDINGS =
      List.of(".fmr", ".fmt", ".fir", ".png", ".bmp", ".dat");

  /** Bytes of a file; in a line of its own a record also has to fit the line. */
  private static final int LARGEST = 4 * 1024 * 1024;

  private Fingers() {}

  static List<Sample> samples(List<PersonLine.Finger> fingers, SideFiles files) throws LineRefused {
    if (fingers.size() > SourceAfisMatcher.MOST_STORED) {
      throw new LineRefused("more than " + SourceAfisMatcher.MOST_STORED + " fingers");
    }
    List<Sample> samples = new ArrayList<>();
    for (PersonLine.Finger finger : fingers) {
      samples.add(sample("fingers[" + samples.size() + "]", finger, files));
    }
    return samples;
  }

  private static Sample sample(
      String where, PersonLine.@org.jspecify.annotations.Nullable Finger finger, SideFiles files)
      throws LineRefused {
    if (finger == null || finger.record() == null) {
      throw new LineRefused(where + "/record is missing");
    }
    byte[] bytes = files.bytes(where + "/record", finger.record(), ENDINGS, LARGEST);
    FingerRecord.Usable record =
        switch (FingerRecord.read(bytes)) {
          case FingerRecord.Usable usable -> usable;
          case FingerRecord.Unreadable not ->
              throw new LineRefused(where + "/record cannot be used: " + not.detail());
        };
    String word = Objects.requireNonNullElse(finger.position(), record.position().word());
    FingerPosition position =
        FingerPosition.ofWord(word)
            .orElseThrow(
                () -> new LineRefused(where + "/position is none such as \"Left IndexFinger\""));
    if (position != FingerPosition.UNKNOWN
        && record.position() != FingerPosition.UNKNOWN
        && position != record.position()) {
      throw new LineRefused(where + "/position is not the one that the record names");
    }
    return new Sample(
        position.word(),
        FingerTemplates.of(record)
            .orElseThrow(() -> new LineRefused(where + "/record shows no finger")));
  }
}

package io.watchword.server.people;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.wire.cbeff.BdbInfo;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.CbeffException;
import io.watchword.wire.cbeff.CbeffReader;
import io.watchword.wire.cbeff.CbeffWriter;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.RegistryId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People's biometrics as CBEFF XML (contract biosdk 7), in and out. */
final class CbeffFiles {

  private static final List<String> ENDINGS = List.of(".xml", ".cbeff");
  private static final String WHERE = "biometrics";

  private CbeffFiles() {}

  /**
   * The records of a document by modality. Parts of the body that could not be captured are left
   * out, as are modalities that are never compared.
   *
   * @param fingers what is kept of a finger
   */
  static Map<Modality, List<Sample>> read(String text, SideFiles files, Fingers fingers)
      throws LineRefused {
    byte[] document = files.bytes(WHERE, text, ENDINGS, CbeffReader.MAX_DOCUMENT);
    Bir person;
    try {
      person = CbeffReader.read(document);
    } catch (CbeffException e) {
      throw new LineRefused(WHERE + " is no CBEFF: " + e.fault());
    }
    Map<Modality, List<Sample>> samples = new EnumMap<>(Modality.class);
    int number = 0;
    for (Bir segment : person.birs()) {
      String where = WHERE + "/BIR[" + number++ + "]";
      Optional<Modality> modality = modality(segment);
      byte[] record = segment.bdb();
      if (modality.isPresent() && record != null && !isException(segment)) {
        String position = position(modality.get(), segment);
        samples
            .computeIfAbsent(modality.get(), _ -> new ArrayList<>())
            .add(
                modality.get() == Modality.FINGER
                    ? fingers.sample(where, position, record)
                    : new Sample(position, record));
      }
    }
    return samples;
  }

  private static boolean isException(Bir segment) {
    return "true".equalsIgnoreCase(segment.others().get(Bir.EXCEPTION));
  }

  private static Optional<Modality> modality(Bir segment) {
    BdbInfo info = segment.bdbInfo();
    if (info == null || info.types().isEmpty()) {
      return Optional.empty();
    }
    return switch (info.types().getFirst()) {
      case FINGER -> Optional.of(Modality.FINGER);
      case IRIS -> Optional.of(Modality.IRIS);
      case FACE -> Optional.of(Modality.FACE);
      default -> Optional.empty();
    };
  }

  private static String position(Modality modality, Bir segment) {
    BdbInfo info = segment.bdbInfo();
    if (modality == Modality.FACE || info == null) {
      return "";
    }
    return info.subtypes().isEmpty() ? Sample.UNKNOWN : String.join(" ", info.subtypes());
  }

  /**
   * A person's records as a document.
   *
   * @throws IllegalStateException if what is on file cannot be written
   */
  static byte[] write(Map<Modality, List<Sample>> samples) {
    List<Bir> segments = new ArrayList<>();
    samples.forEach(
        (modality, each) -> each.forEach(sample -> segments.add(segment(modality, sample))));
    try {
      return CbeffWriter.write(Bir.person(segments));
    } catch (CbeffException e) {
      throw new IllegalStateException("what is on file is no CBEFF: " + e.fault());
    }
  }

  private static Bir segment(Modality modality, Sample sample) {
    boolean minutiae = modality == Modality.FINGER && Fingers.isTemplate(sample.record());
    RegistryId format =
        switch (modality) {
          case FINGER -> minutiae ? RegistryId.FINGER_MINUTIAE : RegistryId.FINGER_IMAGE;
          case IRIS -> RegistryId.IRIS_IMAGE;
          case FACE -> RegistryId.FACE_IMAGE;
        };
    BiometricType type =
        switch (modality) {
          case FINGER -> BiometricType.FINGER;
          case IRIS -> BiometricType.IRIS;
          case FACE -> BiometricType.FACE;
        };
    // No word for an unknown position is valid in the document.
    List<String> subtypes =
        sample.position().isEmpty() || sample.position().equals(Sample.UNKNOWN)
            ? List.of()
            : List.of(sample.position().split(" "));
    ProcessedLevel level = minutiae ? ProcessedLevel.PROCESSED : ProcessedLevel.RAW;
    return Bir.segment(BdbInfo.of(format, type, subtypes, level, Purpose.ENROLL), sample.record());
  }
}

package io.watchword.server.biosdk;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.wire.biosdk.BiometricRecord;
import io.watchword.wire.biosdk.MatchRequest;
import io.watchword.wire.cbeff.BdbInfo;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.RegistryId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Puts samples into the records that a service takes (contract biosdk 6). */
final class Records {

  private static final byte[] MINUTIAE = "FMR\0".getBytes(StandardCharsets.US_ASCII);

  private Records() {}

  static BiometricType type(Modality modality) {
    return switch (modality) {
      case FINGER -> BiometricType.FINGER;
      case IRIS -> BiometricType.IRIS;
      case FACE -> BiometricType.FACE;
    };
  }

  /**
   * Those on file with which the presented ones are to be compared: all if the position of one is
   * not told, else those of the positions that are.
   */
  static List<Sample> gallery(List<Sample> presented, List<Sample> stored) {
    return stored.stream()
        .filter(each -> presented.stream().anyMatch(probe -> mayBe(probe, each)))
        .toList();
  }

  /** Whether there is something on file for each of the presented ones. */
  static boolean covers(List<Sample> stored, List<Sample> presented) {
    return presented.stream()
        .allMatch(probe -> stored.stream().anyMatch(each -> mayBe(probe, each)));
  }

  private static boolean mayBe(Sample probe, Sample stored) {
    return probe.position().equals(stored.position())
        || probe.position().equals(Sample.UNKNOWN)
        || stored.position().equals(Sample.UNKNOWN);
  }

  /**
   * The question whether these are of one person. The gallery is always one record: each record of
   * it would be answered by itself.
   */
  static MatchRequest request(
      Modality modality, List<Sample> presented, List<Sample> gallery, Map<String, String> flags) {
    return new MatchRequest(
        record(modality, presented, Purpose.VERIFY),
        List.of(record(modality, gallery, Purpose.ENROLL)),
        List.of(type(modality)),
        flags);
  }

  private static BiometricRecord record(Modality modality, List<Sample> samples, Purpose purpose) {
    return BiometricRecord.of(
        samples.stream().map(sample -> segment(modality, sample, purpose)).toList());
  }

  private static Bir segment(Modality modality, Sample sample, Purpose purpose) {
    RegistryId format = format(modality, sample.record());
    ProcessedLevel level =
        format.equals(RegistryId.FINGER_MINUTIAE) ? ProcessedLevel.PROCESSED : ProcessedLevel.RAW;
    BdbInfo info =
        BdbInfo.of(
            format, type(modality), subtypes(modality, sample.position(), purpose), level, purpose);
    return Bir.segment(info, sample.record());
  }

  private static RegistryId format(Modality modality, byte[] record) {
    return switch (modality) {
      case FACE -> RegistryId.FACE_IMAGE;
      case IRIS -> RegistryId.IRIS_IMAGE;
      case FINGER ->
          record.length > MINUTIAE.length
                  && Arrays.equals(record, 0, MINUTIAE.length, MINUTIAE, 0, MINUTIAE.length)
              ? RegistryId.FINGER_MINUTIAE
              : RegistryId.FINGER_IMAGE;
    };
  }

  /** A face has a word where it is presented and none where it is stored. */
  private static List<String> subtypes(Modality modality, String position, Purpose purpose) {
    if (modality == Modality.FACE) {
      return purpose == Purpose.VERIFY ? List.of("Face") : List.of();
    }
    return List.of(position.split(" "));
  }
}

package io.watchword.server.identityv1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.watchword.core.individual.Modality;
import io.watchword.matching.finger.FingerImage;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.matching.finger.MinutiaeTemplate;
import io.watchword.wire.identityv1.Fault;
import java.util.Optional;

/** Whether a record has the format of its modality (contract identity-v1 8.1 and 8.2). */
final class BiometricFormats {

  private BiometricFormats() {}

  /** What is wrong with a record; empty: it can be compared, or its matcher has to say. */
  static Optional<Fault> fault(Modality modality, byte[] record) {
    if (modality != Modality.FINGER) {
      return startsAs(modality, record) ? Optional.empty() : Optional.of(Faults.BAD_BIOMETRICS);
    }
    return switch (FingerRecord.read(record)) {
      case MinutiaeTemplate _ -> Optional.empty();
      // The format has templates only; an image costs a hundred times as much.
      case FingerImage _ -> Optional.of(Faults.BAD_BIOMETRICS);
      case FingerRecord.SeveralViews _ -> Optional.of(Faults.SEVERAL_VIEWS);
      case FingerRecord.Unreadable _ -> Optional.of(Faults.BAD_BIOMETRICS);
    };
  }

  /** Whether the first eight bytes are those of the standard (contract biosdk 7). */
  private static boolean startsAs(Modality modality, byte[] record) {
    String head = new String(record, 0, Math.min(4, record.length), ISO_8859_1);
    boolean version = record.length > 8 && record[7] == 0;
    return version && head.equals(modality == Modality.IRIS ? "IIR\0" : "FAC\0");
  }
}

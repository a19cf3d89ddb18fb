package io.watchword.server.identityv1;

import io.watchword.core.individual.Modality;
import io.watchword.matching.finger.FingerRecord;
import io.watchword.wire.identityv1.Fault;
import java.util.Optional;

/** Whether a record has the format of its modality (contract identity-v1 8.1 and 8.2). */
final class BiometricFormats {

  private BiometricFormats() {}

  /** What is wrong with a record; empty: it can be compared, or its matcher has to say. */
  static Optional<Fault> fault(Modality modality, byte[] record) {
    if (modality != Modality.FINGER) {
      return Optional.empty();
    }
    return switch (FingerRecord.read(record)) {
      case FingerRecord.Usable _ -> Optional.empty();
      case FingerRecord.SeveralViews _ -> Optional.of(Faults.SEVERAL_VIEWS);
      case FingerRecord.Unreadable _ -> Optional.of(Faults.BAD_BIOMETRICS);
    };
  }
}

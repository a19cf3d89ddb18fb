package io.watchword.server.identityv1;

import io.watchword.core.authentication.BiometricMatcher.Modality;

/** Says whether a record has the format of its modality (contract identity-v1 8.1). */
public interface BiometricFormats {

  /** What a record is. */
  enum Verdict {
    FINE,
    /** Not of the format, or beyond a limit. */
    UNREADABLE,
    /** A template with more than one view. */
    SEVERAL_VIEWS
  }

  Verdict judge(Modality modality, byte[] record);
}

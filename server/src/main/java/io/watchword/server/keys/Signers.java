package io.watchword.server.keys;

import io.watchword.server.keys.CaCertificate.Domain;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides whose signatures count: steps 3 and 4 of contract ida 3.5. */
public interface Signers {

  /**
   * Reads the certificate of a signature's header and judges it.
   *
   * @param domain for which an authority must vouch for it
   * @param certificateText the first {@code x5c} entry as received; empty if there is none
   */
  Judged judge(Domain domain, Optional<String> certificateText, Instant now);

  /**
   * @param certificate that signed; {@code null} if it cannot be read or is not trusted
   * @param fault why not, for the operator; empty if it is trusted
   */
  record Judged(@Nullable SeenCertificate certificate, String fault) {}
}

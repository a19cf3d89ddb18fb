package io.watchword.server.ida;

import io.watchword.wire.protection.DetachedJws;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whose signatures count: steps 3 and 4 of contract ida 3.5. */
public interface Signers {

  /** Reads the certificate of the signature's header and judges it. */
  Judged judge(DetachedJws signature, Instant now);

  /**
   * @param certificate that signed; {@code null} if it cannot be read or is not trusted
   * @param fault why not, for the operator; empty if it is trusted
   */
  record Judged(@Nullable X509Certificate certificate, String fault) {}
}

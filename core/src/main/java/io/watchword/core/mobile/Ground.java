package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.keys.Keyring;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Store;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every story of mobile authentication stands on. */
public record Ground(Store store, Keyring keyring, AuditTrail audit, Ambient ambient) {

  /** Name of the wire format in the audit. */
  static final String DOOR = "mobile";

  /** Random bytes, base64url. */
  String random(int bytes) {
    byte[] random = new byte[bytes];
    ambient.random().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * A record of the audit, named as contract mobile 1.9 has it.
   *
   * @param person whose account it is about; {@code null}: nobody's, or not known
   */
  static AuditRecord record(
      AuditRecord.Event event,
      Instant now,
      String caller,
      @Nullable String person,
      String transaction,
      String outcome,
      String request) {
    return new AuditRecord(
        now, event, DOOR, caller, person, transaction, outcome, List.of(), request);
  }
}

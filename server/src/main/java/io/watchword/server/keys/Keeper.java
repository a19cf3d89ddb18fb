package io.watchword.server.keys;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import java.time.Instant;
import java.util.List;

/**
 * Who changes keys, and where that is recorded: in the unit of the change, so that there is no new
 * key without its record.
 *
 * @param operator as the audit names them
 */
public record Keeper(String operator, AuditTrail audit) {

  /** The row that a unit must name in order to {@link #record}. */
  Key<?> head() {
    return audit.head();
  }

  /**
   * @param act such as {@code key.rotate=IDA PARTNER}
   */
  void record(Rows rows, String act, int version, Instant now) {
    audit.append(
        rows,
        new AuditRecord(
            now,
            AuditRecord.Event.ADMINISTRATION,
            "admin",
            operator,
            null,
            "",
            AuditRecord.ACCEPTED,
            List.of(act, "version=" + version),
            ""));
  }
}

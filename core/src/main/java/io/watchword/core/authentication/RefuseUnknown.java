package io.watchword.core.authentication;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The decision about somebody who is not on file, which leaves nothing but its record. */
record RefuseUnknown(
    Authenticate.Request request, AuthenticationRefusal why, AuditTrail audit, Instant now)
    implements Unit<AuthenticationRefusal> {

  @Override
  public Collection<Key<?>> keys() {
    return List.of(audit.head());
  }

  @Override
  public AuthenticationRefusal apply(Rows rows) {
    audit.append(rows, Decide.record(request, null, now, Decide.name(why), List.of()));
    return why;
  }
}

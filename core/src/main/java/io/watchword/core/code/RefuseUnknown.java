package io.watchword.core.code;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The refusal of a code for somebody who is not on file. */
record RefuseUnknown(
    SendCode.Request request, SendWindows.Limit caller, AuditTrail audit, Instant now)
    implements Unit<SendCode.Refused> {

  @Override
  public Collection<Key<?>> keys() {
    return List.of(caller.key(), audit.head());
  }

  @Override
  public SendCode.Refused apply(Rows rows) {
    SendRefusal why = decide(rows);
    audit.append(rows, SendCode.record(request, null, now, SendCode.name(why)));
    return new SendCode.Refused(why);
  }

  private SendRefusal decide(Rows rows) {
    if (caller.full(rows, now)) {
      return new SendRefusal.TooMany(caller.name());
    }
    caller.count(rows, now);
    return new SendRefusal.NotServed(new StandingRefusal.Unknown(request.identifier().type()));
  }
}

package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Second unit of a send: the pending code becomes valid if a courier took a letter. A slot that was
 * frozen in the meantime stays frozen.
 */
record FinishSend(
    CodePolicy policy,
    SendCode.Request request,
    Recipient recipient,
    Key<CodeSlot> slot,
    SentTransactions.@Nullable Place sent,
    CodeSlot.Code code,
    Deliveries deliveries,
    AuditTrail audit,
    Instant now)
    implements Unit<SendCode.Outcome> {

  @Override
  public Collection<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(List.of(slot, audit.head()));
    if (sent != null) {
      keys.add(sent.key());
    }
    return keys;
  }

  @Override
  public SendCode.Outcome apply(Rows rows) {
    SendCode.Outcome outcome = decide(rows);
    String name =
        switch (outcome) {
          case SendCode.Sent _ -> AuditRecord.ACCEPTED;
          case SendCode.Refused(SendRefusal why) -> SendCode.name(why);
        };
    audit.append(
        rows,
        SendCode.record(request, recipient.person(), now, name).withFactors(deliveries.reports()));
    return outcome;
  }

  private SendCode.Outcome decide(Rows rows) {
    CodeSlot row = rows.get(slot);
    CodeSlot current = row == null ? CodeSlot.EMPTY : row;
    Instant uselessAfter = current.uselessAfter(policy, now);
    if (deliveries.taken().isEmpty() || current.frozen(policy, now)) {
      rows.put(slot, current.dropped(code), uselessAfter);
      return new SendCode.Refused(
          deliveries.taken().isEmpty() ? new SendRefusal.NotTaken() : new SendRefusal.Frozen());
    }
    rows.put(slot, current.activated(code, policy), uselessAfter);
    if (sent != null) {
      sent.remember(rows, request.identifier().type(), now);
    }
    return new SendCode.Sent(deliveries.taken());
  }
}

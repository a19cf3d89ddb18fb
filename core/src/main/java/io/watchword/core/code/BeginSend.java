package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * First unit of a send, in the order of contract ida 6.6: standing, locks, flood, stopped channels,
 * addresses, freeze, budgets; then the pending code. What ends here is audited here, a success by
 * {@link FinishSend}.
 */
record BeginSend(
    SendCode.CodeRules rules,
    SendCode.Request request,
    Recipient recipient,
    StandingRefusal.Check standing,
    Key<CodeSlot> slot,
    SendLimits limits,
    Set<Channel> stopped,
    CodeSlot.Code code,
    AuditTrail audit)
    implements Unit<BeginSend.Result> {

  private static final String OTP = "otp";

  sealed interface Result {}

  /** The code is pending; these channels may carry it. */
  record Open(Set<Channel> channels) implements Result {}

  /** No channel was asked for: nothing is made and nothing is sent, and that is an answer too. */
  record Nothing() implements Result {}

  record Stopped(SendRefusal why) implements Result {}

  @Override
  public Collection<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(standing.keys());
    keys.add(slot);
    Key<PersonTries> tries = rules.slots().triesKey(recipient.person());
    if (tries != null) {
      keys.add(tries);
    }
    keys.addAll(limits.keys());
    keys.add(audit.head());
    return keys;
  }

  @Override
  public Result apply(Rows rows) {
    Instant now = code.createdAt();
    Result result = decide(rows, now);
    String outcome =
        switch (result) {
          case Stopped(SendRefusal why) -> SendCode.name(why);
          case Nothing() -> AuditRecord.ACCEPTED;
          case Open _ -> "";
        };
    if (!outcome.isEmpty()) {
      audit.append(rows, SendCode.record(request, recipient.person(), now, outcome));
    }
    return result;
  }

  private Result decide(Rows rows, Instant now) {
    StandingRefusal unserved = standing.onFile(rows, now);
    if (unserved == null) {
      unserved = standing.blocked(rows, now);
    }
    if (unserved != null) {
      return new Stopped(new SendRefusal.NotServed(unserved));
    }
    Standing locks = standing.standing(rows);
    Set<Channel> open = open(locks, now);
    if (locks.locked(OTP, now)) {
      return new Stopped(new SendRefusal.Locked(OTP));
    }
    if (open.isEmpty() && !request.channels().isEmpty()) {
      return new Stopped(new SendRefusal.Locked(lockCode(request.channels().iterator().next())));
    }
    SendRefusal flooded = limits.flooded(rows, now);
    if (flooded != null) {
      return new Stopped(flooded);
    }
    Set<Channel> closed = EnumSet.noneOf(Channel.class);
    closed.addAll(open);
    closed.retainAll(stopped);
    open.removeAll(closed);
    if (!closed.isEmpty() && (open.isEmpty() || request.everyChannel())) {
      return new Stopped(new SendRefusal.ChannelsStopped(closed));
    }
    Set<Channel> reachable = EnumSet.noneOf(Channel.class);
    reachable.addAll(open);
    reachable.retainAll(limits.byChannel().keySet());
    Set<Channel> missing = EnumSet.noneOf(Channel.class);
    missing.addAll(open);
    missing.removeAll(reachable);
    if (!missing.isEmpty() && (reachable.isEmpty() || request.everyChannel())) {
      return new Stopped(new SendRefusal.NoAddress(missing));
    }
    CodeSlot before = rows.get(slot);
    CodeSlot current = before == null ? CodeSlot.EMPTY : before;
    if (current.frozen(rules.slots(), now) || frozen(rows, now) || limits.isShut(rows, now)) {
      return new Stopped(new SendRefusal.Frozen());
    }
    SendRefusal spent = limits.spend(rows, reachable, now);
    if (spent != null) {
      return new Stopped(spent);
    }
    if (reachable.isEmpty()) {
      return new Nothing();
    }
    rows.put(
        slot,
        current.withPending(code, rules.slots(), now),
        current.uselessAfter(rules.slots(), now));
    return new Open(reachable);
  }

  private boolean frozen(Rows rows, Instant now) {
    Key<PersonTries> tries = rules.slots().triesKey(recipient.person());
    return tries != null
        && PersonTries.at(rows, tries, rules.slots(), now).frozen(rules.slots(), now);
  }

  private Set<Channel> open(Standing locks, Instant now) {
    Set<Channel> open = EnumSet.noneOf(Channel.class);
    for (Channel channel : request.channels()) {
      if (!locks.locked(lockCode(channel), now)) {
        open.add(channel);
      }
    }
    return open;
  }

  private static String lockCode(Channel channel) {
    return switch (channel) {
      case EMAIL -> "otp-email";
      case PHONE -> "otp-phone";
    };
  }
}

package io.watchword.core.code;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.SendWindow;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * First unit of a send, in the order of contract ida 6.6: standing, locks, flood, addresses,
 * freeze, budgets; then the pending code. What ends here is audited here, a success by {@link
 * FinishSend}.
 */
record BeginSend(
    SendCode.CodeRules rules,
    SendCode.Request request,
    Directory.Found found,
    StandingRefusal.Check standing,
    Key<CodeSlot> slot,
    SendLimits limits,
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
      audit.append(rows, SendCode.record(request, found.person(), now, outcome));
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
    if (limits.flood().full(rows, now)) {
      return new Stopped(new SendRefusal.TooMany("flood"));
    }
    limits.flood().count(rows, now);
    Set<Channel> reachable = EnumSet.noneOf(Channel.class);
    reachable.addAll(open);
    reachable.retainAll(limits.byChannel().keySet());
    if (reachable.isEmpty() && !open.isEmpty()) {
      return new Stopped(new SendRefusal.NoAddress(open));
    }
    CodeSlot before = rows.get(slot);
    CodeSlot current = before == null ? CodeSlot.EMPTY : before;
    if (current.frozen(rules.slots(), now) || shut(rows, now)) {
      return new Stopped(new SendRefusal.Frozen());
    }
    SendWindow.Limit full = spend(rows, reachable, now);
    if (full != null) {
      return new Stopped(new SendRefusal.TooMany(full.name()));
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

  private Set<Channel> open(Standing locks, Instant now) {
    Set<Channel> open = EnumSet.noneOf(Channel.class);
    for (Channel channel : request.channels()) {
      if (!locks.locked(lockCode(channel), now)) {
        open.add(channel);
      }
    }
    return open;
  }

  private boolean shut(Rows rows, Instant now) {
    return limits.shut().stream().anyMatch(limit -> limit.shut(rows, now));
  }

  /** Counts against every budget, or against none if one is full; that one is the answer. */
  private SendWindow.@Nullable Limit spend(Rows rows, Set<Channel> open, Instant now) {
    List<SendWindow.Limit> all = new ArrayList<>(limits.always());
    open.forEach(channel -> all.addAll(limits.byChannel().getOrDefault(channel, List.of())));
    for (SendWindow.Limit limit : all) {
      if (limit.full(rows, now)) {
        return limit;
      }
    }
    all.forEach(limit -> limit.count(rows, now));
    return null;
  }

  private static String lockCode(Channel channel) {
    return switch (channel) {
      case EMAIL -> "otp-email";
      case PHONE -> "otp-phone";
    };
  }
}

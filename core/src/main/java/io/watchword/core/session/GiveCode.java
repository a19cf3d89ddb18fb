package io.watchword.core.session;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.CodeRefusal;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The unit of a log-in by code.
 *
 * @param session that a right code opens
 * @param record of a success
 */
record GiveCode(
    Identifier identifier,
    StandingRefusal.Check standing,
    CodeFactor factor,
    String code,
    Session session,
    AuditTrail audit,
    AuditRecord record)
    implements Unit<LogIn.Outcome> {

  private static final String OTP = "otp";

  @Override
  public Collection<Key<?>> keys() {
    List<Key<?>> keys = new ArrayList<>(standing.keys());
    keys.addAll(factor.keys());
    keys.add(audit.head());
    return keys;
  }

  @Override
  public LogIn.Outcome apply(Rows rows) {
    LogIn.Outcome outcome = decide(rows, record.at());
    audit.append(
        rows,
        switch (outcome) {
          case LogIn.In _ -> record;
          case LogIn.Wrong() -> record.ended("Mismatch");
          case LogIn.Refused(LogInRefusal why) -> record.ended(name(why));
        });
    return outcome;
  }

  private LogIn.Outcome decide(Rows rows, Instant now) {
    StandingRefusal unserved = standing.onFile(rows, now);
    if (unserved == null) {
      standing.use(rows);
      unserved = standing.blocked(rows, now);
    }
    if (unserved != null) {
      return new LogIn.Refused(new LogInRefusal.NotServed(unserved));
    }
    Standing locks = standing.standing(rows);
    if (locks.locked(OTP, now)) {
      return new LogIn.Refused(new LogInRefusal.Locked(OTP));
    }
    return switch (factor.spend(rows, code, identifier.type(), now)) {
      case CodeFactor.Right() -> new LogIn.In(session);
      case CodeFactor.Different() -> new LogIn.Wrong();
      case CodeFactor.NoAnswer(CodeRefusal why) ->
          new LogIn.Refused(new LogInRefusal.NoAnswer(why));
    };
  }

  /** How the audit calls a refusal. */
  static String name(LogInRefusal why) {
    return switch (why) {
      case LogInRefusal.NotServed(StandingRefusal reason) -> reason.getClass().getSimpleName();
      case LogInRefusal.NoAnswer(CodeRefusal reason) -> reason.getClass().getSimpleName();
      default -> why.getClass().getSimpleName();
    };
  }

  /** Without the code. */
  @Override
  public String toString() {
    return "GiveCode[" + session.id() + "]";
  }
}

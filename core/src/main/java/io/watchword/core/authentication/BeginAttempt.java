package io.watchword.core.authentication;

import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.Guesses;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * First unit of an authentication with slow factors: spends the tries before anything is compared,
 * so that parallel guesses are counted one after another. What ends here is audited here, the rest
 * by {@link Decide}, or by {@link AbandonedAttempts} if nobody decides.
 */
record BeginAttempt(
    PersonCheck person,
    Authenticate.Request request,
    Slots slots,
    PinTries.Limit limit,
    AuditTrail audit,
    Instant now)
    implements Unit<BeginAttempt.Result> {

  /**
   * The rows of an attempt.
   *
   * @param attempt this one
   * @param pin tries of the person's PIN
   * @param pins the counters above them
   * @param bodies the counters of wrong biometrics
   */
  record Slots(Key<Attempt> attempt, Key<PinTries> pin, Guesses pins, Guesses bodies) {

    List<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(pins.keys());
      keys.addAll(bodies.keys());
      keys.add(attempt);
      keys.add(pin);
      return keys;
    }
  }

  sealed interface Result {}

  /**
   * Go on and compare.
   *
   * @param pin whether a try of the PIN was spent, so that it may be compared
   * @param pinCounted whether it was counted above the tries
   */
  record Open(boolean pin, boolean pinCounted) implements Result {}

  record Stopped(AuthenticationRefusal why) implements Result {}

  @Override
  public Collection<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(person.keys());
    keys.addAll(slots.keys());
    keys.add(audit.head());
    return keys;
  }

  @Override
  public Result apply(Rows rows) {
    Result result = begin(rows);
    if (result instanceof Stopped(AuthenticationRefusal why)) {
      audit.append(
          rows, Decide.record(request, person.found().person(), now, Decide.name(why), List.of()));
    }
    return result;
  }

  private Result begin(Rows rows) {
    AuthenticationRefusal unserved = person.admit(rows, now);
    if (unserved != null) {
      return new Stopped(unserved);
    }
    Factors factors = request.factors();
    boolean body = !factors.biometrics().isEmpty();
    if (body && slots.bodies().shut(rows, now)) {
      return new Stopped(new AuthenticationRefusal.Frozen());
    }
    boolean counted = factors.pin() != null && !slots.pins().shut(rows, now);
    boolean pin = counted && PinTries.spend(rows, slots.pin(), limit, now);
    if (counted) {
      slots.pins().wrong(rows, now);
    }
    if (body) {
      slots.bodies().wrong(rows, now);
    }
    rows.put(slots.attempt(), Attempt.of(request, person.found().person(), now));
    return new Open(pin, counted);
  }
}

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
   * @param guesses the counters above all factors
   */
  record Slots(Key<Attempt> attempt, Key<PinTries> pin, Guesses guesses) {

    List<Key<?>> keys() {
      var keys = new ArrayList<Key<?>>(guesses.keys());
      keys.add(attempt);
      keys.add(pin);
      return keys;
    }
  }

  sealed interface Result {}

  /**
   * Go on and compare.
   *
   * @param pin whether the PIN may be compared
   */
  record Open(boolean pin) implements Result {}

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
    boolean shut = slots.guesses().shut(rows, now);
    if (shut && !factors.biometrics().isEmpty()) {
      return new Stopped(new AuthenticationRefusal.Frozen());
    }
    boolean pin = factors.pin() != null && !shut && PinTries.spend(rows, slots.pin(), limit, now);
    if (!shut) {
      slots.guesses().wrong(rows, now);
    }
    rows.put(slots.attempt(), Attempt.of(request, person.found().person(), now));
    return new Open(pin);
  }
}

package io.watchword.core.authentication;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.CodeRefusal;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unit of a decision, in the order of contract ida 6.3 and contract identity-v1 3.2: the
 * person's standing, the filters, then code, claims, biometrics and PIN. Whether the first factor
 * that is not right ends it is the door's rule.
 *
 * @param compared claims against what is on file, compared before the unit: it changes nothing
 * @param noPortrait whether a face picture is needed and missing
 * @param slow what was found before the unit; {@code null}: no such factor was given
 */
record Decide(
    Authenticate.Rules rules,
    Authenticate.Request request,
    PersonCheck person,
    List<DemographicResult> compared,
    boolean noPortrait,
    @Nullable Slow slow,
    CodeFactor code,
    Entry entry)
    implements Unit<Decide.Decided> {

  private static final int LONGEST_NAME = 100;
  private static final int NOTICES_PER_HOUR = 20;

  /**
   * Factors that were compared after their tries had been spent.
   *
   * @param spent what had been
   */
  record Slow(SlowFactors.Results results, BeginAttempt.Slots slots, BeginAttempt.Open spent) {}

  /**
   * Where and when the decision is recorded.
   *
   * @param errand id of the notice to the person; {@code null}: the person gets none
   */
  record Entry(AuditTrail audit, Instant now, @Nullable String errand) {}

  /**
   * @param notice that the person gets of it, taken up already; {@code null}: none
   */
  record Decided(Decision decision, @Nullable Errand notice) {}

  sealed interface Decision {}

  record Right() implements Decision {}

  record Wrong(List<Mismatch> mismatches) implements Decision {}

  record Stopped(AuthenticationRefusal why) implements Decision {}

  @Override
  public Collection<Key<?>> keys() {
    var keys = new ArrayList<Key<?>>(person.keys());
    if (request.factors().otp() != null) {
      keys.addAll(code.keys());
    }
    if (slow != null) {
      slow.slots().keys().stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    }
    keys.add(entry.audit().head());
    if (entry.errand() != null) {
      keys.add(Errands.takenKey(entry.now(), entry.errand()));
      keys.add(notices().key());
    }
    return keys;
  }

  @Override
  public Decided apply(Rows rows) {
    if (slow != null) {
      if (rows.get(slow.slots().attempt()) == null) {
        // It took so long that it was closed, and has its record.
        return new Decided(new Stopped(new AuthenticationRefusal.NotCompared()), null);
      }
      rows.delete(slow.slots().attempt());
    }
    var factors = new ArrayList<String>();
    Decision decision = decide(rows, factors);
    String outcome =
        switch (decision) {
          case Right() -> AuditRecord.ACCEPTED;
          case Wrong _ -> "Mismatch";
          case Stopped(AuthenticationRefusal why) -> name(why);
        };
    entry
        .audit()
        .append(rows, record(request, person.found().person(), entry.now(), outcome, factors));
    Errand notice = notice(rows, decision);
    if (notice != null) {
      Errands.put(rows, notice);
    }
    return new Decided(decision, notice);
  }

  private Decision decide(Rows rows, List<String> factors) {
    Instant now = entry.now();
    AuthenticationRefusal stopped =
        slow == null ? person.admit(rows, now) : person.stillAdmitted(rows, now);
    if (stopped == null && slow != null) {
      // Before the code is spent: who asks again must still have it.
      stopped = settle(rows, slow);
    }
    if (stopped != null) {
      return new Stopped(stopped);
    }
    var mismatches = new ArrayList<Mismatch>();
    for (Factor factor : List.<Factor>of(this::code, this::claims, this::biometrics, this::pin)) {
      stopped = factor.judge(rows, mismatches, factors);
      if (stopped != null) {
        return new Stopped(stopped);
      }
      if (!mismatches.isEmpty() && rules.manner() == Authenticate.Manner.FIRST) {
        return new Wrong(List.copyOf(mismatches));
      }
    }
    if (!mismatches.isEmpty()) {
      return new Wrong(List.copyOf(mismatches));
    }
    return noPortrait ? new Stopped(new AuthenticationRefusal.NoPortrait()) : new Right();
  }

  /** Judges one factor, if it was given. */
  private interface Factor {

    /**
     * @param mismatches gets what differs
     * @param factors gets what is recorded
     * @return why there is no answer; {@code null}: there is one
     */
    @Nullable AuthenticationRefusal judge(
        Rows rows, List<Mismatch> mismatches, List<String> factors);
  }

  /** Gives back what was spent for what turned out right or was not compared, and no more. */
  private @Nullable AuthenticationRefusal settle(Rows rows, Slow compared) {
    SlowFactors.Results results = compared.results();
    BeginAttempt.Slots slots = compared.slots();
    switch (results.pin()) {
      case RIGHT -> {
        rows.delete(slots.pin());
        slots.pins().right(rows);
      }
      case BUSY -> {
        if (compared.spent().pin()) {
          PinTries.giveBack(rows, slots.pin());
        }
        if (compared.spent().pinCounted()) {
          slots.pins().takeBack(rows, entry.now());
        }
      }
      case NONE, DIFFERENT -> {}
    }
    if (!results.biometrics().isEmpty()) {
      if (results.bodyRight()) {
        slots.bodies().right(rows);
      } else if (!results.bodyDifferent()) {
        slots.bodies().takeBack(rows, entry.now());
      }
    }
    if (results.pin() == SlowFactors.PinResult.BUSY) {
      return new AuthenticationRefusal.NotCompared();
    }
    for (Map.Entry<Modality, SlowFactors.BiometricResult> each : results.biometrics().entrySet()) {
      if (each.getValue() instanceof SlowFactors.Compared(Result.TechnicalFault(String reason))) {
        return new AuthenticationRefusal.MatcherFault(each.getKey(), reason);
      }
    }
    return null;
  }

  private @Nullable AuthenticationRefusal code(
      Rows rows, List<Mismatch> mismatches, List<String> factors) {
    String otp = request.factors().otp();
    if (otp == null) {
      return null;
    }
    CodeFactor.Result result =
        code.spend(rows, otp, person.found().identifier().type(), entry.now());
    factors.add(Factors.OTP + "=" + result.getClass().getSimpleName());
    return switch (result) {
      case CodeFactor.Right() -> null;
      case CodeFactor.Different() -> {
        mismatches.add(new Mismatch.WrongCode());
        yield null;
      }
      case CodeFactor.NoAnswer(CodeRefusal.NoCode())
          when rules.manner() == Authenticate.Manner.EVERY -> {
        mismatches.add(new Mismatch.WrongCode());
        yield null;
      }
      case CodeFactor.NoAnswer(CodeRefusal why) -> refused(why);
    };
  }

  private static AuthenticationRefusal refused(CodeRefusal why) {
    return switch (why) {
      case CodeRefusal.OtherTransaction() -> new AuthenticationRefusal.OtherTransaction();
      case CodeRefusal.OtherIdentifierType() -> new AuthenticationRefusal.OtherIdentifierType();
      case CodeRefusal.OtherCaller() -> new AuthenticationRefusal.OtherCaller();
      case CodeRefusal.NoCode() -> new AuthenticationRefusal.NoCode();
      case CodeRefusal.Frozen() -> new AuthenticationRefusal.Frozen();
      case CodeRefusal.Expired() -> new AuthenticationRefusal.CodeExpired();
    };
  }

  private @Nullable AuthenticationRefusal claims(
      Rows rows, List<Mismatch> mismatches, List<String> factors) {
    boolean right = true;
    for (DemographicResult result : compared) {
      switch (result) {
        case DemographicResult.Matched _ -> {}
        case DemographicResult.Mismatch(Claim claim) -> {
          right = false;
          mismatches.add(new Mismatch.WrongClaim(claim));
        }
        case DemographicResult.Stopped why -> {
          return new AuthenticationRefusal.NotJudged(why);
        }
      }
    }
    if (!compared.isEmpty()) {
      factors.add(Factors.DEMO + "=" + (right ? "Right" : "Different"));
    }
    return null;
  }

  private @Nullable AuthenticationRefusal biometrics(
      Rows rows, List<Mismatch> mismatches, List<String> factors) {
    if (slow == null) {
      return null;
    }
    for (Map.Entry<Modality, SlowFactors.BiometricResult> each :
        slow.results().biometrics().entrySet()) {
      Modality modality = each.getKey();
      switch (each.getValue()) {
        case SlowFactors.NotEnrolled() -> {
          return new AuthenticationRefusal.NotEnrolled(modality);
        }
        case SlowFactors.Compared(Result result) -> {
          boolean right = result instanceof Result.Matched;
          factors.add(Factors.name(modality) + "=" + (right ? "Right" : "Different"));
          if (!right) {
            mismatches.add(new Mismatch.WrongBiometrics(modality));
          }
        }
      }
    }
    return null;
  }

  private @Nullable AuthenticationRefusal pin(
      Rows rows, List<Mismatch> mismatches, List<String> factors) {
    if (slow == null || request.factors().pin() == null) {
      return null;
    }
    boolean right = slow.results().pin() == SlowFactors.PinResult.RIGHT;
    factors.add(Factors.PIN + "=" + (right ? "Right" : "Different"));
    if (!right) {
      mismatches.add(new Mismatch.WrongPin());
    }
    return null;
  }

  private @Nullable Errand notice(Rows rows, Decision decision) {
    String id = entry.errand();
    if (id == null || !rules.manner().tells(decision) || notices().full(rows, entry.now())) {
      return null;
    }
    notices().count(rows, entry.now());
    Map<String, String> variables = variables(decision instanceof Right);
    return Errands.taken(Errand.notice(id, person.found().person(), variables, entry.now()));
  }

  /** Else a relying party could flood a person with letters by wrong guesses. */
  private SendWindows.Limit notices() {
    return new SendWindows.Limit(
        SendWindows.TABLE.key("notices/" + person.found().person()),
        "notices",
        Duration.ofHours(1),
        NOTICES_PER_HOUR);
  }

  private Map<String, String> variables(boolean accepted) {
    Map<String, String> variables = rules.letters().facts(request.identifier(), entry.now());
    variables.put("outcome", accepted ? "passed" : "failed");
    variables.put("authType", String.join(",", request.factors().words()));
    variables.put("partner", cut(request.caller().partner().name()));
    return variables;
  }

  private static String cut(String name) {
    return name.codePointCount(0, name.length()) <= LONGEST_NAME
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
  }

  static String name(AuthenticationRefusal why) {
    return switch (why) {
      case AuthenticationRefusal.NotServed(StandingRefusal reason) ->
          reason.getClass().getSimpleName();
      case AuthenticationRefusal.NotJudged(DemographicResult.Stopped reason) ->
          reason.getClass().getSimpleName();
      default -> why.getClass().getSimpleName();
    };
  }

  static AuditRecord record(
      Authenticate.Request request,
      @Nullable String person,
      Instant now,
      String outcome,
      List<String> factors) {
    return new AuditRecord(
        now,
        request.event(),
        request.door(),
        request.caller().partner().id(),
        person,
        request.transaction(),
        outcome,
        List.copyOf(factors),
        request.request());
  }
}

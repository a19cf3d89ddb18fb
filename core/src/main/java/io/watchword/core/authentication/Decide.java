package io.watchword.core.authentication;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.CodeRefusal;
import io.watchword.core.delivery.Errand;
import io.watchword.core.delivery.Errands;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Standing;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The unit of a decision, in the order of contract ida 6.3: the person's standing, the filters,
 * then the factors, ending with the first that is not right.
 *
 * @param compared claims against what is on file, compared before the unit: it changes nothing
 * @param noPortrait whether a face picture is needed and missing
 */
record Decide(
    Authenticate.Rules rules,
    Authenticate.Request request,
    Directory.Found found,
    List<DemographicResult> compared,
    boolean noPortrait,
    StandingRefusal.Check standing,
    CodeFactor code,
    Entry entry)
    implements Unit<Decide.Decided> {

  private static final String OTP = "otp";
  private static final String DEMO = "demo";
  private static final int LONGEST_NAME = 100;

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
    var keys = new ArrayList<Key<?>>(standing.keys());
    if (request.otp() != null) {
      keys.addAll(code.keys());
    }
    keys.add(entry.audit().head());
    if (entry.errand() != null) {
      keys.add(Errands.takenKey(entry.now(), entry.errand()));
    }
    return keys;
  }

  @Override
  public Decided apply(Rows rows) {
    var factors = new ArrayList<String>();
    Decision decision = decide(rows, factors);
    String outcome =
        switch (decision) {
          case Right() -> AuditRecord.ACCEPTED;
          case Wrong _ -> "Mismatch";
          case Stopped(AuthenticationRefusal why) -> name(why);
        };
    entry.audit().append(rows, record(request, found.person(), entry.now(), outcome, factors));
    Errand notice = notice(decision);
    if (notice != null) {
      Errands.put(rows, notice);
    }
    return new Decided(decision, notice);
  }

  private Decision decide(Rows rows, List<String> factors) {
    AuthenticationRefusal stopped = admitPerson(rows);
    if (stopped != null) {
      return new Stopped(stopped);
    }
    String otp = request.otp();
    if (otp != null) {
      CodeFactor.Result result = code.spend(rows, otp, found.identifier().type(), entry.now());
      factors.add(OTP + "=" + result.getClass().getSimpleName());
      switch (result) {
        case CodeFactor.Right() -> {}
        case CodeFactor.Different() -> {
          return new Wrong(List.of(new Mismatch.WrongCode()));
        }
        case CodeFactor.NoAnswer(CodeRefusal why) -> {
          return new Stopped(refused(why));
        }
      }
    }
    Decision claims = claims(factors);
    return claims instanceof Right && noPortrait
        ? new Stopped(new AuthenticationRefusal.NoPortrait())
        : claims;
  }

  private @Nullable AuthenticationRefusal admitPerson(Rows rows) {
    Instant now = entry.now();
    StandingRefusal unserved = standing.onFile(rows, now);
    if (unserved == null) {
      standing.use(rows);
      unserved = standing.blocked(rows, now);
    }
    if (unserved != null) {
      return new AuthenticationRefusal.NotServed(unserved);
    }
    AuthenticationRefusal denied = childFilter(now);
    return denied != null ? denied : lockFilter(standing.standing(rows), now);
  }

  private @Nullable AuthenticationRefusal childFilter(Instant now) {
    if (request.otp() == null || !rules.deniedToChildren().contains(OTP)) {
      return null;
    }
    Optional<LocalDate> born =
        found.individual().plain(Individual.DATE_OF_BIRTH).flatMap(DateOfBirth::parse);
    if (born.isEmpty()) {
      return new AuthenticationRefusal.NoBirthDate();
    }
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return DateOfBirth.completedYears(born.get(), today) < rules.childAge()
        ? new AuthenticationRefusal.DeniedToChild(OTP)
        : null;
  }

  private @Nullable AuthenticationRefusal lockFilter(Standing locks, Instant now) {
    boolean channels = locks.locked("otp-phone", now) && locks.locked("otp-email", now);
    if (request.otp() != null && (locks.locked(OTP, now) || channels)) {
      return new AuthenticationRefusal.Locked(OTP);
    }
    return !request.claims().isEmpty() && locks.locked(DEMO, now)
        ? new AuthenticationRefusal.Locked(DEMO)
        : null;
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

  private Decision claims(List<String> factors) {
    var mismatches = new ArrayList<Mismatch>();
    for (DemographicResult result : compared) {
      switch (result) {
        case DemographicResult.Matched _ -> {}
        case DemographicResult.Mismatch(Claim claim) ->
            mismatches.add(new Mismatch.WrongClaim(claim));
        case DemographicResult.Stopped why -> {
          return new Stopped(new AuthenticationRefusal.NotJudged(why));
        }
      }
    }
    if (!compared.isEmpty()) {
      factors.add(DEMO + "=" + (mismatches.isEmpty() ? "Right" : "Different"));
    }
    return mismatches.isEmpty() ? new Right() : new Wrong(List.copyOf(mismatches));
  }

  private @Nullable Errand notice(Decision decision) {
    String id = entry.errand();
    if (id == null || decision instanceof Stopped) {
      return null;
    }
    Map<String, String> variables = variables(decision instanceof Right);
    return Errands.taken(Errand.notice(id, found.person(), variables, entry.now()));
  }

  private Map<String, String> variables(boolean accepted) {
    Map<String, String> variables = rules.letters().facts(request.identifier(), entry.now());
    variables.put("outcome", accepted ? "passed" : "failed");
    variables.put("authType", authType());
    variables.put("partner", cut(request.caller().partner().name()));
    return variables;
  }

  private String authType() {
    if (request.otp() == null) {
      return DEMO;
    }
    return request.claims().isEmpty() ? OTP : OTP + "," + DEMO;
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

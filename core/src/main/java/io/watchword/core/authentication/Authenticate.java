package io.watchword.core.authentication;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
import io.watchword.core.budget.Guesses;
import io.watchword.core.code.CodeFactor;
import io.watchword.core.code.CodeLetters;
import io.watchword.core.code.SendCode;
import io.watchword.core.delivery.Errands;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.keys.Keyring;
import io.watchword.core.partner.Admitted;
import io.watchword.core.unit.Ambient;
import io.watchword.core.unit.Store;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story that answers whether a person is who they say they are. All given factors must be
 * right.
 *
 * <p>Everything that changes or must hold at the moment of the decision happens in one unit, {@link
 * Decide}: the use of a VID, the tries and the consumption of a code, the counters above it, the
 * audit record and the notice to the person. A PIN and biometrics take too long for that: {@link
 * BeginAttempt} spends their tries, {@link SlowFactors} compares, and then it is decided.
 */
public final class Authenticate {

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Rules rules;
  private final Directory directory;
  private final Demographics demographics;
  private final SlowFactors slow;
  private final Errands.@Nullable Desk notices;

  /**
   * What the door and the deployment rule.
   *
   * @param pins how often a PIN is compared
   * @param childAge people with fewer completed years are children
   * @param deniedToChildren factors: {@code otp}, {@code bio}
   */
  public record Rules(
      Manner manner,
      SendCode.CodeRules codes,
      PinTries.Limit pins,
      int childAge,
      Set<String> deniedToChildren,
      CodeLetters letters,
      Pseudonyms pseudonyms) {}

  /** How a door's decisions end. */
  public enum Manner {
    /**
     * With the first factor that is not right. The person gets notice of each answer (contract ida
     * 6.3).
     */
    FIRST,
    /**
     * With the last factor: all that differ are told. That there is no code is told as a wrong one.
     * The person gets notice whatever came of it (contract identity-v1 3.2 and 11).
     */
    EVERY;

    boolean tells(Decide.Decision decision) {
      return switch (decision) {
        case Decide.Right(), Decide.Wrong _ -> true;
        case Decide.Stopped(AuthenticationRefusal.NotServed _) -> false;
        // Nothing was found out about the person: it was the server that failed.
        case Decide.Stopped(AuthenticationRefusal.NotCompared()) -> false;
        case Decide.Stopped(AuthenticationRefusal.MatcherFault _) -> false;
        case Decide.Stopped _ -> this == EVERY;
      };
    }
  }

  /**
   * @param notices does the notices that people get of each decision; {@code null}: they get none
   */
  public Authenticate(
      Store store,
      Keyring keyring,
      AuditTrail audit,
      Ambient ambient,
      Rules rules,
      Directory directory,
      Demographics demographics,
      SlowFactors slow,
      Errands.@Nullable Desk notices) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.rules = rules;
    this.directory = directory;
    this.demographics = demographics;
    this.slow = slow;
    this.notices = notices;
  }

  /**
   * What somebody claims to be true of a person.
   *
   * @param door name of the wire format, for the audit
   * @param event {@code AUTHENTICATION} or {@code KYC}
   * @param caller who asks; the door has checked that the policy allows what is asked
   * @param identifier of the person, as presented
   * @param transaction the caller's transaction id
   * @param portrait whether the answer cannot do without the person's face picture
   * @param request the server's id of the request
   */
  public record Request(
      String door,
      AuditRecord.Event event,
      Admitted caller,
      Identifier identifier,
      String transaction,
      Factors factors,
      boolean portrait,
      String request) {

    /** Without factors. */
    @Override
    public String toString() {
      return "Request[" + event + ", " + caller.partner().id() + ", " + request + "]";
    }
  }

  /** The answer. */
  public sealed interface Outcome {}

  /**
   * Every factor is right.
   *
   * @param pseudonym of the person towards the caller
   */
  public record Accepted(Directory.Found found, String pseudonym) implements Outcome {}

  /** A factor was compared and differs. */
  public record Mismatched(String pseudonym, List<Mismatch> mismatches) implements Outcome {}

  /**
   * No answer about the person.
   *
   * @param pseudonym of the person towards the caller; {@code null}: nobody was found
   */
  public record Refused(AuthenticationRefusal why, @Nullable String pseudonym) implements Outcome {}

  /** Decides, once: the same request again is another decision. */
  public Outcome decide(Request request) {
    Instant now = ambient.now();
    Optional<Directory.Found> found = directory.find(request.identifier());
    if (found.isEmpty()) {
      return refuseUnknown(request, now);
    }
    Directory.Found person = found.get();
    var check = personCheck(request, person);
    if (!request.factors().slow()) {
      return decided(request, person, store.commit(unit(request, check, null, now)));
    }
    var slots =
        new BeginAttempt.Slots(
            Attempt.key(now, ambient.newId()),
            PinTries.TABLE.key(person.person()),
            guesses(Guesses.Kind.PIN, request, person),
            guesses(Guesses.Kind.BODY, request, person));
    return switch (store.commit(
        new BeginAttempt(check, request, slots, rules.pins(), audit, now))) {
      case BeginAttempt.Stopped(AuthenticationRefusal why) ->
          new Refused(why, pseudonym(request, person));
      case BeginAttempt.Open open -> {
        var results = slow.compare(person.person(), request.factors(), open.pin());
        yield decided(
            request,
            person,
            store.commit(
                unit(request, check, new Decide.Slow(results, slots, open), ambient.now())));
      }
    };
  }

  private Guesses guesses(Guesses.Kind kind, Request request, Directory.Found person) {
    return Guesses.at(
        kind, person.person(), request.caller().partner().id(), rules.codes().budgets());
  }

  private Outcome decided(Request request, Directory.Found person, Decide.Decided decided) {
    if (notices != null && decided.notice() != null) {
      notices.hand(decided.notice());
    }
    String pseudonym = pseudonym(request, person);
    return switch (decided.decision()) {
      case Decide.Right() -> new Accepted(person, pseudonym);
      case Decide.Wrong(List<Mismatch> mismatches) -> new Mismatched(pseudonym, mismatches);
      case Decide.Stopped(AuthenticationRefusal why) -> new Refused(why, pseudonym);
    };
  }

  private PersonCheck personCheck(Request request, Directory.Found found) {
    return new PersonCheck(
        rules,
        request.factors(),
        found,
        StandingRefusal.Check.of(
            request.identifier(),
            found.key(),
            found.person(),
            request.caller().partner().id(),
            keyring));
  }

  private Decide unit(
      Request request, PersonCheck person, Decide.@Nullable Slow compared, Instant now) {
    Directory.Found found = person.found();
    String caller = request.caller().partner().id();
    return new Decide(
        rules,
        request,
        person,
        demographics.evaluate(
            request.factors().claims(),
            found.individual(),
            now.atOffset(ZoneOffset.UTC).toLocalDate()),
        request.portrait() && directory.portrait(found.person()).isEmpty(),
        compared,
        CodeFactor.of(
            rules.codes(),
            rules
                .codes()
                .slots()
                .binding(
                    request.identifier().value(), found.person(), request.transaction(), caller),
            found.person(),
            caller,
            keyring),
        new Decide.Entry(audit, now, notices == null ? null : ambient.newId()));
  }

  private Outcome refuseUnknown(Request request, Instant now) {
    var why =
        new AuthenticationRefusal.NotServed(
            new StandingRefusal.Unknown(request.identifier().type()));
    store.commit(new RefuseUnknown(request, why, audit, now));
    return new Refused(why, null);
  }

  private String pseudonym(Request request, Directory.Found found) {
    return rules.pseudonyms().of(found.individual(), request.caller());
  }
}

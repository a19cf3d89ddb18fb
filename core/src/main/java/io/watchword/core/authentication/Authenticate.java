package io.watchword.core.authentication;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.audit.AuditTrail;
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
 * audit record and the notice to the person.
 */
public final class Authenticate {

  private final Store store;
  private final Keyring keyring;
  private final AuditTrail audit;
  private final Ambient ambient;
  private final Rules rules;
  private final Directory directory;
  private final Demographics demographics;
  private final Errands.@Nullable Desk notices;

  /**
   * What the door and the deployment rule.
   *
   * @param childAge people with fewer completed years are children
   * @param deniedToChildren factors: {@code otp}, {@code bio}
   */
  public record Rules(
      SendCode.CodeRules codes,
      int childAge,
      Set<String> deniedToChildren,
      CodeLetters letters,
      Pseudonyms pseudonyms) {}

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
      Errands.@Nullable Desk notices) {
    this.store = store;
    this.keyring = keyring;
    this.audit = audit;
    this.ambient = ambient;
    this.rules = rules;
    this.directory = directory;
    this.demographics = demographics;
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
   * @param otp the code that the person gave back; {@code null}: no such factor
   * @param claims about the person's data, in the order in which mismatches are told; empty: no
   *     such factor
   * @param portrait whether the answer needs the person's face picture
   * @param request the server's id of the request
   */
  public record Request(
      String door,
      AuditRecord.Event event,
      Admitted caller,
      Identifier identifier,
      String transaction,
      @Nullable String otp,
      List<Claim> claims,
      boolean portrait,
      String request) {

    public Request {
      claims = List.copyOf(claims);
      if (otp == null && claims.isEmpty()) {
        // Every door refuses this. Were one to forget, nobody may be accepted for nothing.
        throw new IllegalArgumentException("an authentication needs a factor");
      }
    }

    /** Without code and claims. */
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

  /** No answer about the person. */
  public record Refused(AuthenticationRefusal why) implements Outcome {}

  /** Decides, once: the same request again is another decision. */
  public Outcome decide(Request request) {
    Instant now = ambient.now();
    Optional<Directory.Found> found = directory.find(request.identifier());
    if (found.isEmpty()) {
      return refuseUnknown(request, now);
    }
    Directory.Found person = found.get();
    List<DemographicResult> compared =
        demographics.evaluate(
            request.claims(), person.individual(), now.atOffset(ZoneOffset.UTC).toLocalDate());
    Decide.Decided decided = store.commit(unit(request, person, compared, now));
    if (notices != null && decided.notice() != null) {
      notices.hand(decided.notice());
    }
    return switch (decided.decision()) {
      case Decide.Right() -> new Accepted(person, pseudonym(request, person));
      case Decide.Wrong(List<Mismatch> mismatches) ->
          new Mismatched(pseudonym(request, person), mismatches);
      case Decide.Stopped(AuthenticationRefusal why) -> new Refused(why);
    };
  }

  private Decide unit(
      Request request, Directory.Found found, List<DemographicResult> compared, Instant now) {
    String caller = request.caller().partner().id();
    return new Decide(
        rules,
        request,
        found,
        compared,
        request.portrait() && directory.portrait(found.person()).isEmpty(),
        StandingRefusal.Check.of(
            request.identifier(), found.key(), found.person(), caller, keyring),
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
    return new Refused(why);
  }

  private String pseudonym(Request request, Directory.Found found) {
    return rules.pseudonyms().of(found.individual().token(), request.caller());
  }
}

package io.watchword.core.mobile;

import io.watchword.core.audit.AuditRecord;
import io.watchword.core.budget.SendWindows;
import io.watchword.core.individual.Standing;
import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The story of what a person said on the phone (contract mobile 3.7). */
public final class AnswerLogin {

  private static final int RETURN_CODE_BYTES = 32;
  private static final int PER_USER_MINUTE = 20;

  private final Ground ground;

  public AnswerLogin(Ground ground) {
    this.ground = ground;
  }

  /**
   * An answer, and whether its signature is right.
   *
   * @param account id of whoever is logged in to the app
   * @param people ids of everybody who must be in good standing
   * @param enrollment whose key was tried on the signature
   * @param challenge that the signed text was written with
   * @param signatureRight whether the key verified it
   * @param accepted what the person said
   * @param number that was chosen or entered; {@code null}: none
   * @param reason of a denial; {@code null}: none was given
   * @param signed the text, base64url
   * @param request the server's id of the request
   */
  public record Request(
      String account,
      List<String> people,
      Enrollment enrollment,
      String transaction,
      String challenge,
      boolean signatureRight,
      boolean accepted,
      @Nullable String number,
      @Nullable String reason,
      String signed,
      String signature,
      String publicKey,
      String request) {}

  /** What came of it. */
  public sealed interface Outcome {}

  /**
   * Recorded, now or before.
   *
   * @param transaction as it stands now
   */
  public record Recorded(Transaction transaction, boolean accepted) implements Outcome {}

  /** Something else was decided, or it is another device's. */
  public record AlreadyDecided() implements Outcome {}

  public record NotFound() implements Outcome {}

  public record Expired() implements Outcome {}

  public record Cancelled() implements Outcome {}

  /** The last number that could be tried was wrong. */
  public record WrongNumber() implements Outcome {}

  public record TryAgain(int attemptsLeft) implements Outcome {}

  public record InvalidAnswer() implements Outcome {}

  /** The key was taken away since, or the account is not served. */
  public record Revoked() implements Outcome {}

  public record TooMany(Duration retryAfter) implements Outcome {}

  /**
   * Records an answer.
   *
   * @param type of the transaction; {@code null}: there is none of that name any more
   */
  public Outcome answer(@Nullable MobileType type, Request request) {
    return ground
        .store()
        .commit(
            new Decide(
                ground,
                request,
                type == null ? 1 : type.maxBadAnswers(),
                ground.random(RETURN_CODE_BYTES),
                ground.ambient().now()));
  }

  private record Decide(
      Ground ground, Request request, int maxBadAnswers, String returnCode, Instant now)
      implements Unit<Outcome> {

    private SendWindows.Limit limit() {
      return new SendWindows.Limit(
          SendWindows.TABLE.key("answers/" + request.account()),
          "minute",
          Duration.ofMinutes(1),
          PER_USER_MINUTE);
    }

    private Key<Enrollment> enrollment() {
      return Enrollment.key(request.account(), request.enrollment().device().id());
    }

    @Override
    public Collection<Key<?>> keys() {
      Set<Key<?>> keys = new LinkedHashSet<>();
      keys.add(Transaction.key(request.transaction()));
      keys.add(enrollment());
      request.people().forEach(person -> keys.add(Standing.key(person)));
      keys.add(limit().key());
      keys.add(ground.audit().head());
      return keys;
    }

    @Override
    public Outcome apply(Rows rows) {
      if (limit().full(rows, now)) {
        // Counted by the minute at the door, so that nobody fills the trail.
        return new TooMany(limit().length());
      }
      limit().count(rows, now);
      Outcome outcome = decide(rows);
      audit(rows, name(outcome), List.of());
      if (!request.accepted() && "not_me".equals(request.reason()) && request.signatureRight()) {
        Transaction reported = rows.get(Transaction.key(request.transaction()));
        String browser = reported == null ? null : reported.asked().address();
        audit(rows, "reported_not_me", browser == null ? List.of() : List.of("browser=" + browser));
      }
      return outcome;
    }

    private void audit(Rows rows, String outcome, List<String> factors) {
      ground
          .audit()
          .append(
              rows,
              new AuditRecord(
                  now,
                  AuditRecord.Event.MOBILE_LOGIN,
                  Ground.DOOR,
                  request.enrollment().app(),
                  request.account(),
                  request.transaction(),
                  outcome,
                  factors,
                  request.request()));
    }

    private Outcome decide(Rows rows) {
      Enrollment enrolled = rows.get(enrollment());
      boolean out = Standing.anyDeactivated(rows, request.people(), now);
      if (enrolled == null || !enrolled.has(request.enrollment().keyId()) || out) {
        return new Revoked();
      }
      Transaction stored = rows.get(Transaction.key(request.transaction()));
      if (stored == null || stored.claim() == null) {
        return new NotFound();
      }
      Transaction found = stored.at(now);
      Transaction.Claim claim = found.claim();
      if (claim == null
          || !claim.account().equals(request.account())
          || !claim.keyId().equals(request.enrollment().keyId())
          || !claim.challenge().equals(request.challenge())) {
        return new AlreadyDecided();
      }
      return switch (found.state()) {
        case CLAIMED -> claimed(rows, found, claim, enrolled);
        case CREATED -> new NotFound();
        case EXPIRED -> found.answer() == null ? new Expired() : repeated(found);
        case CANCELLED -> new Cancelled();
        case ACCEPTED, DONE, DENIED, FAILED -> repeated(found);
      };
    }

    private Outcome repeated(Transaction found) {
      Transaction.Answer given = found.answer();
      return given != null && request.signatureRight() && given.accepted() == request.accepted()
          ? new Recorded(found, given.accepted())
          : new AlreadyDecided();
    }

    private Outcome claimed(
        Rows rows, Transaction found, Transaction.Claim claim, Enrollment enrolled) {
      if (!request.signatureRight()) {
        var before = found.faults();
        var faults = new Transaction.Faults(before.codes(), before.answers() + 1, before.secrets());
        Transaction next = found.with(faults);
        put(
            rows,
            faults.answers() < maxBadAnswers
                ? next
                : next.ended(Transaction.State.FAILED, Transaction.Reason.INVALID_ANSWER));
        return new InvalidAnswer();
      }
      if (request.accepted()
          && claim.confirm() != Confirm.TAP
          && !Objects.equals(claim.right(), request.number())) {
        return wrongNumber(rows, found, claim);
      }
      rows.put(enrollment(), enrolled.used(now));
      var answer =
          new Transaction.Answer(
              request.accepted(),
              request.reason(),
              request.signed(),
              request.signature(),
              request.publicKey(),
              now,
              now.plus(found.times().redeemWithin()),
              request.accepted() && found.asked().source() == Transaction.Source.LINK
                  ? returnCode
                  : null);
      Transaction next =
          request.accepted()
              ? found.accepted(answer)
              : found.ended(Transaction.State.DENIED, Transaction.Reason.NOT_ACCEPTED, answer);
      put(rows, next);
      return new Recorded(next, request.accepted());
    }

    private static Outcome wrongNumber(Rows rows, Transaction found, Transaction.Claim claim) {
      int left = claim.attemptsLeft() - 1;
      if (left <= 0) {
        put(rows, found.ended(Transaction.State.DENIED, Transaction.Reason.WRONG_NUMBER));
        return new WrongNumber();
      }
      put(
          rows,
          found.with(
              new Transaction.Claim(
                  claim.account(),
                  claim.people(),
                  claim.user(),
                  claim.profile(),
                  claim.device(),
                  claim.keyId(),
                  claim.challenge(),
                  claim.confirm(),
                  claim.numbers(),
                  claim.right(),
                  left,
                  claim.proximity(),
                  claim.decideUntil())));
      return new TryAgain(left);
    }

    private static void put(Rows rows, Transaction transaction) {
      rows.put(Transaction.key(transaction.id()), transaction, transaction.uselessAfter());
    }

    /** Without number and return code. */
    @Override
    public String toString() {
      return "Decide[" + request.transaction() + "]";
    }

    private static String name(Outcome outcome) {
      return switch (outcome) {
        case Recorded(Transaction _, boolean accepted) ->
            accepted ? "mobile_auth_authenticated" : "mobile_auth_not_authenticated";
        case WrongNumber(), TryAgain _ -> "wrong_number";
        case InvalidAnswer() -> "mobile_auth_not_authenticated_invalid_answer";
        case AlreadyDecided() -> "mobile_auth_not_authenticated_already_decided";
        case NotFound() -> "mobile_auth_not_authenticated_invalid_transaction";
        case Expired() -> "mobile_auth_not_authenticated_transaction_expired";
        case Cancelled() -> "mobile_auth_not_authenticated_cancelled";
        case Revoked() -> "mobile_auth_not_authenticated_no_user_client_keys";
        case TooMany _ -> "rate_limited";
      };
    }
  }
}

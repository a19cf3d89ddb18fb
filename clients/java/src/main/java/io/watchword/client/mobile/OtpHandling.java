package io.watchword.client.mobile;

import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One scanned code, from the claim to the outcome (contract mobile 2.4, 3.6 and 3.7). */
final class OtpHandling {

  private static final SecureRandom RANDOM = new SecureRandom();

  private enum Stage {
    CLAIMING,
    ASKING,
    ANSWERING,
    ENDED
  }

  private final Parts parts;
  private final MobileAuthWithOtpHandler handler;
  private final Consumer<OtpHandling> released;
  private Stage stage = Stage.CLAIMING;
  private boolean shown;
  private @Nullable Asked asked;
  private @Nullable Future<?> timeout;

  /**
   * The claim and what the server asked.
   *
   * @param deadline on the clock of nanoseconds
   */
  private record Asked(
      SignedText.Claim claim, Enrollment mine, Challenge challenge, long deadline) {}

  /** What the person said. */
  private record Decision(boolean accept, Optional<String> number, Optional<DenyReason> reason) {}

  /**
   * @param released learns that something else may begin, before the handler learns the outcome
   */
  OtpHandling(Parts parts, MobileAuthWithOtpHandler handler, Consumer<OtpHandling> released) {
    this.parts = parts;
    this.handler = handler;
    this.released = released;
  }

  /** Claims the code; to be called by the worker. */
  void claim(String scanned, CodeSource source) {
    if (hasEnded()) {
      return;
    }
    try {
      String link = parts.config().appLink();
      ScannedCode code =
          ScannedCode.read(scanned, link).orElseThrow(() -> Refusals.notHandleable().exception());
      UserSession session = parts.session();
      ask(claimed(session, code, ScannedCode.withoutLink(scanned, link), source));
    } catch (MobileAuthException e) {
      end(e.error());
    } catch (RuntimeException e) {
      end(MobileAuthError.internal("the library failed: " + e.getClass().getSimpleName()));
    }
  }

  private Asked claimed(UserSession session, ScannedCode code, String otp, CodeSource source)
      throws MobileAuthException {
    Enrollment mine = new Enrolling(parts).confirmed(session);
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    SignedText.Claim claim =
        new SignedText.Claim(
            mine.server(),
            code.transaction().toString(),
            mine.deviceId(),
            mine.keyId(),
            session.profileId(),
            SignedText.hash(otp),
            source.wireName(),
            Base64Url.encode(nonce));
    Map<String, String> body = new LinkedHashMap<>();
    body.put("otp", otp);
    body.put("profile_id", claim.profile());
    body.put("device_id", claim.device());
    body.put("key_id", claim.key());
    body.put("source", claim.source());
    body.put("nonce", claim.nonce());
    body.put("signature", parts.enrollments().sign(mine.keyName(), claim));
    Reply reply = parts.connection().post("/otp/claims", session, body);
    long arrived = parts.config().nanoClock().getAsLong();
    if (reply.status() != 200) {
      throw parts.refused(Refusals.read(reply), session.profileId());
    }
    Challenge challenge = Challenge.read(reply, claim, mine);
    return new Asked(
        claim, mine, challenge, arrived + TimeUnit.MILLISECONDS.toNanos(challenge.lifeMillis()));
  }

  private void ask(Asked fresh) {
    synchronized (this) {
      if (stage == Stage.ENDED) {
        return;
      }
      asked = fresh;
    }
    ask(fresh, fresh.challenge().request().attemptsLeft());
  }

  private void ask(Asked current, OptionalInt attemptsLeft) {
    long left = current.deadline() - parts.config().nanoClock().getAsLong();
    if (left <= 0) {
      end(MobileAuthError.expired());
      return;
    }
    MobileAuthRequest request =
        current.challenge().request().again(attemptsLeft, TimeUnit.NANOSECONDS.toMillis(left));
    Answering answering = new Answering(request);
    synchronized (this) {
      if (stage == Stage.ENDED) {
        return;
      }
      stage = Stage.ASKING;
      shown = true;
      parts
          .callbacks()
          .execute(() -> parts.config().requestHandler().startAuthentication(request, answering));
      timeout = parts.timer().schedule(() -> expire(answering), left, TimeUnit.NANOSECONDS);
    }
  }

  /** The time is over, and nobody has decided. */
  private void expire(Answering answering) {
    synchronized (this) {
      if (stage != Stage.ASKING || answering.decided) {
        return;
      }
      end(MobileAuthError.expired());
    }
  }

  private synchronized boolean decide(Decision decision) {
    Asked current = asked;
    if (stage != Stage.ASKING || current == null) {
      return false;
    }
    try {
      parts.worker().execute(() -> answer(current, decision));
    } catch (RejectedExecutionException e) {
      return false;
    }
    stage = Stage.ANSWERING;
    return true;
  }

  private void answer(Asked current, Decision decision) {
    if (hasEnded()) {
      return;
    }
    try {
      UserSession session = parts.session(current.claim().profile());
      Reply reply =
          parts
              .connection()
              .post(
                  "/otp/transactions/" + current.claim().transaction() + "/answer",
                  session,
                  body(current, decision));
      if (reply.status() == 403 && reply.error().equals("try_again")) {
        ask(current, reply.number("attempts_left"));
        return;
      }
      if (reply.status() != 200) {
        throw parts.refused(Refusals.read(reply), session.profileId());
      }
      recorded(reply, decision);
    } catch (MobileAuthException e) {
      end(e.error());
    } catch (RuntimeException e) {
      end(MobileAuthError.internal("the library failed: " + e.getClass().getSimpleName()));
    }
  }

  private synchronized boolean hasEnded() {
    return stage == Stage.ENDED;
  }

  private void recorded(Reply reply, Decision decision) throws MobileAuthException {
    if (!reply.text("status").orElse("").equals(decision.accept() ? "accepted" : "denied")) {
      throw MobileAuthError.unreadable().exception();
    }
    if (decision.accept()) {
      MobileAuthResult result = MobileAuthResult.read(reply);
      end(handler -> handler.onSuccess(result));
    } else {
      end(Refusals.denied());
    }
  }

  private Map<String, @Nullable Object> body(Asked current, Decision decision)
      throws MobileAuthException {
    MobileAuthRequest request = current.challenge().request();
    SignedText.Claim claim = current.claim();
    SignedText.Answer text =
        new SignedText.Answer(
            claim.server(),
            claim.transaction(),
            claim.device(),
            claim.key(),
            claim.profile(),
            current.challenge().value(),
            request.type(),
            request.origin().orElse(null),
            SignedText.hash(request.message()),
            decision.accept() ? "accept" : "deny",
            decision.number().orElse(null),
            decision.reason().map(DenyReason::wireName).orElse(null),
            request.expiresAt());
    if (parts.enrollments().key(current.mine()).isEmpty()) {
      throw Refusals.notEnrolled().exception();
    }
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("device_id", text.device());
    body.put("key_id", text.key());
    body.put("decision", text.decision());
    body.put("number", text.number());
    body.put("reason", text.reason());
    body.put("signature", parts.enrollments().sign(current.mine().keyName(), text));
    return body;
  }

  /** Ends with an error, unless it has ended. */
  void end(MobileAuthError error) {
    end(told -> told.onError(error));
  }

  /** What was shown is closed before the handler learns the outcome. */
  private synchronized void end(Consumer<MobileAuthWithOtpHandler> outcome) {
    if (stage == Stage.ENDED) {
      return;
    }
    stage = Stage.ENDED;
    if (timeout != null) {
      timeout.cancel(false);
    }
    released.accept(this);
    if (shown) {
      parts.callbacks().execute(() -> parts.config().requestHandler().finishAuthentication());
    }
    parts.callbacks().execute(() -> outcome.accept(handler));
  }

  /** What the app gets for a request: takes the first decision. */
  private final class Answering implements AcceptDenyCallback {

    private final MobileAuthRequest request;
    private boolean decided; // under the lock of the handling

    Answering(MobileAuthRequest request) {
      this.request = request;
    }

    @Override
    public void acceptAuthenticationRequest() {
      if (request.confirmation() == Confirmation.TAP) {
        take(new Decision(true, Optional.empty(), Optional.empty()));
      } else {
        Warnings.give("accepting this request takes a number; the call is ignored");
      }
    }

    @Override
    public void acceptAuthenticationRequest(String number) {
      switch (request.confirmation()) {
        case TAP -> acceptAuthenticationRequest();
        case CHOOSE -> accept(number, request.numbers().contains(number));
        case ENTER -> accept(number, Challenge.isNumber(number));
      }
    }

    private void accept(String number, boolean fits) {
      if (fits) {
        take(new Decision(true, Optional.of(number), Optional.empty()));
      } else {
        Warnings.give("this number cannot be the one asked for; the call is ignored");
      }
    }

    @Override
    public void denyAuthenticationRequest() {
      take(new Decision(false, Optional.empty(), Optional.empty()));
    }

    @Override
    public void denyAuthenticationRequest(DenyReason reason) {
      take(new Decision(false, Optional.empty(), Optional.of(reason)));
    }

    private void take(Decision decision) {
      synchronized (OtpHandling.this) {
        if (!decided && decide(decision)) {
          decided = true;
          return;
        }
      }
      Warnings.give("the request was decided before, or its time is over; the call is ignored");
    }
  }
}

package io.watchword.server.mobile;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.watchword.core.mobile.AnswerLogin;
import io.watchword.core.mobile.ClaimLogin;
import io.watchword.core.mobile.Enrollment;
import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.PortalClient;
import io.watchword.core.mobile.ScanCheck;
import io.watchword.core.mobile.Transaction;
import io.watchword.core.unit.CachedRows;
import io.watchword.core.unit.Store;
import io.watchword.server.http.BodyTooLarge;
import io.watchword.server.http.BodyUnreadable;
import io.watchword.server.mobile.MobileExchange.Answer;
import io.watchword.server.mobile.Phones.Person;
import io.watchword.wire.mobile.DeviceKey;
import io.watchword.wire.mobile.ScannedCode;
import io.watchword.wire.mobile.SignedText;
import io.watchword.wire.protection.Base64Url;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The calls of apps about logins: a code that was scanned, and an answer (contract mobile 3.6,
 * 3.7).
 */
final class PhoneCalls implements HttpService {

  private final Around around;
  private final MobileExchange exchange;

  /**
   * What these calls lean on.
   *
   * @param server the server's address, as apps pin it
   * @param link what links into the app begin with; empty: there are none
   */
  record Around(
      MobileExchange exchange,
      Phones phones,
      MobileKeys keys,
      Store store,
      CachedRows rows,
      ClaimLogin claim,
      AnswerLogin answer,
      Waiters waiters,
      String server,
      String link) {}

  PhoneCalls(Around around) {
    this.around = around;
    this.exchange = around.exchange();
  }

  @Override
  public void routing(HttpRules routes) {
    routes
        .post("/claims", exchange.handler("claim", this::claim))
        .post("/transactions/{id}/answer", exchange.handler("answer", this::answer));
  }

  private Enrollment enrolled(Person person, String device, String key) throws MobileRefused {
    Enrollment found = around.store().read(Enrollment.key(person.account().id(), device));
    if (found == null) {
      throw MobileRefused.phone(
          Status.FORBIDDEN_403, "not_enrolled", "this device has no key here");
    }
    if (!found.has(key)) {
      throw revoked();
    }
    return found;
  }

  private static MobileRefused revoked() {
    return MobileRefused.phone(Status.FORBIDDEN_403, "revoked", "the key was taken away");
  }

  private Answer claim(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Person person = around.phones().admit(request, exchange.now());
    var body = new Body(exchange.json(request));
    String device = body.signable("device_id");
    String otp = body.text("otp").orElseThrow(Body::malformed);
    String nonce = body.signable("nonce");
    String source = body.text("source").orElse("camera");
    Transaction.Source scanned =
        switch (source) {
          case "camera" -> Transaction.Source.QR;
          case "link" -> Transaction.Source.LINK;
          default -> throw Body.malformed();
        };
    Optional<ScannedCode> code = ScannedCode.read(otp, around.link());
    if (code.isEmpty() || !body.signable("profile_id").equals(person.profile())) {
      throw Body.malformed();
    }
    Enrollment enrollment = enrolled(person, device, body.signable("key_id"));
    String transaction = code.get().transaction().toString();
    var signed =
        new SignedText.Claim(
            around.server(),
            transaction,
            device,
            enrollment.keyId(),
            person.profile(),
            SignedText.hash(otp),
            source,
            nonce);
    boolean right = key(enrollment).verifies(signed, body.bytes("signature"));
    String address = exchange.origin(request);
    ClaimLogin.Outcome outcome =
        around
            .claim()
            .claim(
                name -> around.rows().get(MobileType.TABLE.key(name)),
                new ClaimLogin.Request(
                    person.account().id(),
                    person.people(),
                    person.account().account().loginName(),
                    enrollment,
                    right,
                    transaction,
                    check(code.get()),
                    scanned,
                    browser -> Browser.proximity(browser, address),
                    exchange.id(request)));
    around.waiters().changed(transaction);
    return claimed(outcome, nonce);
  }

  private static DeviceKey key(Enrollment enrollment) throws MobileRefused {
    return DeviceKey.of(enrollment.x(), enrollment.y()).orElseThrow(PhoneCalls::revoked);
  }

  private static MobileRefused invalid() {
    return MobileRefused.phone(
        Status.BAD_REQUEST_400, "invalid_answer", "the signature is not right");
  }

  private static ScanCheck check(ScannedCode code) {
    return switch (code) {
      case ScannedCode.Fixed(UUID _, byte[] otp) -> new ScanCheck.Fixed(SignedText.hash(otp));
      case ScannedCode.Frame(UUID transaction, long step, byte[] mac) ->
          new ScanCheck.Frame(
              step,
              Base64Url.encode(mac),
              key ->
                  Base64Url.encode(
                      ScannedCode.Frame.macOf(Base64Url.decode(key), transaction, step)));
    };
  }

  private Answer claimed(ClaimLogin.Outcome outcome, String nonce) throws MobileRefused {
    return switch (outcome) {
      case ClaimLogin.Claimed(Transaction transaction) -> Answer.ok(question(transaction, nonce));
      case ClaimLogin.NotFound() ->
          throw MobileRefused.phone(
              Status.NOT_FOUND_404, "not_found", "there is no such login, or not any more");
      case ClaimLogin.FrameExpired() ->
          throw MobileRefused.phone(
                  Status.GONE_410, "frame_expired", "the code has changed since; scan again")
              .with("retryable", true);
      case ClaimLogin.Expired() -> throw expired();
      case ClaimLogin.Cancelled() -> throw cancelled();
      case ClaimLogin.AlreadyClaimed() ->
          throw MobileRefused.phone(
              Status.CONFLICT_409, "already_claimed", "another device has scanned it");
      case ClaimLogin.WrongSource() ->
          throw MobileRefused.phone(
              Status.FORBIDDEN_403, "wrong_channel", "the code came another way than it was sent");
      case ClaimLogin.TooFar() ->
          throw MobileRefused.phone(
              Status.FORBIDDEN_403, "proximity_rejected", "browser and app are too far apart");
      case ClaimLogin.Revoked() -> throw revoked();
      case ClaimLogin.InvalidSignature() -> throw invalid();
      case ClaimLogin.TooMany(Duration retryAfter) ->
          throw MobileRefused.phone(
                  Status.TOO_MANY_REQUESTS_429, "rate_limited", "too many codes were scanned")
              .with("retry_after", retryAfter.toSeconds());
    };
  }

  private static MobileRefused expired() {
    return MobileRefused.phone(Status.GONE_410, "expired_token", "the time is over");
  }

  private static MobileRefused cancelled() {
    return MobileRefused.phone(Status.GONE_410, "cancelled", "the login page gave up");
  }

  private Map<String, Object> question(Transaction transaction, String nonce) {
    Transaction.Asked asked = transaction.asked();
    Transaction.Claim claim = claimOf(transaction);
    String confirm = claim.confirm().name().toLowerCase(Locale.ROOT);
    long expires = claim.decideUntil().getEpochSecond();
    MobileKeys.Signature signature =
        around
            .keys()
            .sign(
                new SignedText.Challenge(
                    around.server(),
                    transaction.id(),
                    claim.device().id(),
                    claim.keyId(),
                    claim.profile(),
                    nonce,
                    claim.challenge(),
                    asked.type(),
                    asked.origin(),
                    SignedText.hash(asked.message()),
                    confirm,
                    claim.numbers(),
                    expires));
    Map<String, Object> context = new LinkedHashMap<>(asked.context());
    context.put("proximity", claim.proximity());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("transaction_id", transaction.id());
    body.put("type", asked.type());
    body.put("message", asked.message());
    if (asked.origin() != null) {
      body.put("origin", asked.origin());
    }
    body.put("portal_name", asked.portalName());
    body.put("context", context);
    body.put("challenge", claim.challenge());
    body.put("confirm", confirm);
    if (!claim.numbers().isEmpty()) {
      body.put("numbers", claim.numbers());
    }
    if (claim.attemptsLeft() > 0) {
      body.put("attempts_left", claim.attemptsLeft());
    }
    body.put("expires", expires);
    body.put(
        "expires_in",
        Math.max(0, Duration.between(exchange.now(), claim.decideUntil()).toSeconds()));
    body.put("server_key_id", signature.keyId());
    body.put("server_signature", Base64Url.encode(signature.bytes()));
    return body;
  }

  private static Transaction.Claim claimOf(Transaction transaction) {
    Transaction.Claim claim = transaction.claim();
    if (claim == null) {
      throw new IllegalStateException("a claimed transaction has a claim");
    }
    return claim;
  }

  private Answer answer(ServerRequest request) throws MobileRefused, BodyTooLarge, BodyUnreadable {
    Person person = around.phones().admit(request, exchange.now());
    var body = new Body(exchange.json(request));
    String device = body.signable("device_id");
    boolean accepted =
        switch (body.signable("decision")) {
          case "accept" -> true;
          case "deny" -> false;
          default -> throw Body.malformed();
        };
    String number = body.text("number").orElse(null);
    String reason = body.text("reason").orElse(null);
    boolean formed =
        (number == null || number.matches("[0-9]{2}"))
            && (reason == null || reason.equals("not_me") || reason.equals("cancelled"));
    if (!formed) {
      throw Body.malformed();
    }
    Enrollment enrollment = enrolled(person, device, body.signable("key_id"));
    String id = request.path().pathParameters().first("id").orElse("");
    Transaction seen =
        id.matches("[0-9a-f-]{36}") ? around.store().read(Transaction.key(id)) : null;
    if (seen == null || seen.claim() == null) {
      throw MobileRefused.phone(Status.NOT_FOUND_404, "not_found", "there is no such login");
    }
    SignedText signed = signed(seen, seen.claim(), enrollment, accepted, number, reason);
    DeviceKey key = key(enrollment);
    byte[] signature = body.bytes("signature");
    AnswerLogin.Outcome outcome =
        around
            .answer()
            .answer(
                around.rows().get(MobileType.TABLE.key(seen.asked().type())),
                new AnswerLogin.Request(
                    person.account().id(),
                    person.people(),
                    enrollment,
                    id,
                    seen.claim().challenge(),
                    key.verifies(signed, signature),
                    accepted,
                    number,
                    reason,
                    Base64Url.encode(signed.bytes()),
                    Base64Url.encode(signature),
                    key.pem(),
                    exchange.id(request)));
    around.waiters().changed(id);
    return answered(outcome);
  }

  private Map<String, Object> recorded(Transaction transaction, boolean accepted) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", accepted ? "accepted" : "denied");
    String code = transaction.answer() == null ? null : transaction.answer().returnCode();
    if (code == null) {
      return body;
    }
    body.put("code", code);
    PortalClient portal = around.rows().get(PortalClient.TABLE.key(transaction.asked().client()));
    if (portal != null && portal.returnUri() != null) {
      String uri = portal.returnUri();
      body.put("return_uri", uri + (uri.contains("?") ? "&" : "?") + "code=" + code);
    }
    return body;
  }

  private SignedText signed(
      Transaction seen,
      Transaction.Claim claim,
      Enrollment enrollment,
      boolean accepted,
      @Nullable String number,
      @Nullable String reason) {
    return new SignedText.Answer(
        around.server(),
        seen.id(),
        enrollment.device().id(),
        enrollment.keyId(),
        enrollment.profile(),
        claim.challenge(),
        seen.asked().type(),
        seen.asked().origin(),
        SignedText.hash(seen.asked().message()),
        accepted ? "accept" : "deny",
        number,
        reason,
        claim.decideUntil().getEpochSecond());
  }

  private Answer answered(AnswerLogin.Outcome outcome) throws MobileRefused {
    return switch (outcome) {
      case AnswerLogin.Recorded(Transaction transaction, boolean accepted) ->
          Answer.ok(recorded(transaction, accepted));
      case AnswerLogin.AlreadyDecided() ->
          throw MobileRefused.phone(
              Status.CONFLICT_409, "already_decided", "it was decided before, or elsewhere");
      case AnswerLogin.NotFound() ->
          throw MobileRefused.phone(Status.NOT_FOUND_404, "not_found", "there is no such login");
      case AnswerLogin.Expired() -> throw expired();
      case AnswerLogin.Cancelled() -> throw cancelled();
      case AnswerLogin.WrongNumber() ->
          throw MobileRefused.phone(
              Status.FORBIDDEN_403, "wrong_number", "the number was not the one on the page");
      case AnswerLogin.TryAgain(int left) ->
          throw MobileRefused.phone(
                  Status.FORBIDDEN_403, "try_again", "the number was not the one on the page")
              .with("attempts_left", left);
      case AnswerLogin.InvalidAnswer() -> throw invalid();
      case AnswerLogin.Revoked() -> throw revoked();
      case AnswerLogin.TooMany(Duration retryAfter) ->
          throw MobileRefused.phone(
                  Status.TOO_MANY_REQUESTS_429, "rate_limited", "too many answers")
              .with("retry_after", retryAfter.toSeconds());
    };
  }
}

package io.watchword.server.ida;

import io.watchword.wire.ida.IdaError;
import io.watchword.wire.ida.Json;
import io.watchword.wire.protection.Opening;
import io.watchword.wire.protection.SealedRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The decrypted {@code request} (contract ida 4.1).
 *
 * @param present whether the request had one at all
 * @param timestamp as sent
 * @param otp empty or absent: no such factor
 * @param pin empty or absent: no such factor
 * @param demographics absent: no such factor
 * @param biometrics empty: no such factor
 */
record InnerForm(
    boolean present,
    Member timestamp,
    Member otp,
    Member pin,
    DemographicForm demographics,
    BiometricForm biometrics) {

  private static final Member ABSENT = new Member(null, false);

  /** For requests that have none: {@code /otp}, or a missing member. */
  static final InnerForm NONE =
      new InnerForm(false, ABSENT, ABSENT, ABSENT, DemographicForm.NONE, BiometricForm.NONE);

  /**
   * Filter check F7 (contract ida 3.3 and 4.4): opens {@code request} and the samples in it.
   *
   * @param body of a request to {@code /auth} or {@code /kyc}
   */
  static InnerForm open(Incoming incoming, ObjectNode body, Gate gate, Instant now)
      throws RefusedException {
    InnerForm form = decrypt(body, gate);
    if (form.hasBiometrics()) {
      return form.with(gate.biometrics().open(form.biometrics().elements(), now));
    }
    int largest = gate.settings().largestBody();
    if (incoming.body().length > largest) {
      throw new RefusedException(Refusal.tooLarge(largest, incoming.body().length));
    }
    return form;
  }

  private static InnerForm decrypt(ObjectNode body, Gate gate) throws RefusedException {
    Member request = Member.of(body, "request");
    Member hmac = Member.of(body, "requestHMAC");
    Member sessionKey = Member.of(body, "requestSessionKey");
    Member thumbprint = Member.of(body, "thumbprint");
    if (List.of(request, hmac, sessionKey, thumbprint).stream().anyMatch(Member::wrongType)) {
      throw refused(IdaErrors.NOT_PROCESSED, Map.of());
    }
    Opening opening =
        gate.envelope()
            .open(
                new SealedRequest(
                    request.text(), hmac.text(), sessionKey.text(), thumbprint.text()),
                gate.keys());
    return switch (opening) {
      case Opening.Absent() -> NONE;
      case Opening.Opened(byte[] plain) ->
          Json.readObject(plain)
              .map(InnerForm::of)
              .orElseThrow(() ->
                  refused(
                      IdaErrors.NOT_PROCESSED, Map.of("expected", "a JSON object inside request")));
      case Opening.Refused(Opening.Fault fault) ->
          throw refused(error(fault), detail(fault, thumbprint));
    };
  }

  private static IdaError error(Opening.Fault fault) {
    return switch (fault) {
      case MISSING_REQUEST -> IdaErrors.missing("request");
      case DECODING -> IdaErrors.NOT_PROCESSED;
      case MISSING_HMAC -> IdaErrors.missing("requestHMAC");
      case MISSING_SESSION_KEY -> IdaErrors.missing("requestSessionKey");
      case MISSING_THUMBPRINT -> IdaErrors.missing("thumbprint");
      case UNKNOWN_KEY, UNDECRYPTABLE -> IdaErrors.UNDECRYPTABLE;
      case EXPIRED_KEY -> IdaErrors.KEY_EXPIRED;
      case HASH_MISMATCH -> IdaErrors.HASH_DIFFERS;
    };
  }

  /** The operator is told what the caller is not: which decryption fault it was. */
  private static Map<String, String> detail(Opening.Fault fault, Member thumbprint) {
    return fault == Opening.Fault.UNKNOWN_KEY
        ? Map.of("fault", fault.name(), "thumbprint received", Refusal.cut(thumbprint.orEmpty()))
        : Map.of("fault", fault.name());
  }

  private static RefusedException refused(IdaError error, Map<String, String> detail) {
    return new RefusedException(Refusal.filter("F7", error, detail));
  }

  private static InnerForm of(ObjectNode inner) {
    @Nullable JsonNode demographics = inner.get("demographics");
    return new InnerForm(
        true,
        Member.of(inner, "timestamp"),
        Member.of(inner, "otp"),
        Member.of(inner, "staticPin"),
        DemographicForm.of(demographics),
        BiometricForm.of(inner.get("biometrics")));
  }

  /** The same with what its biometrics hold. */
  private InnerForm with(List<Capture> captures) {
    return new InnerForm(present, timestamp, otp, pin, demographics, biometrics.opened(captures));
  }

  boolean hasOtp() {
    return present(otp);
  }

  boolean hasPin() {
    return present(pin);
  }

  boolean hasDemographics() {
    return !demographics.absent();
  }

  boolean hasBiometrics() {
    return !biometrics.elements().isEmpty();
  }

  boolean hasNoFactor() {
    return !hasOtp() && !hasPin() && !hasDemographics() && !hasBiometrics();
  }

  /** Members that should be strings and are not. */
  List<String> malformed() {
    return List.of(new Named("OTP", otp), new Named("pinValue", pin)).stream()
        .filter(named -> named.member().wrongType())
        .map(Named::name)
        .toList();
  }

  private record Named(String name, Member member) {}

  private static boolean present(Member member) {
    return member.wrongType() || member.filled().isPresent();
  }

  /** Without codes and claims. */
  @Override
  public String toString() {
    return "InnerForm[sealed]";
  }
}

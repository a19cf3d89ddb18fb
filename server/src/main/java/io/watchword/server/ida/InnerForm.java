package io.watchword.server.ida;

import java.util.List;
import java.util.Optional;
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

  static InnerForm of(ObjectNode inner) {
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
  InnerForm with(List<Capture> captures) {
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

  Optional<String> code() {
    return otp.filled();
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

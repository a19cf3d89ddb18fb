package io.watchword.server.ida;

import io.watchword.core.partner.Admitted;
import io.watchword.core.partner.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filter checks F11, what is asked must be allowed, and F12, what is mandatory must be there
 * (contract ida 6.2).
 */
final class PolicyChecks {

  private PolicyChecks() {}

  /** The refusal, or {@code null} if the policy agrees. */
  static @Nullable Refusal check(Operation operation, InnerForm inner, Admitted caller) {
    Policy policy = caller.policy();
    if (operation == Operation.OTP) {
      return policy.allows(Policy.Action.OTP_REQUEST)
          ? null
          : Refusal.filter(
              "F11",
              IdaErrors.of("IDA-MPA-005", "OTP Request Usage not allowed as per policy"),
              Map.of("policy", policy.id()));
    }
    if (operation == Operation.KYC && !policy.allows(Policy.Action.KYC)) {
      return Refusal.filter(
          "F11",
          IdaErrors.of("IDA-MPA-013", "Partner is unauthorised for eKYC"),
          Map.of("policy", policy.id()));
    }
    List<PolicyFactor> asked = PolicyFactor.asked(operation, inner);
    for (PolicyFactor factor : asked) {
      if (factor.biometric() && !inner.biometrics().fitDevices()) {
        return Refusal.filter("F11", IdaErrors.OTHER_DEVICE);
      }
      if (!factor.allowed(policy)) {
        return Refusal.filter(
            "F11", IdaErrors.usageNotAllowed(factor.refusedAs()), Map.of("policy", policy.id()));
      }
    }
    var missing = new ArrayList<>(policy.mandatory());
    missing.removeIf(action ->
        action == Policy.Action.OTP_REQUEST
            || asked.stream().anyMatch(factor -> factor.satisfies(action))
            || (action == Policy.Action.KYC && operation == Operation.KYC));
    return missing.isEmpty()
        ? null
        : Refusal.filter(
            "F12",
            IdaErrors.usageMandatory(PolicyFactor.mandatoryName(missing.getFirst())),
            Map.of("policy", policy.id()));
  }
}

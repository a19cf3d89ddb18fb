package io.watchword.server.ida;

import io.watchword.core.partner.Policy;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A factor of a request as policies name it (contract ida 6.2).
 *
 * @param action that the policy must allow; {@link Policy.Action#BIO} together with a modality
 * @param refusedAs its name in the refusal
 */
record PolicyFactor(Policy.Action action, String refusedAs) {

  /** F11, what is asked must be allowed, and F12, what is mandatory must be there. */
  static void check(Operation operation, InnerForm inner, Policy policy) throws RefusedException {
    if (operation == Operation.OTP) {
      if (!policy.allows(Policy.Action.OTP_REQUEST)) {
        throw refused(
            "F11",
            IdaErrors.of("IDA-MPA-005", "OTP Request Usage not allowed as per policy"),
            policy);
      }
      return;
    }
    if (operation == Operation.KYC && !policy.allows(Policy.Action.KYC)) {
      throw refused("F11", IdaErrors.of("IDA-MPA-013", "Partner is unauthorised for eKYC"), policy);
    }
    List<PolicyFactor> asked = asked(inner);
    for (PolicyFactor factor : asked) {
      if (factor.biometric() && !inner.biometrics().fitDevices()) {
        throw new RefusedException(Refusal.filter("F11", IdaErrors.OTHER_DEVICE));
      }
      if (!policy.allows(factor.action())) {
        throw refused("F11", IdaErrors.usageNotAllowed(factor.refusedAs()), policy);
      }
    }
    for (Policy.Action mandatory : policy.mandatory()) {
      boolean there =
          mandatory == Policy.Action.OTP_REQUEST
              || asked.stream().anyMatch(factor -> factor.satisfies(mandatory))
              || (mandatory == Policy.Action.KYC && operation == Operation.KYC);
      if (!there) {
        throw refused("F12", IdaErrors.usageMandatory(mandatoryName(mandatory)), policy);
      }
    }
  }

  private static RefusedException refused(String step, IdaError error, Policy policy) {
    return new RefusedException(Refusal.filter(step, error, Map.of("policy", policy.id())));
  }

  /** The factors that a request contains, in the order in which they are looked at. */
  private static List<PolicyFactor> asked(InnerForm inner) {
    var asked = new ArrayList<PolicyFactor>();
    if (inner.hasDemographics()) {
      asked.add(new PolicyFactor(Policy.Action.DEMO, "DEMO"));
    }
    if (inner.hasOtp()) {
      asked.add(new PolicyFactor(Policy.Action.OTP, "OTP"));
    }
    if (inner.hasPin()) {
      asked.add(new PolicyFactor(Policy.Action.PIN, "SPIN"));
    }
    for (String type : inner.biometrics().types()) {
      asked.add(new PolicyFactor(modality(type), "BIO-" + type.toUpperCase(Locale.ROOT)));
    }
    return asked;
  }

  /** Whether this factor is what a mandatory entry asks for. */
  private boolean satisfies(Policy.Action mandatory) {
    return switch (mandatory) {
      case BIO -> biometric();
      // This door knows no parts of the demographic factor.
      case DEMO_IDENTITY, DEMO_ADDRESS, DEMO_FULL_ADDRESS, DEMO_SECONDARY_LANGUAGE ->
          action == Policy.Action.DEMO;
      default -> action == mandatory;
    };
  }

  private boolean biometric() {
    return switch (action) {
      case BIO, BIO_FINGER, BIO_IRIS, BIO_FACE -> true;
      case OTP_REQUEST,
          OTP,
          DEMO,
          DEMO_IDENTITY,
          DEMO_ADDRESS,
          DEMO_FULL_ADDRESS,
          DEMO_SECONDARY_LANGUAGE,
          PIN,
          KYC ->
          false;
    };
  }

  private static String mandatoryName(Policy.Action action) {
    return switch (action) {
      case OTP_REQUEST -> "otp-request";
      case OTP -> "otp";
      case DEMO, DEMO_IDENTITY, DEMO_ADDRESS, DEMO_FULL_ADDRESS, DEMO_SECONDARY_LANGUAGE -> "demo";
      case PIN -> "pin";
      case BIO -> "bio";
      case BIO_FINGER -> "bio-FINGER";
      case BIO_IRIS -> "bio-IRIS";
      case BIO_FACE -> "bio-FACE";
      case KYC -> "kyc";
    };
  }

  /** An unknown modality is no policy's: it needs the general permission. */
  private static Policy.Action modality(String type) {
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "finger" -> Policy.Action.BIO_FINGER;
      case "iris" -> Policy.Action.BIO_IRIS;
      case "face" -> Policy.Action.BIO_FACE;
      default -> Policy.Action.BIO;
    };
  }
}

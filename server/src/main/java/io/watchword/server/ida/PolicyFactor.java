package io.watchword.server.ida;

import io.watchword.core.partner.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A factor of a request as policies name it (contract ida 6.2).
 *
 * @param action that the policy must allow; {@link Policy.Action#BIO} together with a modality
 * @param refusedAs its name in the refusal
 */
record PolicyFactor(Policy.Action action, String refusedAs) {

  /** The factors that a request contains, in the order in which they are looked at. */
  static List<PolicyFactor> asked(Operation operation, InnerForm inner) {
    var asked = new ArrayList<PolicyFactor>();
    if (operation == Operation.OTP) {
      return asked;
    }
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

  boolean allowed(Policy policy) {
    return policy.allows(action);
  }

  /** Whether this factor is what a mandatory entry asks for. */
  boolean satisfies(Policy.Action mandatory) {
    return action == mandatory || (mandatory == Policy.Action.BIO && biometric());
  }

  boolean biometric() {
    return switch (action) {
      case BIO, BIO_FINGER, BIO_IRIS, BIO_FACE -> true;
      case OTP_REQUEST, OTP, DEMO, PIN, KYC -> false;
    };
  }

  static String mandatoryName(Policy.Action action) {
    return switch (action) {
      case OTP_REQUEST -> "otp-request";
      case OTP -> "otp";
      case DEMO -> "demo";
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

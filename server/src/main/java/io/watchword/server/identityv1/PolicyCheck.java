package io.watchword.server.identityv1;

import io.watchword.core.individual.Modality;
import io.watchword.core.partner.Policy;
import io.watchword.core.partner.Policy.Action;
import io.watchword.wire.identityv1.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a policy allows and demands of a request (contract identity-v1 10.2, steps 8 and 9). */
final class PolicyCheck {

  private PolicyCheck() {}

  static void send(Policy policy) throws Refused {
    if (!policy.allows(Action.OTP_REQUEST)) {
      throw new Refused(Faults.of("IDA-MPA-005", "OTP Request Usage not allowed as per policy"));
    }
  }

  /**
   * @param groups of demographic data that are given: {@code pi}, {@code ad}, {@code fad}, and
   *     whether any is in the secondary language
   * @param modalities that are declared
   */
  static void authenticate(Policy policy, Flags flags, Set<String> groups, Set<Modality> modalities)
      throws Refused {
    Map<Action, String> asked = asked(flags, groups, modalities);
    for (Map.Entry<Action, String> each : asked.entrySet()) {
      if (!allows(policy, each.getKey())) {
        throw new Refused(
            Faults.of(
                "IDA-MPA-006",
                each.getValue() + " Authentication Usage not allowed as per policy"));
      }
    }
    for (Action mandatory : policy.mandatory()) {
      if (!satisfied(mandatory, asked.keySet(), flags)) {
        throw new Refused(mandatory(mandatory));
      }
    }
  }

  private static Map<Action, String> asked(
      Flags flags, Set<String> groups, Set<Modality> modalities) {
    Map<Action, String> asked = new LinkedHashMap<>();
    if (flags.otp()) {
      asked.put(Action.OTP, "otp");
    }
    if (flags.demo()) {
      if (groups.isEmpty()) {
        asked.put(Action.DEMO, "demo");
      }
      for (String group : groups) {
        asked.put(
            switch (group) {
              case "ad" -> Action.DEMO_ADDRESS;
              case "fad" -> Action.DEMO_FULL_ADDRESS;
              case DemographicForm.SECONDARY -> Action.DEMO_SECONDARY_LANGUAGE;
              default -> Action.DEMO_IDENTITY;
            },
            "demo - " + group);
      }
    }
    if (flags.bio()) {
      for (Modality modality : modalities) {
        switch (modality) {
          case FINGER -> asked.put(Action.BIO_FINGER, "bio - FMR");
          case IRIS -> asked.put(Action.BIO_IRIS, "bio - IIR");
          case FACE -> asked.put(Action.BIO_FACE, "bio - FID");
        }
      }
    }
    if (flags.pin()) {
      asked.put(Action.PIN, "pin");
    }
    return asked;
  }

  private static boolean allows(Policy policy, Action action) {
    return policy.allows(action)
        || switch (action) {
          case DEMO_IDENTITY, DEMO_ADDRESS, DEMO_FULL_ADDRESS, DEMO_SECONDARY_LANGUAGE ->
              policy.allows(Action.DEMO);
          case BIO_FINGER, BIO_IRIS, BIO_FACE -> policy.allows(Action.BIO);
          case OTP_REQUEST, OTP, DEMO, PIN, BIO, KYC -> false;
        };
  }

  private static boolean satisfied(Action mandatory, Set<Action> asked, Flags flags) {
    return switch (mandatory) {
      case OTP_REQUEST -> true;
      case KYC -> flags.kyc();
      case DEMO -> flags.demo();
      case BIO -> flags.bio();
      default -> asked.contains(mandatory);
    };
  }

  private static Fault mandatory(Action action) {
    String name =
        switch (action) {
          case OTP_REQUEST -> "otp-request";
          case OTP -> "otp";
          case DEMO -> "demo";
          case DEMO_IDENTITY -> "demo - pi";
          case DEMO_ADDRESS -> "demo - ad";
          case DEMO_FULL_ADDRESS -> "demo - fad";
          case DEMO_SECONDARY_LANGUAGE -> "demo - " + DemographicForm.SECONDARY;
          case PIN -> "pin";
          case BIO -> "bio";
          case BIO_FINGER -> "bio - FMR";
          case BIO_IRIS -> "bio - IIR";
          case BIO_FACE -> "bio - FID";
          case KYC -> "kyc";
        };
    return Faults.of("IDA-MPA-015", name + " Authentiation Usage is mandatory as per policy");
  }
}

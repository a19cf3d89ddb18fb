package io.watchword.server.identityv1;

import io.watchword.core.partner.Policy;
import io.watchword.server.settings.IdentityV1DoorSettings;
import tools.jackson.databind.JsonNode;

/**
 * What a KYC asks for besides the data (contract identity-v1 3.1 and 9).
 *
 * @param print whether a printable card is wanted
 * @param secondaryLanguage whether texts are wanted in that language too
 */
record KycForm(boolean print, boolean secondaryLanguage) {

  /** Shapes that end a request wherever it stands otherwise. */
  static void shape(Node body) throws Refused {
    Node asked = body.object("kycMetadata");
    boolean _ = asked.flag("consentRequired");
    boolean _ = asked.flag("secLangRequired");
  }

  /** Contract identity-v1 3.2, step 7, and 9.1: the first fault only. */
  static KycForm of(Node body, Flags flags, Policy policy, IdentityV1DoorSettings settings)
      throws Refused {
    Node asked = body.object("kycMetadata");
    if (!asked.flag("consentRequired")) {
      throw new Refused(Faults.NO_CONSENT);
    }
    JsonNode print = asked.get("ePrintRequired").json();
    if (print != null && !print.isBoolean()) {
      throw new Refused(Faults.BAD_PRINT);
    }
    if (flags.factors().stream().noneMatch(settings.kyc().factors()::contains)) {
      throw new Refused(Faults.KYC_FACTOR);
    }
    if (!policy.allows(Policy.Action.KYC)) {
      throw new Refused(Faults.NO_KYC);
    }
    return new KycForm(print != null && print.booleanValue(), asked.flag("secLangRequired"));
  }
}

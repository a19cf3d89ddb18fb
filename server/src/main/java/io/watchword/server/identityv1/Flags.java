package io.watchword.server.identityv1;

import io.watchword.server.settings.IdentityV1DoorSettings;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What {@code requestedAuth} asks for (contract identity-v1 3.1).
 *
 * @param kyc is no factor of its own
 */
record Flags(boolean demo, boolean bio, boolean otp, boolean pin, boolean kyc) {

  static Flags of(Node body) throws Refused {
    Node asked = body.object("requestedAuth");
    return new Flags(
        asked.flag("demo"),
        asked.flag("bio"),
        asked.flag("otp"),
        asked.flag("pin"),
        asked.flag("kyc"));
  }

  /** The factors, as settings name them. */
  Set<String> factors() {
    Set<String> factors = new LinkedHashSet<>();
    if (otp) {
      factors.add("otp");
    }
    if (demo) {
      factors.add("demo");
    }
    if (bio) {
      factors.add("bio");
    }
    if (pin) {
      factors.add("pin");
    }
    return factors;
  }

  /** Contract identity-v1 3.2, step 5. */
  void check(IdentityV1DoorSettings settings) throws Refused {
    if (factors().isEmpty()) {
      throw new Refused(Faults.NO_FACTOR);
    }
    if (!settings.factors().containsAll(factors())) {
      throw new Refused(Faults.UNSUPPORTED);
    }
  }
}

package io.watchword.server.authmanager;

import io.helidon.http.Status;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Refused;
import io.watchword.wire.kernel.KernelError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Codes and texts of contract kernel E.1 and E.2 that more than one call answers. Texts are
 * literal, spelling mistakes included: clients compare them.
 */
final class KernelCodes {

  static final KernelError NO_USER = new KernelError("KER-ATH-003", "User Detail doesn't exist");
  static final KernelError LOCKED =
      new KernelError("KER-SOT-008", "Not able to Generate OTP for a frozen Account/locked UIN");
  static final KernelError NOT_SENT = new KernelError("KER-SOT-007", "Could not generate/send OTP");

  private KernelCodes() {}

  static Refused refused(KernelError error) {
    return new Refused(Status.OK_200, List.of(error));
  }

  static Refused noApplication(@Nullable String name) {
    return new Refused("KER-ATH-026", "Realm not found:: " + told(name));
  }

  static Refused blank(String member) {
    return new Refused("KER-ATH-019", "request." + member + " must not be blank");
  }

  static Refused severalChannels(Dialect dialect) {
    return switch (dialect) {
      case SEED ->
          new Refused(
              "AUTH_ERR_MULTIPLE_CHANNELS", "Multiple channels are not supported in your module.");
      case KERNEL ->
          new Refused("KER-ATH-401", "Multiple channels are not supported for this application ");
    };
  }

  /**
   * @param both whether neither channel is in use
   */
  static Refused channelsOff(boolean both) {
    return both
        ? new Refused(
            "KER-SOT-006",
            "Email and SMS could not be triggered as it is not a configured channel for"
                + " notification")
        : new Refused(
            "KER-SOT-004",
            "SMS could not be triggered as it is not a configured channel for notification");
  }

  /** HTTP 500, where the deployed services answer so to a request that is not in order. */
  static Refused unforeseen(String what) {
    return new Refused(Status.INTERNAL_SERVER_ERROR_500, "500", what);
  }

  private static String told(@Nullable String name) {
    return name == null || name.length() <= 64 ? String.valueOf(name) : name.substring(0, 64);
  }
}

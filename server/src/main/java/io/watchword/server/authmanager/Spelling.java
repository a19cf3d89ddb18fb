package io.watchword.server.authmanager;

import io.watchword.core.code.CodeRefusal;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.session.LogInRefusal;
import io.watchword.server.http.Overloaded;
import io.watchword.server.kernel.Dialect;
import io.watchword.server.kernel.Refused;
import io.watchword.wire.kernel.StatusReply;
import java.util.Set;

/**
 * How this wire format spells what the core refuses. Some refusals are errors, others answers with
 * the status {@code failure}. The switches have no {@code default}: a new refusal does not compile
 * until it is spelled here.
 */
record Spelling(Dialect dialect) {

  private static final StatusReply BLOCKED = StatusReply.failure("USER_BLOCKED");

  /** The answer to {@code sendotp}. */
  StatusReply refused(SendRefusal refusal) throws Refused {
    return switch (refusal) {
      case SendRefusal.NotServed(StandingRefusal why) -> throw notServed(why);
      case SendRefusal.Locked _ -> throw KernelCodes.refused(KernelCodes.LOCKED);
      case SendRefusal.Frozen() ->
          switch (dialect) {
            case SEED -> throw KernelCodes.refused(KernelCodes.LOCKED);
            case KERNEL -> BLOCKED;
          };
      case SendRefusal.NoAddress(Set<Channel> missing) -> throw noAddress(missing);
      case SendRefusal.ChannelsStopped(Set<Channel> channels) ->
          throw KernelCodes.channelsOff(channels.size() > 1);
      case SendRefusal.TooMany _, SendRefusal.NotTaken() ->
          throw KernelCodes.refused(KernelCodes.NOT_SENT);
    };
  }

  private Refused notServed(StandingRefusal refusal) {
    return switch (refusal) {
      case StandingRefusal.Unknown _, StandingRefusal.Gone _, StandingRefusal.VidExpired() ->
          noUser();
      case StandingRefusal.Deactivated(),
          StandingRefusal.VidOfDeactivated(),
          StandingRefusal.Blocked _ ->
          KernelCodes.refused(KernelCodes.LOCKED);
    };
  }

  private Refused noUser() {
    return switch (dialect) {
      case SEED -> new Refused("AUTH_ERR_USER_NOT_FOUND", "The passed in user is not found");
      case KERNEL -> KernelCodes.refused(KernelCodes.NO_USER);
    };
  }

  private Refused noAddress(Set<Channel> missing) {
    return switch (dialect) {
      case SEED -> new Refused("AUTH_ERR_CHANNELPATH_NOT_FOUND", "The passed in user is not found");
      case KERNEL -> {
        if (missing.size() > 1) {
          yield new Refused("KER-SOT-003", "Both Phone No and E-mail not registered");
        }
        yield missing.contains(Channel.PHONE)
            ? new Refused("KER-SOT-001", "Phone No not registered")
            : new Refused("KER-SOT-002", "Email not registered");
      }
    };
  }

  /** The answer to a code that is not right. */
  StatusReply wrongCode() throws Refused {
    return switch (dialect) {
      case SEED -> throw new Refused("AUTH_ERR_INVALIDOTP", "The passed in OTP is invalid");
      case KERNEL -> StatusReply.failure("VALIDATION_UNSUCCESSFUL");
    };
  }

  /** The answer to a code that got no answer. */
  StatusReply refusedCode(LogInRefusal refusal) throws Refused {
    return switch (refusal) {
      case LogInRefusal.NotServed(StandingRefusal why) ->
          switch (why) {
            case StandingRefusal.Unknown _, StandingRefusal.Gone _, StandingRefusal.VidExpired() ->
                throw KernelCodes.refused(KernelCodes.NO_USER);
            case StandingRefusal.Deactivated(),
                StandingRefusal.VidOfDeactivated(),
                StandingRefusal.Blocked _ ->
                BLOCKED;
          };
      case LogInRefusal.Locked _, LogInRefusal.Shut() -> BLOCKED;
      case LogInRefusal.NoAnswer(CodeRefusal why) -> noAnswer(why);
      case LogInRefusal.Busy() -> throw new Overloaded("too many passwords at the same time");
    };
  }

  private StatusReply noAnswer(CodeRefusal refusal) throws Refused {
    return switch (refusal) {
      case CodeRefusal.Frozen() -> BLOCKED;
      case CodeRefusal.Expired() ->
          switch (dialect) {
            case SEED -> throw new Refused("AUTH_ERR_EXPIREDOTP", "The passed OTP is expired");
            case KERNEL -> StatusReply.failure("OTP_EXPIRED");
          };
      case CodeRefusal.NoCode(),
          CodeRefusal.OtherCaller(),
          CodeRefusal.OtherIdentifierType(),
          CodeRefusal.OtherTransaction() ->
          throw new Refused(
              "KER-OTV-005", "Validation can't be performed against this key. Generate OTP first.");
    };
  }

  /** The answer to a password that is not right. */
  Refused wrongPassword() {
    return switch (dialect) {
      case SEED ->
          new Refused("AUTH_ERR_INVALIDCREDENTIALS", "The passed in credentials is not correct");
      case KERNEL -> new Refused("KER-ATH-023", "Invalid Credentials");
    };
  }

  /** The answer to a password that was not compared: too many tries are told, nothing else is. */
  StatusReply refusedPassword(LogInRefusal refusal) throws Refused {
    return switch (refusal) {
      case LogInRefusal.Shut() -> BLOCKED;
      case LogInRefusal.NotServed _, LogInRefusal.Locked _, LogInRefusal.NoAnswer _ ->
          throw wrongPassword();
      case LogInRefusal.Busy() -> throw new Overloaded("too many passwords at the same time");
    };
  }

  /** The answer to a client's secret that is not right. */
  Refused wrongSecret() {
    return switch (dialect) {
      case SEED ->
          new Refused(
              "AUTH_ERR_INVALIDCLIENTIDCREDENTIALS", "The passed in credentials is not correct");
      case KERNEL -> KernelCodes.unforeseen("401 Unauthorized: invalid client credentials");
    };
  }

  /** The answer to a client's secret that was not compared. */
  Refused refusedSecret(LogInRefusal refusal) {
    return switch (refusal) {
      case LogInRefusal.Shut(),
          LogInRefusal.NotServed _,
          LogInRefusal.Locked _,
          LogInRefusal.NoAnswer _ ->
          wrongSecret();
      case LogInRefusal.Busy() -> throw new Overloaded("too many passwords at the same time");
    };
  }

  /** Where only the source document's vocabulary knows an unknown application. */
  Refused noApplication(String name) {
    return switch (dialect) {
      case SEED ->
          new Refused("AUTH_ERR_INVALIDAPPID", "The passed in application ID is not correct");
      case KERNEL -> KernelCodes.noApplication(name);
    };
  }
}

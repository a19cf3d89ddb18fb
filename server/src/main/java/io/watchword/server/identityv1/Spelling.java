package io.watchword.server.identityv1;

import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.partner.TspAdmission;
import io.watchword.server.http.Overloaded;
import io.watchword.wire.identityv1.Fault;
import java.util.List;

/**
 * How this wire format spells what the core refuses. The switches have no {@code default}: a new
 * refusal does not compile until it is spelled here.
 *
 * @param primary ISO 639-3 code of the primary language
 */
record Spelling(String primary) {

  /** Contract identity-v1 10.2. */
  static Fault refused(TspAdmission.Refusal refusal) {
    return switch (refusal) {
      case LICENCE_UNKNOWN ->
          Faults.of("IDA-MPA-007", "License key does not belong to a registered MISP");
      case LICENCE_EXPIRED -> Faults.of("IDA-MPA-008", "License key of MISP has expired");
      case LICENCE_SUSPENDED -> Faults.of("IDA-MPA-011", "License key of MISP is suspended");
      case LICENCE_BLOCKED -> Faults.of("IDA-MPA-017", "License key of MISP is blocked");
      case NOT_REGISTERED -> Faults.of("IDA-MPA-009", "Partner is not registered");
      case PARTNER_INACTIVE -> partnerDeactivated();
      case NOT_MAPPED -> Faults.of("IDA-MPA-010", "MISP and Partner not mapped");
      case NO_POLICY -> Faults.of("IDA-MPA-014", "Partner is not assigned with any policy");
    };
  }

  private static Fault partnerDeactivated() {
    return Faults.of("IDA-MPA-012", "Partner is deactivated");
  }

  /** Contract identity-v1 2.2. */
  static Fault refused(SendRefusal refusal) {
    return switch (refusal) {
      case SendRefusal.NotServed(StandingRefusal why) -> standing(why);
      case SendRefusal.Locked _ -> Faults.SEND_LOCKED;
      case SendRefusal.TooMany _ -> Faults.TOO_MANY_CODES;
      case SendRefusal.NoAddress _ -> Faults.NO_ADDRESS;
      case SendRefusal.Frozen() -> Faults.SEND_LOCKED;
      case SendRefusal.ChannelsStopped _, SendRefusal.NotTaken() -> Faults.NOT_SENT;
    };
  }

  /** Contract identity-v1 3.3. */
  static Fault refused(AuthenticationRefusal refusal) {
    return switch (refusal) {
      case AuthenticationRefusal.NotServed(StandingRefusal why) -> standing(why);
      // The format knows no locks by the person, and no rules for children.
      case AuthenticationRefusal.Locked _, AuthenticationRefusal.DeniedToChild _ ->
          Faults.UNSUPPORTED;
      case AuthenticationRefusal.NoBirthDate(),
          AuthenticationRefusal.NotJudged _,
          AuthenticationRefusal.NoPortrait() ->
          Faults.NO_DATA;
      case AuthenticationRefusal.OtherTransaction(),
          AuthenticationRefusal.OtherIdentifierType(),
          AuthenticationRefusal.OtherCaller() ->
          Faults.OTHER_TRANSACTION;
      case AuthenticationRefusal.NoCode() -> Faults.WRONG_CODE;
      case AuthenticationRefusal.Frozen() -> Faults.CHECK_LOCKED;
      case AuthenticationRefusal.CodeExpired() -> Faults.CODE_EXPIRED;
      case AuthenticationRefusal.NotEnrolled _ -> Faults.NOT_ENROLLED;
      case AuthenticationRefusal.MatcherFault _ -> Faults.NOT_PROCESSED;
      case AuthenticationRefusal.NotCompared() ->
          throw new Overloaded("too many secrets are being compared");
    };
  }

  /** Contract identity-v1 7.4. */
  static Fault standing(StandingRefusal refusal) {
    return switch (refusal) {
      case StandingRefusal.Unknown(IdentifierType type) ->
          type == IdentifierType.VID ? Faults.BAD_VID : Faults.BAD_UIN;
      case StandingRefusal.Gone(IdentifierType type) ->
          type == IdentifierType.VID ? Faults.VID_EXPIRED : Faults.DEACTIVATED;
      case StandingRefusal.Deactivated() -> Faults.DEACTIVATED;
      case StandingRefusal.VidExpired() -> Faults.VID_EXPIRED;
      case StandingRefusal.VidOfDeactivated() -> Faults.VID_OF_DEACTIVATED;
      case StandingRefusal.Blocked(HotListed.Subject subject) ->
          subject == HotListed.Subject.PARTNER ? partnerDeactivated() : Faults.DEACTIVATED;
    };
  }

  /** In the order in which they were found, each once. */
  List<Fault> mismatched(List<Mismatch> mismatches) {
    return mismatches.stream().map(this::mismatched).distinct().toList();
  }

  private Fault mismatched(Mismatch mismatch) {
    return switch (mismatch) {
      case Mismatch.WrongCode() -> Faults.WRONG_CODE;
      case Mismatch.WrongClaim(Claim claim) -> DemographicForm.mismatched(claim, primary);
      case Mismatch.WrongBiometrics(Modality modality) ->
          switch (modality) {
            case FINGER -> Faults.of("IDA-BIA-001", "Biometric data - fgerMin did not match");
            case IRIS -> Faults.of("IDA-BIA-015", "Biometric data - IrisImg did not match");
            case FACE -> Faults.of("IDA-BIA-018", "Biometric data - FID did not match");
          };
      case Mismatch.WrongPin() -> Faults.WRONG_PIN;
    };
  }
}

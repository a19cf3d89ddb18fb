package io.watchword.server.ida;

import io.watchword.core.authentication.AuthenticationRefusal;
import io.watchword.core.authentication.Claim;
import io.watchword.core.authentication.DemographicResult;
import io.watchword.core.authentication.Mismatch;
import io.watchword.core.code.SendRefusal;
import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.StandingRefusal;
import io.watchword.core.partner.AdmissionRefusal;
import io.watchword.server.http.Overloaded;
import io.watchword.wire.ida.IdaError;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How this wire format spells what the core refuses. The switches have no {@code default}: a new
 * refusal does not compile until it is spelled here.
 */
final class Spelling {

  private final IdentityMapping mapping;

  Spelling(IdentityMapping mapping) {
    this.mapping = mapping;
  }

  static IdaError refused(AdmissionRefusal refusal) {
    return switch (refusal) {
      case NOT_REGISTERED -> IdaErrors.of("IDA-MPA-009", "Partner is not registered");
      case PARTNER_INACTIVE, API_KEY_INACTIVE ->
          IdaErrors.of("IDA-MPA-012", "Partner is deactivated");
      case POLICY_DELETED ->
          IdaErrors.of("IDA-MPA-018", "Policy ID does not belong to a registered Partner");
      case POLICY_INACTIVE -> IdaErrors.of("IDA-MPA-019", "Partner policy is not active");
      case API_KEY_OUTSIDE_ITS_TIME ->
          IdaErrors.of(
              "IDA-MPA-039", "Partner API is expired or using before Commence Start Date.");
      case OTHER_CERTIFICATE ->
          IdaErrors.of(
              "IDA-MPA-021",
              "Partner (Auth) Certificate not matching with signature header certificate.");
      case LICENCE_UNKNOWN ->
          IdaErrors.of("IDA-MPA-007", "License key does not belong to a registered MISP");
      case LICENCE_INACTIVE -> IdaErrors.of("IDA-MPA-017", "License key of MISP is blocked");
      case LICENCE_EXPIRED -> IdaErrors.of("IDA-MPA-008", "License key of MISP has expired");
    };
  }

  IdaError refused(SendRefusal refusal) {
    return switch (refusal) {
      case SendRefusal.NotServed(StandingRefusal why) -> standing(why);
      // The published server looks for "otp-sms"; the lock itself is called otp-phone.
      case SendRefusal.Locked(String factor) ->
          IdaErrors.locked(factor.equals("otp-phone") ? "otp-sms" : factor);
      case SendRefusal.TooMany _ -> IdaErrors.of("IDA-OTA-001", "Innumerous OTP requests received");
      case SendRefusal.NoAddress(Set<Channel> asked) -> noAddress(asked);
      case SendRefusal.Frozen() -> IdaErrors.FROZEN;
      case SendRefusal.ChannelsStopped _, SendRefusal.NotTaken() -> IdaErrors.NOT_SENT;
    };
  }

  IdaError refused(AuthenticationRefusal refusal) {
    return switch (refusal) {
      case AuthenticationRefusal.NotServed(StandingRefusal why) -> standing(why);
      case AuthenticationRefusal.DeniedToChild(String factor) ->
          IdaErrors.of("IDA-MLC-011", "Unsupported Authentication Type for child - " + factor);
      case AuthenticationRefusal.NoBirthDate() -> IdaErrors.notAvailable("dateOfBirth");
      case AuthenticationRefusal.Locked(String factor) -> IdaErrors.locked(factor);
      case AuthenticationRefusal.OtherTransaction() ->
          IdaErrors.of(
              "IDA-OTA-005", "Input transactionID does not match transactionID of OTP Request");
      case AuthenticationRefusal.OtherIdentifierType() ->
          IdaErrors.of(
              "IDA-OTA-010", "Input Identity Type does not match Identity Type of OTP Request");
      case AuthenticationRefusal.OtherCaller() ->
          IdaErrors.of("IDA-OTA-011", "Input Partner-ID does not match Partner-ID of OTP Request");
      case AuthenticationRefusal.NoCode() ->
          IdaErrors.of(
              "IDA-OTA-012",
              "OTP validation can't be performed against this Individual-ID. Generate OTP"
                  + " first.");
      case AuthenticationRefusal.Frozen() -> IdaErrors.FROZEN;
      case AuthenticationRefusal.CodeExpired() ->
          new IdaError(
              "IDA-OTA-003",
              "OTP has expired",
              "Please regenerate OTP and try again after sometime");
      case AuthenticationRefusal.NotJudged(DemographicResult.Stopped why) -> notJudged(why);
      case AuthenticationRefusal.NotEnrolled(Modality modality) ->
          IdaErrors.of("IDA-BIA-006", "Biometric data " + modality + " not available in database");
      case AuthenticationRefusal.MatcherFault _ ->
          IdaErrors.of("IDA-BIA-018", "Unable to Process the Request due to a Technical Issue");
      case AuthenticationRefusal.NotCompared() ->
          throw new Overloaded("too many secrets are being compared");
      case AuthenticationRefusal.NoPortrait() ->
          IdaErrors.of("IDA-BIA-006", "Biometric data FACE not available in database");
    };
  }

  List<IdaError> mismatched(List<Mismatch> mismatches) {
    boolean several =
        mismatches.stream().filter(each -> each instanceof Mismatch.WrongBiometrics).count() > 1;
    return mismatches.stream().map(each -> mismatched(each, several)).distinct().toList();
  }

  private IdaError mismatched(Mismatch mismatch, boolean several) {
    return switch (mismatch) {
      case Mismatch.WrongCode() ->
          new IdaError("IDA-OTA-004", "OTP is invalid", "Please provide correct OTP value");
      case Mismatch.WrongClaim(Claim claim) -> {
        String what = told(claim);
        yield new IdaError(
            "IDA-DEA-001",
            "Demographic data " + what + " did not match",
            "Please re-enter your " + what);
      }
      case Mismatch.WrongBiometrics(Modality modality) ->
          new IdaError(
              "IDA-BIA-001",
              "Biometric data" + (several ? "" : " - " + type(modality)) + " did not match",
              "Please give your biometrics again");
      case Mismatch.WrongPin() ->
          new IdaError("IDA-SPA-001", "Pin value did not match", "Please re-enter your pin");
    };
  }

  private static String type(Modality modality) {
    return switch (modality) {
      case FINGER -> "Finger";
      case IRIS -> "Iris";
      case FACE -> "Face";
    };
  }

  private static IdaError standing(StandingRefusal refusal) {
    return switch (refusal) {
      case StandingRefusal.Unknown(var type) -> IdaErrors.notAvailable(type.name());
      case StandingRefusal.Gone(var type) -> IdaErrors.notAvailable(type.name());
      case StandingRefusal.Deactivated() ->
          IdaErrors.of("IDA-MLC-022", "UIN is deactivated/blocked");
      case StandingRefusal.VidExpired(), StandingRefusal.VidOfDeactivated() ->
          IdaErrors.of("IDA-MLC-023", "VID is expired/deactivated");
      case StandingRefusal.Blocked(HotListed.Subject subject) ->
          IdaErrors.blocked(
              switch (subject) {
                case INDIVIDUAL -> "individualId";
                case PARTNER -> "partnerId";
                case DEVICE -> "deviceCode";
                case DEVICE_PROVIDER -> "deviceProviderId";
              });
    };
  }

  private static IdaError noAddress(Set<Channel> asked) {
    String what =
        asked.size() > 1
            ? "Both Phone Number and Email ID are"
            : asked.contains(Channel.PHONE) ? "Phone Number is" : "Email ID is";
    return IdaErrors.of(
        IdaErrors.NOT_SENT.errorCode(),
        IdaErrors.NOT_SENT.errorMessage() + ". " + what + " not found in identity data.");
  }

  private IdaError notJudged(DemographicResult.Stopped why) {
    return switch (why) {
      case DemographicResult.Missing(Claim claim) ->
          IdaErrors.of(
              "IDA-DEA-003", "Demographic data " + told(claim) + " not available in database");
      case DemographicResult.UnparsableClaim(Claim claim) ->
          IdaErrors.invalid("request/demographics/" + claim.member());
      case DemographicResult.UnreadableStored _ ->
          IdaErrors.of("IDA-IDV-001", "Input Data Validation Failed");
      case DemographicResult.WithoutLanguage(Claim claim) ->
          claim.language() == null
              ? IdaErrors.missing(claim.member() + ": language")
              : IdaErrors.invalid(claim.member() + ": language");
      case DemographicResult.UnsupportedLanguage(Claim claim) ->
          IdaErrors.of(
              "IDA-DEA-002",
              "Unsupported Language Code - "
                  + claim.language()
                  + " for attribute "
                  + claim.member());
    };
  }

  private String told(Claim claim) {
    return mapping.told(claim.member())
        + Optional.ofNullable(claim.language()).map(language -> " in " + language).orElse("");
  }
}

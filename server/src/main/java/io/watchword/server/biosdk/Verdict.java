package io.watchword.server.biosdk;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.wire.biosdk.Answer;
import io.watchword.wire.biosdk.MatchDecision;
import io.watchword.wire.biosdk.MatchDecision.Decision;
import io.watchword.wire.biosdk.Reply;
import io.watchword.wire.biosdk.ServiceError;
import io.watchword.wire.cbeff.BiometricType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reply to {@code /match} means (contract biosdk 6, right column). Whatever the reply is,
 * only {@code MATCHED} inside a 2xx is a match.
 *
 * @param result for the core
 * @param note for the log, of fixed words and numbers only; empty: nothing to note
 * @param answered whether the service did its part, so that it may be asked again
 */
record Verdict(Result result, String note, boolean answered) {

  /** A status code that says that the given data could not be compared. */
  private static final int FIRST_OF_DATA = Answer.INVALID_INPUT;

  private static final int LAST_OF_DATA = Answer.POOR_QUALITY;

  static Verdict of(Reply<MatchDecision[]> reply, BiometricType type) {
    return switch (reply) {
      case Reply.Unreadable<MatchDecision[]>() -> silent("the reply is unreadable");
      // Hostile captures may bring an SDK to this: it is no reason not to ask it for others.
      case Reply.Faulty<MatchDecision[]>(List<ServiceError> errors) ->
          fault("the service tells of an error" + known(errors));
      case Reply.Answered<MatchDecision[]>(Integer code, MatchDecision[] decisions) ->
          of(code, decisions, type);
    };
  }

  /** The service did not answer, or not in the contract's form. */
  static Verdict silent(String reason) {
    return new Verdict(new Result.TechnicalFault(reason), reason, false);
  }

  private static Verdict of(
      @Nullable Integer code, MatchDecision @Nullable [] decisions, BiometricType type) {
    if (code == null) {
      return fault("there is no status code");
    }
    if (code >= FIRST_OF_DATA && code <= LAST_OF_DATA) {
      return different("status code " + code);
    }
    if (!Answer.isSuccess(code)) {
      return fault("status code " + code);
    }
    if (decisions == null) {
      return different("success without a response");
    }
    if (decisions.length != 1 || decisions[0] == null || decisions[0].galleryIndex() != 0) {
      return fault("not one decision for the one record");
    }
    var byType = decisions[0].decisions();
    if (byType == null) {
      return fault("there are no decisions");
    }
    Decision decision = byType.get(type);
    if (decision == null) {
      return different("no decision of the modality");
    }
    return switch (decision.outcome()) {
      case MATCHED -> new Verdict(new Result.Matched(), "", true);
      case NOT_MATCHED -> different("");
      case ERROR -> different("not comparable");
      case null -> different("a decision without its outcome");
    };
  }

  private static Verdict different(String note) {
    return new Verdict(new Result.Different(), note, true);
  }

  private static Verdict fault(String reason) {
    return new Verdict(new Result.TechnicalFault(reason), reason, true);
  }

  /** Texts of the service may hold what it stumbled over: only codes of the contract are told. */
  private static String known(List<ServiceError> errors) {
    String code = errors.getFirst().code();
    return Arrays.stream(ServiceError.Code.values()).anyMatch(each -> each.name().equals(code))
        ? " " + code
        : "";
  }
}

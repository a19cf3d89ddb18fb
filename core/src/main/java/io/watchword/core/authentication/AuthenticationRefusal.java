package io.watchword.core.authentication;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.StandingRefusal;

/**
 * Why an authentication ended without an answer about the person. A factor that was compared and
 * differs is not a refusal but an answer: {@link Authenticate.Mismatched}.
 */
public sealed interface AuthenticationRefusal {

  /** The person is not served. */
  record NotServed(StandingRefusal why) implements AuthenticationRefusal {}

  /**
   * The person is a child and the factor is denied to children.
   *
   * @param factor such as {@code otp}
   */
  record DeniedToChild(String factor) implements AuthenticationRefusal {}

  /** Whether the person is a child cannot be told. */
  record NoBirthDate() implements AuthenticationRefusal {}

  /**
   * The person has locked the factor.
   *
   * @param factor lock code
   */
  record Locked(String factor) implements AuthenticationRefusal {}

  /** No code was sent to this person under this transaction. */
  record OtherTransaction() implements AuthenticationRefusal {}

  /** The transaction's code was asked for with another type of identifier. */
  record OtherIdentifierType() implements AuthenticationRefusal {}

  /** The transaction's code was asked for by another caller. */
  record OtherCaller() implements AuthenticationRefusal {}

  /** There is no code to compare with: none asked for, or it was used. */
  record NoCode() implements AuthenticationRefusal {}

  /** Nothing of this modality is on file. */
  record NotEnrolled(Modality modality) implements AuthenticationRefusal {}

  /**
   * The captures could not be compared, through no fault of the person.
   *
   * @param reason for the operator; nothing of the person
   */
  record MatcherFault(Modality modality, String reason) implements AuthenticationRefusal {}

  /** Too much else was being compared; no try is spent, and the same request may come again. */
  record NotCompared() implements AuthenticationRefusal {}

  /** Too many wrong factors; nothing was compared, or this was the last wrong one. */
  record Frozen() implements AuthenticationRefusal {}

  /** The code is right but late; it is consumed. */
  record CodeExpired() implements AuthenticationRefusal {}

  /** A claim could not be judged. */
  record NotJudged(DemographicResult.Stopped why) implements AuthenticationRefusal {}

  /** The face picture that the policy gives out is not on file. */
  record NoPortrait() implements AuthenticationRefusal {}
}

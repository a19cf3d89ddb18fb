package io.watchword.core.authentication;

import io.watchword.core.individual.Modality;

/** A factor that was compared and differs. */
public sealed interface Mismatch {

  /** The code is not the one that was sent. */
  record WrongCode() implements Mismatch {}

  /** A claim is not what is on file. */
  record WrongClaim(Claim claim) implements Mismatch {}

  /** The captures of a modality are not what is on file. */
  record WrongBiometrics(Modality modality) implements Mismatch {}

  /** The PIN is not the person's, or was not even compared: which of the two is never told. */
  record WrongPin() implements Mismatch {}
}

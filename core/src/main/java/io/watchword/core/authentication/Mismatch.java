package io.watchword.core.authentication;

/** A factor that was compared and differs. */
public sealed interface Mismatch {

  /** The code is not the one that was sent. */
  record WrongCode() implements Mismatch {}

  /** A claim is not what is on file. */
  record WrongClaim(Claim claim) implements Mismatch {}
}

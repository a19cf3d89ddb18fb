package io.watchword.core.code;

/** Why a code that was given back got no answer; that it is wrong is an answer. */
public sealed interface CodeRefusal {

  /** No code was sent to this person under this transaction. */
  record OtherTransaction() implements CodeRefusal {}

  /** The transaction's code was asked for with another type of identifier. */
  record OtherIdentifierType() implements CodeRefusal {}

  /** The transaction's code was asked for by another caller. */
  record OtherCaller() implements CodeRefusal {}

  /** There is no code to compare with: none asked for, or it was used. */
  record NoCode() implements CodeRefusal {}

  /** Too many wrong codes; nothing was compared, or this was the last wrong one. */
  record Frozen() implements CodeRefusal {}

  /** Too late. */
  record Expired() implements CodeRefusal {}
}

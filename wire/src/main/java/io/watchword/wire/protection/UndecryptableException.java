package io.watchword.wire.protection;

/**
 * Something did not decrypt. There is one of these for every cause (wrong key, altered bytes, wrong
 * length), without a cause attached and without a stack trace, so that nothing can be learned from
 * telling them apart.
 */
public final class UndecryptableException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The only form. */
  public UndecryptableException() {
    super("cannot be decrypted", null, false, false);
  }
}

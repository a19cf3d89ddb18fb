package io.watchword.wire.protection;

/** A signature header that is not worth verifying. The message says why and quotes nothing. */
public final class MalformedJwsException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedJwsException(String reason) {
    super(reason, null, false, false);
  }
}

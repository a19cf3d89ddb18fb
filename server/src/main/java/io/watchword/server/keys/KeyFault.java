package io.watchword.server.keys;

/**
 * The server's keys cannot be used as they are; the message says which and what the operator can
 * do, and never quotes key material.
 */
public final class KeyFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KeyFault(String message) {
    super(message);
  }

  KeyFault(String message, Throwable cause) {
    super(message, cause);
  }
}

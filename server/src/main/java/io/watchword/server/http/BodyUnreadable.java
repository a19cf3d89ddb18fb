package io.watchword.server.http;

/**
 * A body did not arrive whole: it was too slow, broke off or was not framed as HTTP asks. Whether
 * the client still listens is not known; the door may answer.
 */
public final class BodyUnreadable extends Exception {

  private static final long serialVersionUID = 1L;

  BodyUnreadable(String message, Throwable cause) {
    super(message, cause);
  }
}

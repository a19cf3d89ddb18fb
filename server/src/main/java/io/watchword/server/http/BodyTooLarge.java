package io.watchword.server.http;

/** A body has more bytes than the door takes; the door answers 413 in its own words. */
public final class BodyTooLarge extends Exception {

  private static final long serialVersionUID = 1L;

  BodyTooLarge(int limit) {
    super("a body of more than " + limit + " bytes", null, false, false);
  }
}

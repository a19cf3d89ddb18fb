package io.watchword.server.http;

/**
 * There is no room for this request now. Doors let it pass: {@link HttpHost} answers 503 without an
 * envelope, as it does for every door.
 */
public final class Overloaded extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Overloaded(String message) {
    super(message, null, false, false);
  }
}

package io.watchword.server.print;

/** A card that cannot be printed; the message tells the operator why, and nothing of the person. */
public final class CardUnprintable extends Exception {

  private static final long serialVersionUID = 1L;

  CardUnprintable(String message) {
    super(message);
  }

  CardUnprintable(String message, Throwable cause) {
    super(message, cause);
  }
}

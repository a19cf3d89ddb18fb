package io.watchword.server.people;

/** A line that cannot be imported. The message names members and positions, never content. */
final class LineRefused extends Exception {

  private static final long serialVersionUID = 1L;

  LineRefused(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

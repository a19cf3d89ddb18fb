package io.watchword.server.people;

/** A line that cannot be imported. The message names members and positions, never content. */
public final class LineRefused extends Exception {

  private static final long serialVersionUID = 1L;

  public LineRefused(String reason) {
    super(reason, null, false, false);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}

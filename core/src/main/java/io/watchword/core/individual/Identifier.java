package io.watchword.core.individual;

/** An identifier as somebody presents it. Its form was checked by the door; it may be nobody's. */
public record Identifier(IdentifierType type, String value) {

  private static final int HIDDEN = 8;

  /** As letters show it: the first eight characters (code points) are hidden (contract ida 9.5). */
  public String masked() {
    int hidden = Math.min(HIDDEN, value.codePointCount(0, value.length()));
    return "X".repeat(hidden) + value.substring(value.offsetByCodePoints(0, hidden));
  }

  /** Without the value: it may stand in log lines. */
  @Override
  public String toString() {
    return "Identifier[" + type + "]";
  }
}

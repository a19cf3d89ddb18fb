package io.watchword.core.individual;

/** An identifier as somebody presents it. Its form was checked by the door; it may be nobody's. */
public record Identifier(IdentifierType type, String value) {

  /** Without the value: it may stand in log lines. */
  @Override
  public String toString() {
    return "Identifier[" + type + "]";
  }
}

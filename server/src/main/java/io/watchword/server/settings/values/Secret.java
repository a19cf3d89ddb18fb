package io.watchword.server.settings.values;

import java.nio.charset.StandardCharsets;

/** A value that must not be shown. Only {@link #reveal} gives it out. */
public final class Secret {

  /** What stands in place of a secret wherever settings are shown. */
  public static final String HIDDEN = "(hidden)";

  private final String value;

  public Secret(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret is not empty");
    }
    this.value = value;
  }

  public String reveal() {
    return value;
  }

  /** The secret's UTF-8 bytes, a new array at each call. */
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** Fixed text, the same for every secret. */
  @Override
  public String toString() {
    return HIDDEN;
  }
}

package io.watchword.core.mobile;

import org.jspecify.annotations.Nullable;

/**
 * A phone, as its app describes it.
 *
 * @param id that the app gave it
 * @param name for people
 * @param platform such as {@code android}
 */
public record Device(
    String id,
    String name,
    String platform,
    @Nullable String osVersion,
    @Nullable String appVersion) {

  /** Without the name, which may be a person's. */
  @Override
  public String toString() {
    return "Device[" + id + "]";
  }
}

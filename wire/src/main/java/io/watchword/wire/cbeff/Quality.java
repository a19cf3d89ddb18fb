package io.watchword.wire.cbeff;

import org.jspecify.annotations.Nullable;

/**
 * How good a capture is.
 *
 * @param algorithm who says so; {@code null} in data of the elder namespace, which has no place for
 *     it
 * @param score 0 to 100; {@code null} if it could not be found
 * @param qualityCalculationFailed anything, if there is no score
 */
public record Quality(
    @Nullable RegistryId algorithm,
    @Nullable Integer score,
    @Nullable String qualityCalculationFailed) {

  /** Least score. */
  public static final int LEAST = 0;

  /** Best score. */
  public static final int BEST = 100;
}

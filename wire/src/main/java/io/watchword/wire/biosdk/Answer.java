package io.watchword.wire.biosdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The wrapper of every result but that of {@code /init} (contract biosdk 2); what there is not is
 * written as {@code null}.
 *
 * @param statusCode never an HTTP status; any 2xx is success
 * @param statusMessage free text
 * @param response {@code null} unless it is a success
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Answer(int statusCode, @Nullable String statusMessage, @Nullable Object response) {

  /** Done. */
  public static final int OK = 200;

  /** Given data is invalid. */
  public static final int INVALID_INPUT = 401;

  /** Needed data is missing. */
  public static final int MISSING_INPUT = 402;

  /** Data is valid, its quality not computable. */
  public static final int QUALITY_CHECK_FAILED = 403;

  /** A segment has no data block. */
  public static final int BIOMETRICS_NOT_FOUND = 404;

  /** Data is valid, a match not computable. */
  public static final int MATCHING_FAILED = 405;

  /** Data is too poor. */
  public static final int POOR_QUALITY = 406;

  /** Anything else, a missing licence included. */
  public static final int UNKNOWN_ERROR = 500;

  /** Whether the number is one of success. */
  public static boolean isSuccess(int statusCode) {
    return statusCode / 100 == 2;
  }
}

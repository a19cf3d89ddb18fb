package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code errors} (contract ida 2.7). The third member is left out when there is none,
 * as 2.4 decides.
 *
 * @param errorCode for example {@code IDA-MLC-006}
 * @param errorMessage for people
 * @param actionMessage what the person may do about it
 */
public record IdaError(
    String errorCode,
    String errorMessage,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String actionMessage) {

  /** An error without an action. */
  public IdaError(String errorCode, String errorMessage) {
    this(errorCode, errorMessage, null);
  }
}

package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of {@code /auth} (contract ida 5.2). Members without a value are written as {@code null}.
 *
 * @param transactionId echo of the request's
 * @param version configured, not echoed
 * @param id configured, not echoed
 * @param errors null on success
 * @param responseTime UTC, {@code yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}
 * @param response the outcome
 */
public record AuthReply(
    @JsonProperty("transactionID") @Nullable String transactionId,
    @Nullable String version,
    @Nullable String id,
    @Nullable List<IdaError> errors,
    @Nullable String responseTime,
    @Nullable Response response) {

  /**
   * The outcome.
   *
   * @param authStatus whether every factor matched
   * @param authToken the partner's token of the individual
   */
  public record Response(boolean authStatus, @Nullable String authToken) {}
}

package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of {@code /kyc} (contract ida 5.3). Members without a value are written as {@code null}.
 *
 * @param transactionId echo of the request's; null with an error that is no mismatch (5.5)
 * @param version configured; null as above
 * @param id configured; null as above
 * @param errors null on success
 * @param responseTime UTC, {@code yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}
 * @param response the outcome
 */
public record KycReply(
    @JsonProperty("transactionID") @Nullable String transactionId,
    @Nullable String version,
    @Nullable String id,
    @Nullable List<IdaError> errors,
    @Nullable String responseTime,
    @Nullable Response response) {

  /**
   * The outcome.
   *
   * @param kycStatus whether every factor matched
   * @param authToken the partner's token of the individual
   * @param thumbprint of the partner's certificate, upper-case hexadecimal
   * @param identity protected identity JSON (3.6), null if the policy yields no attribute
   * @param sessionKey protected AES key
   */
  public record Response(
      boolean kycStatus,
      @Nullable String authToken,
      @Nullable String thumbprint,
      @Nullable String identity,
      @Nullable String sessionKey) {}
}

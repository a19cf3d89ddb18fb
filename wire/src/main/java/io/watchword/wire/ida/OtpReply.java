package io.watchword.wire.ida;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of {@code /otp} (contract ida 5.1). Members without a value are written as {@code null}.
 *
 * @param id echo of the request's
 * @param version configured, not echoed
 * @param transactionId echo of the request's
 * @param responseTime {@code yyyy-MM-dd'T'HH:mm:ss.SSSXXX}, in the caller's zone on success
 * @param errors null on success
 * @param response null on error
 */
public record OtpReply(
    @Nullable String id,
    @Nullable String version,
    @JsonProperty("transactionID") @Nullable String transactionId,
    @Nullable String responseTime,
    @Nullable List<IdaError> errors,
    @Nullable Response response) {

  /**
   * Where the code went.
   *
   * @param maskedMobile null if it did not go to a phone
   * @param maskedEmail null if it did not go to a mailbox
   */
  public record Response(@Nullable String maskedMobile, @Nullable String maskedEmail) {}
}

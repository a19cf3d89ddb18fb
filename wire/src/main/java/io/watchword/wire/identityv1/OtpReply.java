package io.watchword.wire.identityv1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of {@code /identity/otp/v1.0} (contract identity-v1 2.4).
 *
 * @param transactionId echo of the request's
 * @param err empty on success
 * @param response left out on failure
 */
public record OtpReply(
    String id,
    String version,
    @JsonProperty("transactionID") @Nullable String transactionId,
    String responseTime,
    List<Fault> err,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Response response) {

  /**
   * Where the person can be reached; what is not registered is left out.
   *
   * @param maskedMobile such as {@code XXXXXX9201}
   * @param maskedEmail such as {@code XXaXXhXXh@example.org}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Response(@Nullable String maskedMobile, @Nullable String maskedEmail) {}
}

package io.watchword.wire.identityv1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reply of {@code /identity/auth/v1.0} (contract identity-v1 3.4). Members without a value are
 * written as {@code null}, except the last.
 *
 * @param transactionId echo of the request's
 * @param staticToken 36 digits; {@code null}: no individual was resolved
 * @param requestTime echo, character for character
 * @param status {@code Y} or {@code N}
 * @param err empty on success
 * @param response of a KYC: an object, or text if it is encrypted; left out otherwise
 */
public record AuthReply(
    String id,
    String version,
    @JsonProperty("transactionID") @Nullable String transactionId,
    @Nullable String staticToken,
    @Nullable String requestTime,
    String responseTime,
    String status,
    List<Fault> err,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object response) {

  /** Without the person's data. */
  @Override
  public String toString() {
    return "AuthReply[" + status + ", " + err + "]";
  }
}

package io.watchword.wire.kernel;

import org.jspecify.annotations.Nullable;

/**
 * The {@code response} of the calls that give tokens in the body (contract kernel A.10).
 *
 * @param expiryTime how long the token is good, in seconds
 * @param refreshExpiryTime the same of the refresh token
 */
public record TokenReply(
    @Nullable String token,
    String message,
    @Nullable String refreshToken,
    long expiryTime,
    @Nullable String userId,
    String status,
    long refreshExpiryTime) {

  /** Without the tokens. */
  @Override
  public String toString() {
    return "TokenReply[" + status + "]";
  }
}

package io.watchword.client.kernel;

import java.time.Instant;
import java.util.Optional;

/**
 * What access tokens of one session are renewed with; it opens nothing else. {@code toString} does
 * not show it.
 *
 * @param value as it goes into the cookie {@code refresh_token}
 * @param appId application that the session is of
 * @param expiresAt when its time is over, by the clock of this machine; empty if the token does not
 *     tell
 */
public record RefreshToken(String value, String appId, Optional<Instant> expiresAt) {

  /** Checks the form. */
  public RefreshToken {
    if (!AccessToken.isForm(value)) {
      throw new IllegalArgumentException("this is not the form of a token");
    }
    if (appId.isBlank()) {
      throw new IllegalArgumentException("the application id is missing");
    }
  }

  /**
   * A token that was kept somewhere else.
   *
   * @throws IllegalArgumentException if it has characters that no token has, or more than 16,384,
   *     or the application id is blank
   */
  public static RefreshToken of(String value, String appId) {
    return new RefreshToken(value, appId, Optional.empty());
  }

  @Override
  public String toString() {
    return "RefreshToken[" + appId + expiresAt.map(end -> ", " + end).orElse("") + "]";
  }
}

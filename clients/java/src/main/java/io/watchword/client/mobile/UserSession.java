package io.watchword.client.mobile;

/**
 * Who is logged in to the app. {@code toString} does not show the token.
 *
 * @param profileId id of the person's account at this door
 * @param accessToken as the log-in to the app gave it
 */
public record UserSession(String profileId, String accessToken) {

  @Override
  public String toString() {
    return "UserSession[" + profileId + "]";
  }
}

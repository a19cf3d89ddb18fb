package io.watchword.client.kernel;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token of the service. {@code toString} does not show it.
 *
 * @param value as it goes into the cookie {@code Authorization}
 * @param expiresAt when its time is over, by the clock of this machine; empty if the token does not
 *     tell
 */
public record AccessToken(String value, Optional<Instant> expiresAt) {

  private static final int LONGEST = 16 * 1024;

  // RFC 6265, section 4.1.1, less what no token has: nothing can end the cookie or the header.
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/=-]+");

  /** Checks the form. */
  public AccessToken {
    if (!isForm(value)) {
      throw new IllegalArgumentException("this is not the form of a token");
    }
  }

  /**
   * A token that came from somewhere else, for example with a request to this application.
   *
   * @throws IllegalArgumentException if it has characters that no token has, or more than 16,384
   */
  public static AccessToken of(String value) {
    return new AccessToken(value, Optional.empty());
  }

  static boolean isForm(String value) {
    return value.length() <= LONGEST && FORM.matcher(value).matches();
  }

  @Override
  public String toString() {
    return "AccessToken[" + expiresAt.map(Instant::toString).orElse("") + "]";
  }
}

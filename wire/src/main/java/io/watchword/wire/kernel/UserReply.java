package io.watchword.wire.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A user, as {@code authorize/validateToken} tells of one (contract kernel A.5 and A.6).
 *
 * @param userPassword always {@code null}
 * @param role role names, separated by commas
 * @param rid registration id
 */
public record UserReply(
    String userId,
    @Nullable String mobile,
    @Nullable String mail,
    @Nullable String langCode,
    @Nullable String userPassword,
    @Nullable String name,
    String role,
    @Nullable String rid,
    @Nullable String token) {

  /** Without the token and the person's data. */
  @Override
  public String toString() {
    return "UserReply[" + role + "]";
  }
}

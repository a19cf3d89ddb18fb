package io.watchword.client.kernel;

import java.util.Optional;
import java.util.Set;

/**
 * Whose a valid token is. {@code toString} shows the roles only.
 *
 * @param userId user or client id; empty if the service only says that the token is good
 * @param roles names of roles
 * @param name for people
 * @param email mail address
 * @param phone phone number
 * @param language three letters, ISO 639-3
 */
public record TokenOwner(
    Optional<String> userId,
    Set<String> roles,
    Optional<String> name,
    Optional<String> email,
    Optional<String> phone,
    Optional<String> language) {

  /** Takes a copy. */
  public TokenOwner {
    roles = Set.copyOf(roles);
  }

  @Override
  public String toString() {
    return "TokenOwner" + roles;
  }
}

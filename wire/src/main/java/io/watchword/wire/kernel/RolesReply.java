package io.watchword.wire.kernel;

import java.util.List;

/** The {@code response} of {@code roles} (contract kernel A.10). */
public record RolesReply(List<Role> roles) {

  /** A role that somebody may have. */
  public record Role(String roleId, String roleName, String roleDescription) {}
}

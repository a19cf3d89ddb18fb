package io.watchword.server.accounts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is imported: a line of JSON.
 *
 * @param loginName 1 to 128 characters without blanks
 * @param email where mail goes
 * @param phone where text messages go
 * @param roles that its sessions have
 * @param name for people
 * @param language ISO 639-3
 * @param uin of the person on file whose account it is
 * @param password if it has one; absent: the one that it has stays
 */
public record AccountLine(
    @Nullable String loginName,
    @Nullable String email,
    @Nullable String phone,
    @Nullable List<String> roles,
    @Nullable String name,
    @Nullable String language,
    @Nullable String uin,
    @Nullable String password) {

  /** Nothing of the person, and no password. */
  @Override
  public String toString() {
    return "AccountLine";
  }
}

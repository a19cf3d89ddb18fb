package io.watchword.server.accounts;

import io.watchword.server.people.LineRefused;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What members of a line must look like. */
final class Checks {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{1,128}");
  private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MOST_ROLES = 64;
  private static final int LONGEST_SECRET = 1024;

  private Checks() {}

  static String id(@Nullable String text, String member) throws LineRefused {
    if (text == null || !ID.matcher(text).matches()) {
      throw new LineRefused(
          member + " must have 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    return text;
  }

  static String loginName(@Nullable String text) throws LineRefused {
    if (text == null || !NAME.matcher(text).matches()) {
      throw new LineRefused("loginName must have 1 to 128 characters and no blank");
    }
    return text;
  }

  static @Nullable String fitting(@Nullable String text, Predicate<String> form, String member)
      throws LineRefused {
    if (text != null && !form.test(text)) {
      throw new LineRefused(member + " has the wrong form");
    }
    return text;
  }

  static List<String> roles(@Nullable List<String> roles) throws LineRefused {
    List<String> given = roles == null ? List.of() : roles;
    if (given.size() > MOST_ROLES
        || given.stream().anyMatch(Objects::isNull)
        || !given.stream().allMatch(role -> ROLE.matcher(role).matches())) {
      throw new LineRefused("roles must be names of letters, digits, dots, hyphens, underscores");
    }
    return given;
  }

  static @Nullable String secret(@Nullable String text, int shortest, String member)
      throws LineRefused {
    if (text != null && (text.length() < shortest || text.length() > LONGEST_SECRET)) {
      throw new LineRefused(
          "%s must have %d to %d characters".formatted(member, shortest, LONGEST_SECRET));
    }
    return text;
  }
}

package io.watchword.server.partners;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The shape of ids that operators choose: they stand in paths, logs and row ids. */
final class Ids {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Ids() {}

  static void check(String kind, String id, List<String> problems) {
    if (!ID.matcher(id).matches()) {
      problems.add(
          "the "
              + kind
              + " id must have 1 to 64 letters, digits, dots, hyphens or underscores, and begin"
              + " with a letter or digit");
    }
  }

  static void require(String kind, String id) {
    List<String> problems = new ArrayList<>();
    check(kind, id, problems);
    if (!problems.isEmpty()) {
      throw new ProvisioningRefused(problems);
    }
  }
}

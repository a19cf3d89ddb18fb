package io.watchword.server.mobile;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an app: up to four numbers with dots between them. What follows, such as {@code
 * -beta} or {@code +45}, does not count.
 */
record AppVersion(String text) implements Comparable<AppVersion> {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:[.][0-9]{1,9}){0,3})(?:[-+ ].*)?");

  /** Empty: it is no version. */
  static Optional<AppVersion> of(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? Optional.of(new AppVersion(form.group(1))) : Optional.empty();
  }

  private int[] numbers() {
    int[] numbers = Arrays.stream(text.split("[.]")).mapToInt(Integer::parseInt).toArray();
    // 3.1 and 3.1.0 are the same.
    return Arrays.copyOf(numbers, 4);
  }

  @Override
  public int compareTo(AppVersion other) {
    return Arrays.compare(numbers(), other.numbers());
  }
}

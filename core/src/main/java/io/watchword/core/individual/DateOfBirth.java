package io.watchword.core.individual;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of birth as they stand on file and as callers claim them: strictly {@code yyyy/MM/dd}. */
public final class DateOfBirth {

  private static final Pattern FORM = Pattern.compile("([0-9]{4})/([0-9]{2})/([0-9]{2})");

  private DateOfBirth() {}

  /** The date; empty if the form is another or there is no such day. */
  public static Optional<LocalDate> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(number(form, 1), number(form, 2), number(form, 3)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** The form that {@link #parse} reads, for years 0 to 9999. */
  public static String format(LocalDate born) {
    return "%04d/%02d/%02d".formatted(born.getYear(), born.getMonthValue(), born.getDayOfMonth());
  }

  /** Completed years of life; negative for somebody not yet born. */
  public static long completedYears(LocalDate born, LocalDate today) {
    return born.isAfter(today) ? -1 : ChronoUnit.YEARS.between(born, today);
  }

  private static int number(Matcher form, int group) {
    return Integer.parseInt(form.group(group));
  }
}

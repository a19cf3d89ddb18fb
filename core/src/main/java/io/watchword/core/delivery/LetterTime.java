package io.watchword.core.delivery;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * A moment as letters tell it (contract ida 6.6).
 *
 * @param date {@code dd-MM-yyyy}
 * @param time {@code HH:mm:ss}
 */
public record LetterTime(String date, String time) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** A moment as it is where the letters are read. */
  public static LetterTime of(Instant moment, ZoneId zone) {
    return new LetterTime(DATE.format(moment.atZone(zone)), TIME.format(moment.atZone(zone)));
  }

  /** Puts it into the variables of a letter. */
  public void into(Map<String, String> variables) {
    variables.put("date", date);
    variables.put("time", time);
  }
}

package io.watchword.core.code;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.Letter;
import io.watchword.core.delivery.LetterKind;
import io.watchword.core.delivery.Letters;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.Individual;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the letters that bring a code, with the variables of contract ida 6.6.
 *
 * @param zone in which dates and times are told
 */
public record CodeLetters(Letters letters, ZoneId zone) {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("dd-MM-uuuu", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** A letter with a code, in the languages of the person. */
  public Letter compose(
      Channel channel,
      String to,
      Identifier identifier,
      Individual individual,
      String code,
      Instant now,
      Duration lifetime) {
    Map<String, String> variables = facts(identifier, now);
    variables.put("otp", code);
    variables.put("validTime", Long.toString(lifetime.toMinutes()));
    if (individual.attributes().get(Individual.FULL_NAME)
        instanceof Attribute.Localized(Map<String, String> names)) {
      names.forEach((language, name) -> variables.put("name_" + language, name));
    }
    List<String> preferred =
        individual.plain(Individual.PREFERRED_LANGUAGE).map(List::of).orElse(List.of());
    return letters.compose(LetterKind.OTP, channel, to, preferred, variables);
  }

  /** What every letter may tell: the identifier, masked, and when. */
  public Map<String, String> facts(Identifier identifier, Instant now) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("idvid", identifier.masked());
    variables.put("idvidType", identifier.type().name());
    variables.put("date", DATE.format(now.atZone(zone)));
    variables.put("time", TIME.format(now.atZone(zone)));
    return variables;
  }
}

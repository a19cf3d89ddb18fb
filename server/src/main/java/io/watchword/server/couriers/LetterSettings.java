package io.watchword.server.couriers;

import io.watchword.core.delivery.Channel;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The settings group {@code letters}.
 *
 * @param folder with the templates; empty for those that come with the program
 * @param languages ISO 639-3, for people without a usable language of their own, in the order in
 *     which their texts follow one another; default {@code eng, ara, fra}. Each needs all templates
 * @param webOtpHost the host of the page into which codes are typed; a code to a phone then ends in
 *     the line {@code @host #code}. Empty by default
 * @param notices on which channels people hear of each authentication, and of each device that gets
 *     a key; default both, none turns the notices off
 * @param timeZone in which letters tell dates and times; default UTC
 */
public record LetterSettings(
    Optional<Path> folder,
    List<String> languages,
    Optional<String> webOtpHost,
    Set<Channel> notices,
    ZoneId timeZone) {

  public static final LetterSettings STANDARD =
      new LetterSettings(
          Optional.empty(),
          List.of("eng", "ara", "fra"),
          Optional.empty(),
          Set.of(Channel.EMAIL, Channel.PHONE),
          ZoneId.of("UTC"));

  public LetterSettings {
    languages = List.copyOf(languages);
    notices = Set.copyOf(notices);
  }
}

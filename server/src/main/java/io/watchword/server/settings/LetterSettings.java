package io.watchword.server.settings;

import io.watchword.core.delivery.Channel;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The settings group {@code letters}.
 *
 * @param maskedCharacters how many leading characters of an identifier are shown as {@code X}
 * @param dateFormat of the variable {@code date}
 * @param timeFormat of the variable {@code time}
 * @param timeZone of both
 * @param notices channels on which people are told of each authentication; empty: they are not
 */
public record LetterSettings(
    @Range(min = "0", max = "16") int maskedCharacters,
    DateTimeFormatter dateFormat,
    DateTimeFormatter timeFormat,
    ZoneId timeZone,
    List<Channel> notices) {}

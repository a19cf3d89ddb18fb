package io.watchword.server.identityv1;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time that a caller sent (contract identity-v1 1.4).
 *
 * @param text as sent; {@code null}: none
 * @param value {@code null}: none, or it cannot be read
 */
record RequestTime(@Nullable String text, @Nullable OffsetDateTime value) {

  private static final int LONGEST = 64;
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** Of a request that cannot be read. */
  static final RequestTime NONE = new RequestTime(null, null);

  static RequestTime of(@Nullable String text) {
    if (text == null || text.length() > LONGEST) {
      return text == null ? NONE : new RequestTime("", null);
    }
    try {
      return new RequestTime(text, OffsetDateTime.parse(text, FORMAT));
    } catch (DateTimeParseException e) {
      return new RequestTime(text, null);
    }
  }

  /** An instant in the caller's own zone offset; UTC if that could not be read. */
  String answer(Instant now) {
    return FORMAT.format(now.atOffset(value == null ? ZoneOffset.UTC : value.getOffset()));
  }

  /** As it is sent back: what cannot be read is not repeated. */
  @Nullable String echo() {
    return value == null ? null : text;
  }

  /** How long ago it was; negative if it lies in the future. */
  Duration age(Instant now) throws Refused {
    if (text == null || text.isBlank()) {
      throw new Refused(Faults.missing("requestTime"));
    }
    if (value == null) {
      throw new Refused(Faults.invalid("requestTime"));
    }
    return Duration.between(value.toInstant(), now);
  }
}

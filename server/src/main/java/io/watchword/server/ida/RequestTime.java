package io.watchword.server.ida;

import io.watchword.wire.ida.IdaError;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time that a caller sent (contract ida 2.5).
 *
 * @param parameter its name in error messages
 * @param member as received
 * @param value {@code null}: absent or not parsable
 */
record RequestTime(String parameter, Member member, @Nullable OffsetDateTime value) {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Set<String> STEPS = Set.of("V2", "O1", "O2");

  static RequestTime of(String parameter, Member member) {
    return new RequestTime(
        parameter, member, member.filled().flatMap(RequestTime::parse).orElse(null));
  }

  /** Present, parsable and not in the future; then, if nothing was wrong so far, not too old. */
  void check(List<IdaError> errors, IdaSettings settings, Instant now) {
    Optional<IdaError> fault = form(settings, now);
    if (fault.isEmpty() && errors.isEmpty()) {
      fault = age(settings, now);
    }
    fault.ifPresent(errors::add);
  }

  /** Present and parsable. */
  Optional<IdaError> written() {
    if (!member.wrongType() && member.filled().isEmpty()) {
      return Optional.of(IdaErrors.missing(parameter));
    }
    return value == null ? Optional.of(IdaErrors.invalid(parameter)) : Optional.empty();
  }

  /** Present, parsable and not in the future. */
  Optional<IdaError> form(IdaSettings settings, Instant now) {
    if (value == null) {
      return written();
    }
    return value.toInstant().isAfter(now.plus(settings.adjustment()))
        ? Optional.of(
            IdaErrors.untimely(settings.received().toSeconds(), ". Attribute: " + parameter))
        : Optional.empty();
  }

  Optional<IdaError> age(IdaSettings settings, Instant now) {
    Duration oldest = settings.received().plus(settings.adjustment());
    return value != null && value.toInstant().isBefore(now.minus(oldest))
        ? Optional.of(IdaErrors.untimely(settings.received().toSeconds(), ""))
        : Optional.empty();
  }

  /** An instant in the caller's own zone offset, as {@code /otp} answers; UTC if it sent none. */
  String echo(Instant now) {
    return FORMAT.format(now.atOffset(value == null ? ZoneOffset.UTC : value.getOffset()));
  }

  /**
   * Both clocks, for the operator, if the step is about times; what is no time is not repeated,
   * since it may be anything.
   */
  static Map<String, String> clocks(String step, Entry entry) {
    if (!STEPS.contains(step)) {
      return Map.of();
    }
    RequestTime time = of("requestTime", Member.of(entry.body(), "requestTime"));
    var clocks = new LinkedHashMap<String, String>();
    clocks.put("server time", utc(entry.now()));
    if (time.value() != null) {
      clocks.put("requestTime received", FORMAT.format(time.value()));
      clocks.put(
          "offset", "%+d s".formatted(Duration.between(entry.now(), time.value()).toSeconds()));
    }
    return clocks;
  }

  static String utc(Instant now) {
    return FORMAT.format(now.atOffset(ZoneOffset.UTC));
  }

  private static Optional<OffsetDateTime> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, FORMAT));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}

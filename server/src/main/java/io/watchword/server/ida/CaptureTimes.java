package io.watchword.server.ida;

import io.watchword.wire.ida.IdaError;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Validation step V7, second half: when the captures were made (contract ida 4.4, row timestamps).
 * The last one must be as fresh as the request; each one soon after the one before it.
 */
final class CaptureTimes {

  /** Milliseconds may be left out, unlike in times of relying parties. */
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS]XXX", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final List<RequestTime> data;
  private final List<RequestTime> digitalIds;
  private final IdaSettings settings;

  CaptureTimes(List<Capture> captures, IdaSettings settings) {
    this.data =
        IntStream.range(0, captures.size())
            .mapToObj(
                i -> time(i, "data/timestamp", Member.of(captures.get(i).data(), "timestamp")))
            .toList();
    this.digitalIds =
        IntStream.range(0, captures.size())
            .mapToObj(i ->
                time(
                    i,
                    "data/digitalId/dateTime",
                    Member.of(captures.get(i).digitalId(), "dateTime")))
            .toList();
    this.settings = settings;
  }

  private static RequestTime time(int index, String name, Member member) {
    return new RequestTime(
        "request/biometrics/" + index + "/" + name,
        member,
        member.filled().flatMap(CaptureTimes::parse).orElse(null));
  }

  private static Optional<OffsetDateTime> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text, FORMAT));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  void check(List<IdaError> errors, Instant now) {
    var found = new ArrayList<IdaError>();
    for (int i = 0; i < data.size(); i++) {
      boolean last = i == data.size() - 1;
      for (RequestTime time : List.of(data.get(i), digitalIds.get(i))) {
        (last ? time.form(settings, now) : time.written()).ifPresent(found::add);
      }
    }
    if (found.isEmpty() && !data.isEmpty()) {
      tooOld(data.getLast(), now).ifPresent(found::add);
      tooOld(digitalIds.getLast(), now).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      long seconds = settings.biometrics().apart().toSeconds();
      if (farApart(data)) {
        found.add(IdaErrors.apart(seconds));
      }
      if (farApart(digitalIds)) {
        found.add(IdaErrors.digitalIdsApart(seconds));
      }
    }
    errors.addAll(found);
  }

  private Optional<IdaError> tooOld(RequestTime time, Instant now) {
    return time.age(settings, now)
        .map(_ ->
            IdaErrors.untimely(
                settings.received().toSeconds(), ". Attribute: " + time.parameter()));
  }

  private boolean farApart(List<RequestTime> times) {
    for (int i = 1; i < times.size(); i++) {
      @Nullable OffsetDateTime before = times.get(i - 1).value();
      @Nullable OffsetDateTime after = times.get(i).value();
      if (before == null || after == null) {
        continue;
      }
      Duration gap = Duration.between(before, after);
      if (gap.isNegative() || gap.compareTo(settings.biometrics().apart()) > 0) {
        return true;
      }
    }
    return false;
  }
}

package io.watchword.server.ida;

import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Identifier;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request of {@code /otp} that passed the validation checks.
 *
 * @param channels in the order in which they were asked for; empty if only {@code none} was
 * @param time as sent: the answer is told in its zone
 */
record OtpForm(Identifier identifier, Set<Channel> channels, RequestTime time) {

  private static final int MOST_CHANNELS = 8;

  /** Asks whether somebody is on file. */
  interface Existence {
    /** Why there is no code for this identifier if it is nobody's; empty: it is somebody's. */
    Optional<IdaError> unknown(Identifier identifier);
  }

  /** O0 to O5 of contract ida 2.3. */
  static OtpForm of(Entry entry, IdaSettings settings, Existence existence)
      throws RefusedException {
    if (settings.existenceFirst()) {
      exists(entry.body(), settings, existence);
    }
    var errors = new ArrayList<IdaError>();
    RequestTime time = RequestTime.of("requestTime", Member.of(entry.body(), "requestTime"));
    String step = "O1";
    time.form(settings, entry.now()).ifPresent(errors::add);
    AuthForm.transaction(entry.body(), errors);
    if (errors.isEmpty()) {
      step = "O2";
      time.age(settings, entry.now()).ifPresent(errors::add);
    }
    Set<Channel> channels = new LinkedHashSet<>();
    if (errors.isEmpty()) {
      step = "O4";
      channels(entry.body().get("otpChannel"), channels).ifPresent(errors::add);
    }
    PresentedId id = PresentedId.of(entry.body(), settings);
    step = errors.isEmpty() ? "O5" : step;
    errors.addAll(id.errors());
    Optional<Identifier> identifier = id.identifier();
    if (!errors.isEmpty() || identifier.isEmpty()) {
      throw new RefusedException(new Refusal(step, errors, RequestTime.clocks(step, entry)));
    }
    return new OtpForm(identifier.get(), channels, time);
  }

  private static void exists(JsonNode body, IdaSettings settings, Existence existence)
      throws RefusedException {
    Member id = Member.of(body, "individualId");
    if (!id.wrongType() && id.orEmpty().isBlank()) {
      throw unknown(IdaErrors.missing("individualId"));
    }
    Optional<Identifier> shaped = PresentedId.byShape(body, settings);
    if (shaped.isEmpty()) {
      throw unknown(IdaErrors.invalid("individualId"));
    }
    Optional<IdaError> fault = existence.unknown(shaped.get());
    if (fault.isPresent()) {
      throw unknown(fault.get());
    }
  }

  private static RefusedException unknown(IdaError error) {
    return new RefusedException(new Refusal("O0", List.of(error), Map.of()));
  }

  private static Optional<IdaError> channels(@Nullable JsonNode asked, Set<Channel> channels) {
    if (asked == null || asked.isNull() || (asked.isArray() && asked.isEmpty())) {
      return Optional.of(notProvided());
    }
    if (!asked.isArray() || asked.size() > MOST_CHANNELS) {
      return Optional.of(IdaErrors.invalid("otpChannel"));
    }
    if (asked.get(0).isString() && asked.get(0).stringValue().isEmpty()) {
      return Optional.of(notProvided());
    }
    var unknown = new ArrayList<String>();
    for (JsonNode each : asked) {
      String name = each.isString() ? each.stringValue() : each.toString();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "email" -> channels.add(Channel.EMAIL);
        case "phone" -> channels.add(Channel.PHONE);
        case "none" -> {}
        default -> unknown.add(name.length() <= 64 ? name : name.substring(0, 64));
      }
    }
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(IdaErrors.invalid("otpChannel - " + String.join(",", unknown)));
  }

  private static IdaError notProvided() {
    return IdaErrors.of("IDA-OTA-008", "OTP Notification Channel not provided");
  }
}

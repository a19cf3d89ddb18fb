package io.watchword.server.mobile;

import io.watchword.core.mobile.MobileType;
import io.watchword.core.mobile.MobileType.Confirm;
import io.watchword.core.mobile.MobileType.OnMismatch;
import io.watchword.server.people.LineRefused;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A type as operators write it: the JSON of contract mobile 1.1. What is left out is as there, or
 * as its profile has it.
 *
 * @param method only {@code OTP}
 * @param profile {@code high}, or absent
 * @param expiresIn seconds, as all times without a unit in their names
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record MobileTypeLine(
    @Nullable String name,
    @Nullable String method,
    @Nullable String profile,
    @Nullable Integer expiresIn,
    @Nullable Map<String, String> defaultMessages,
    @Nullable Integer claimWithin,
    @Nullable Integer decideWithin,
    @Nullable Integer redeemWithin,
    @Nullable Qr qr,
    @Nullable Confirmation confirm,
    @Nullable Boolean requireSessionBinding,
    @Nullable Boolean requireOrigin,
    @Nullable Boolean callbackRequired,
    @Nullable Proximity proximity,
    @Nullable Integer maxWrongCodes,
    @Nullable Integer maxBadAnswers,
    @Nullable Integer pollInterval) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int LONGEST_MESSAGE = 155;

  /** Rotating codes; times in milliseconds. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Qr(
      @Nullable Boolean requireRotating,
      @Nullable Integer stepMs,
      @Nullable Integer frameValidityMs) {

    static final Qr USUAL = new Qr(null, null, null);
  }

  /** How people confirm. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Confirmation(
      @Nullable String minimum, @Nullable Integer options, @Nullable Integer enterAttempts) {

    static final Confirmation USUAL = new Confirmation(null, null, null);
  }

  /** What follows when browser and app seem to be far from each other. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  public record Proximity(@Nullable String onMismatch) {}

  /**
   * The type.
   *
   * @throws LineRefused if a member is missing or out of its range
   */
  public MobileType type() throws LineRefused {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new LineRefused("name must have 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    if (method != null && !method.equals("OTP")) {
      throw new LineRefused("method can only be OTP");
    }
    Map<String, String> messages = messages();
    MobileType usual = usual(name, messages);
    Duration whole = seconds("expires_in", expiresIn, usual.expiresIn(), 30, 600);
    return new MobileType(
        name,
        whole,
        messages,
        claimWithin == null
            ? null
            : seconds("claim_within", claimWithin, whole, 15, (int) whole.toSeconds()),
        seconds("decide_within", decideWithin, usual.decideWithin(), 30, 300),
        seconds("redeem_within", redeemWithin, usual.redeemWithin(), 10, 300),
        rotation(qr == null ? Qr.USUAL : qr, usual.rotation()),
        confirmation(confirm == null ? Confirmation.USUAL : confirm, usual.confirmation()),
        or(requireSessionBinding, usual.sessionBinding()),
        or(requireOrigin, usual.origin()),
        or(callbackRequired, usual.callback()),
        onMismatch(usual.onMismatch()),
        number("max_wrong_codes", maxWrongCodes, usual.maxWrongCodes(), 1, 20),
        number("max_bad_answers", maxBadAnswers, usual.maxBadAnswers(), 1, 20),
        seconds("poll_interval", pollInterval, usual.pollInterval(), 1, 30));
  }

  private MobileType usual(String named, Map<String, String> messages) throws LineRefused {
    if (profile == null) {
      return MobileType.standard(named, messages);
    }
    if (!profile.equals("high")) {
      throw new LineRefused("profile can only be high");
    }
    return MobileType.high(named, messages);
  }

  private Map<String, String> messages() throws LineRefused {
    Map<String, String> messages = defaultMessages == null ? Map.of() : defaultMessages;
    for (Map.Entry<String, String> each : messages.entrySet()) {
      String text = each.getValue();
      if (!each.getKey().matches("[a-z]{2,3}")
          || text == null
          || text.isBlank()
          || text.codePointCount(0, text.length()) > LONGEST_MESSAGE) {
        throw new LineRefused(
            "default_messages: a language code and a text of at most 155 characters");
      }
    }
    return messages;
  }

  private static MobileType.Rotation rotation(Qr given, MobileType.Rotation usual)
      throws LineRefused {
    int step = number("qr/step_ms", given.stepMs(), (int) usual.step().toMillis(), 500, 5_000);
    int validity =
        number(
            "qr/frame_validity_ms",
            given.frameValidityMs(),
            (int) usual.frameValidity().toMillis(),
            3_000,
            20_000);
    if (validity < 3 * step) {
      throw new LineRefused("qr/frame_validity_ms must be at least three steps");
    }
    return new MobileType.Rotation(
        or(given.requireRotating(), usual.required()),
        Duration.ofMillis(step),
        Duration.ofMillis(validity));
  }

  private static MobileType.Confirmation confirmation(
      Confirmation given, MobileType.Confirmation usual) throws LineRefused {
    String minimum = given.minimum();
    return new MobileType.Confirmation(
        minimum == null
            ? usual.minimum()
            : switch (minimum) {
              case "tap" -> Confirm.TAP;
              case "choose" -> Confirm.CHOOSE;
              case "enter" -> Confirm.ENTER;
              default -> throw new LineRefused("confirm/minimum: tap, choose or enter");
            },
        number("confirm/options", given.options(), usual.options(), 2, 6),
        number("confirm/enter_attempts", given.enterAttempts(), usual.enterAttempts(), 1, 5));
  }

  private OnMismatch onMismatch(OnMismatch usual) throws LineRefused {
    String given = proximity == null ? null : proximity.onMismatch();
    return given == null
        ? usual
        : switch (given) {
          case "ignore" -> OnMismatch.IGNORE;
          case "warn" -> OnMismatch.WARN;
          case "require_number" -> OnMismatch.REQUIRE_NUMBER;
          case "reject" -> OnMismatch.REJECT;
          default ->
              throw new LineRefused(
                  "proximity/on_mismatch: ignore, warn, require_number or reject");
        };
  }

  private static boolean or(@Nullable Boolean given, boolean usual) {
    return given == null ? usual : given;
  }

  private static Duration seconds(
      String member, @Nullable Integer given, Duration usual, int least, int most)
      throws LineRefused {
    return Duration.ofSeconds(number(member, given, (int) usual.toSeconds(), least, most));
  }

  private static int number(String member, @Nullable Integer given, int usual, int least, int most)
      throws LineRefused {
    int value = given == null ? usual : given;
    if (value < least || value > most) {
      throw new LineRefused("%s must be %d to %d".formatted(member, least, most));
    }
    return value;
  }
}

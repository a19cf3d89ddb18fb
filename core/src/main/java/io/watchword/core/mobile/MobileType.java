package io.watchword.core.mobile;

import io.watchword.core.unit.Table;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How logins of one kind go (contract mobile 1.1).
 *
 * @param name as portals send it
 * @param expiresIn the whole life of a request
 * @param defaultMessages by language, ISO 639-1
 * @param claimWithin how long a code can be scanned; {@code null}: 60 seconds for rotating ones,
 *     {@code expiresIn} for others
 * @param decideWithin for the person, after the scan
 * @param redeemWithin for the portal, after the person accepted
 * @param sessionBinding whether the portal must bind the login to a browser
 * @param origin whether the portal must name the login page's origin
 * @param callback whether the portal must give an address to be called back at
 * @param onMismatch what follows when browser and app seem to be far from each other
 * @param maxWrongCodes the wrong code with this number ends the login
 * @param maxBadAnswers the badly signed answer with this number does
 * @param pollInterval how often a portal may ask
 */
public record MobileType(
    String name,
    Duration expiresIn,
    Map<String, String> defaultMessages,
    @Nullable Duration claimWithin,
    Duration decideWithin,
    Duration redeemWithin,
    Rotation rotation,
    Confirmation confirmation,
    boolean sessionBinding,
    boolean origin,
    boolean callback,
    OnMismatch onMismatch,
    int maxWrongCodes,
    int maxBadAnswers,
    Duration pollInterval) {

  /** Keyed by name. */
  public static final Table<MobileType> TABLE = Table.clear("mobile_types", MobileType.class);

  public MobileType {
    defaultMessages = Map.copyOf(defaultMessages);
  }

  /**
   * Codes that change.
   *
   * @param required whether a portal must ask for one
   * @param frameValidity how long after its step a frame is taken
   */
  public record Rotation(boolean required, Duration step, Duration frameValidity) {}

  /**
   * How people confirm.
   *
   * @param minimum portals may ask for more
   * @param options numbers to choose from
   * @param enterAttempts numbers that may be entered
   */
  public record Confirmation(Confirm minimum, int options, int enterAttempts) {}

  /** How a person confirms, weakest first. */
  public enum Confirm {
    TAP,
    /** One of several numbers, which the login page shows. */
    CHOOSE,
    /** The number that the login page shows. */
    ENTER
  }

  /** What follows when browser and app seem to be far from each other. */
  public enum OnMismatch {
    IGNORE,
    WARN,
    REQUIRE_NUMBER,
    REJECT
  }

  /** The defaults of contract mobile 1.1 under a name. */
  public static MobileType standard(String name, Map<String, String> messages) {
    return new MobileType(
        name,
        Duration.ofSeconds(300),
        messages,
        null,
        Duration.ofSeconds(120),
        Duration.ofSeconds(60),
        new Rotation(false, Duration.ofSeconds(1), Duration.ofSeconds(8)),
        new Confirmation(Confirm.TAP, 3, 2),
        false,
        false,
        true,
        OnMismatch.WARN,
        5,
        3,
        Duration.ofSeconds(2));
  }

  /** The profile {@code high} of contract mobile 1.1 under a name. */
  public static MobileType high(String name, Map<String, String> messages) {
    MobileType usual = standard(name, messages);
    return new MobileType(
        name,
        usual.expiresIn,
        messages,
        null,
        usual.decideWithin,
        usual.redeemWithin,
        new Rotation(true, usual.rotation.step(), usual.rotation.frameValidity()),
        new Confirmation(Confirm.ENTER, 3, 2),
        true,
        true,
        usual.callback,
        OnMismatch.REQUIRE_NUMBER,
        usual.maxWrongCodes,
        usual.maxBadAnswers,
        usual.pollInterval);
  }

  /** How long a code of this type can be scanned. */
  Duration claimable(boolean rotating) {
    if (claimWithin != null) {
      return claimWithin;
    }
    return rotating && expiresIn.compareTo(Duration.ofSeconds(60)) > 0
        ? Duration.ofSeconds(60)
        : expiresIn;
  }
}

package io.watchword.client.mobile;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the person is asked. Type, message, origin, kind of confirmation, numbers and end are under
 * the server's signature; the portal's name and the context are not. {@code toString} shows neither
 * message nor numbers.
 *
 * @param type name of the configured type
 * @param message to be shown as it is
 * @param profileId who is asked
 * @param origin of the login page
 * @param portalName of the login page's owner
 * @param context where the browser is
 * @param confirmation what accepting takes
 * @param numbers to choose from, in the order to show them; empty unless it is {@code CHOOSE}
 * @param attemptsLeft after a wrong number
 * @param expiresAt Unix seconds by the server's clock
 * @param expiresInMillis left when this was handed out; count down from it by a monotonic clock
 */
public record MobileAuthRequest(
    String type,
    String message,
    String profileId,
    String transactionId,
    Optional<String> origin,
    Optional<String> portalName,
    Context context,
    Confirmation confirmation,
    List<String> numbers,
    OptionalInt attemptsLeft,
    long expiresAt,
    long expiresInMillis) {

  /** Copies the list. */
  public MobileAuthRequest {
    numbers = List.copyOf(numbers);
  }

  /**
   * What the server knows of the browser; a hint, never a proof.
   *
   * @param proximity of browser and app: {@code same_network}, {@code same_city}, {@code
   *     same_country}, {@code different} or {@code unknown}
   */
  public record Context(
      Optional<String> os,
      Optional<String> browser,
      Optional<String> country,
      Optional<String> region,
      Optional<String> city,
      Optional<String> proximity) {}

  MobileAuthRequest again(OptionalInt left, long millis) {
    return new MobileAuthRequest(
        type,
        message,
        profileId,
        transactionId,
        origin,
        portalName,
        context,
        confirmation,
        numbers,
        left,
        expiresAt,
        millis);
  }

  @Override
  public String toString() {
    return "MobileAuthRequest[" + type + ", " + transactionId + "]";
  }
}

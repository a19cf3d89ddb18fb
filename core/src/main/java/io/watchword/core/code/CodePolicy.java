package io.watchword.core.code;

import java.time.Duration;

/**
 * How the codes of one door live.
 *
 * @param purpose keeps the slots and codes of different purposes apart
 * @param digits of a code, 4 to 10
 * @param lifetime from the request on
 * @param tries the wrong try with this number freezes the slot
 * @param freeze how long a frozen slot neither takes a code nor gets one
 * @param floodWindow in which requests of a person are counted
 * @param floodMost requests in that window; the next is refused
 */
public record CodePolicy(
    String purpose,
    int digits,
    Duration lifetime,
    int tries,
    Duration freeze,
    Duration floodWindow,
    int floodMost) {

  /** Contract ida 8. */
  public static final CodePolicy IDA =
      new CodePolicy(
          "ida-otp",
          6,
          Duration.ofMinutes(3),
          5,
          Duration.ofMinutes(30),
          Duration.ofMinutes(1),
          100);

  public CodePolicy {
    if (digits < 4 || digits > 10 || tries < 1 || floodMost < 1) {
      throw new IllegalArgumentException("a code has 4 to 10 digits and at least one try");
    }
  }
}

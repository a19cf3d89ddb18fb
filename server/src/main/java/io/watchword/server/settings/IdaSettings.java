package io.watchword.server.settings;

import io.watchword.wire.protection.JwsAlgorithm;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings group {@code doors.ida} (contract ida, mostly section 8).
 *
 * @param path where the door's routes begin
 * @param requestIds the member {@code id} of requests
 * @param responseVersions the member {@code version} of responses
 * @param receivedWithin how long a request may be under way; the seconds named in its refusal
 * @param clockSkew how far clocks may differ: a request's time may lie this far in the future, and
 *     this much further in the past than {@code receivedWithin}
 * @param identifiers how identifiers look
 * @param codes how this door's one-time codes are frozen
 * @param authFactors factors that {@code /auth} takes, as on the wire
 * @param kycFactors factors that {@code /kyc} takes
 * @param environments what a request may name as its environment
 * @param domainUris what a request may name as its domain; {@code *} at the end stands for anything
 * @param children who is a child and what is denied to them
 * @param authToken whether responses carry a pseudonym
 * @param authTokenOnMismatch whether they do if a factor did not match
 * @param existenceFirst whether {@code /otp} looks for the person before it validates
 * @param signatureAlgorithms that a request's signature may use
 * @param body largest body of a request without biometrics
 * @param bodyWithBiometrics largest body of a request with biometrics
 */
public record IdaSettings(
    @Form(value = "(/[A-Za-z0-9._-]+)+", says = "is not a path such as /idauthentication/v1")
        String path,
    Names requestIds,
    Names responseVersions,
    @Range(min = "1s", max = "1h") Duration receivedWithin,
    @Range(min = "0s", max = "1h") Duration clockSkew,
    Identifiers identifiers,
    Codes codes,
    @Form(value = FACTORS, says = "is no factor") Set<String> authFactors,
    @Form(value = FACTORS, says = "is no factor") Set<String> kycFactors,
    Set<String> environments,
    Set<String> domainUris,
    Children children,
    boolean authToken,
    boolean authTokenOnMismatch,
    boolean existenceFirst,
    Set<JwsAlgorithm> signatureAlgorithms,
    @Range(min = "16KiB", max = "64MiB") ByteSize body,
    @Range(min = "16KiB", max = "64MiB") ByteSize bodyWithBiometrics) {

  /** Names of factors on the wire. */
  static final String FACTORS = "demo|otp|pin|bio|bio-Finger|bio-Iris|bio-Face|pwd|kbt";

  /**
   * Whether a request may name this domain.
   *
   * @param own the server's own address, which is always right
   */
  public boolean acceptsDomainUri(String uri, String own) {
    return uri.equalsIgnoreCase(own)
        || domainUris.stream()
            .anyMatch(allowed ->
                allowed.endsWith("*")
                    ? uri.regionMatches(true, 0, allowed, 0, allowed.length() - 1)
                    : uri.equalsIgnoreCase(allowed));
  }

  /** One text for each endpoint. */
  public record Names(String otp, String auth, String kyc) {}

  /**
   * @param types that callers may name
   * @param handles ending of a handle → the whole handle's form
   */
  public record Identifiers(
      Set<Type> types,
      @Range(min = "6", max = "20") int uinLength,
      @Range(min = "6", max = "20") int vidLength,
      Map<String, Pattern> handles) {

    /** Wire values are the names in upper case. */
    public enum Type {
      UIN,
      VID,
      HANDLE
    }
  }

  /**
   * @param tries the wrong code with this number freezes
   * @param freeze how long
   * @param floodWindow in which requests for codes of a person are counted
   * @param floodRequests in that window; more are refused
   */
  public record Codes(
      @Range(min = "1", max = "100") int tries,
      @Range(min = "1s", max = "30d") Duration freeze,
      @Range(min = "1s", max = "1d") Duration floodWindow,
      @Range(min = "1", max = "1000000") int floodRequests) {}

  /**
   * @param youngerThan completed years from which on nobody is a child
   * @param denied factors
   */
  public record Children(
      @Range(min = "0", max = "150") int youngerThan,
      @Form(value = FACTORS, says = "is no factor") Set<String> denied) {}
}

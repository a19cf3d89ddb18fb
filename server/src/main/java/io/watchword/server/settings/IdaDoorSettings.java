package io.watchword.server.settings;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.server.ida.IdaSettings;
import io.watchword.server.settings.values.ByteSize;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import io.watchword.wire.protection.JwsAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings group {@code doors.ida} (contract ida, mostly section 8).
 *
 * @param path where the door's routes begin
 * @param receivedWithin how long a request may be under way; the seconds named in its refusal
 * @param clockSkew how far clocks may differ: a request's time may lie this far in the future, and
 *     this much further in the past than {@code receivedWithin}
 * @param identifiers how identifiers look
 * @param codes how this door's one-time codes are frozen
 * @param authFactors factors that {@code /auth} takes, as on the wire
 * @param kycFactors factors that {@code /kyc} takes
 * @param environments what a request may name as its environment
 * @param domainUris what a request may name as its domain; {@code https://*} is any https address
 * @param children who is a child and what is denied to them
 * @param authToken whether responses carry a pseudonym
 * @param authTokenOnMismatch whether they do if a factor did not match
 * @param existenceFirst whether {@code /otp} looks for the person before it validates
 * @param signatureAlgorithms that a request's signature may use
 * @param body largest body of a request without biometrics
 * @param bodyWithBiometrics largest body of a request with biometrics
 * @param biometrics how captures are checked
 */
public record IdaDoorSettings(
    @Form(value = PATH, says = NO_PATH) String path,
    @Range(min = "1s", max = "1h") Duration receivedWithin,
    @Range(min = "0s", max = "1h") Duration clockSkew,
    Identifiers identifiers,
    DoorCodeSettings codes,
    @Form(value = FACTORS, says = "is no factor") Set<String> authFactors,
    @Form(value = FACTORS, says = "is no factor") Set<String> kycFactors,
    Set<String> environments,
    @Form(value = "https://[*]|https?://[^*]+", says = "is neither https://* nor an address")
        Set<String> domainUris,
    Children children,
    boolean authToken,
    boolean authTokenOnMismatch,
    boolean existenceFirst,
    Set<JwsAlgorithm> signatureAlgorithms,
    @Range(min = "16KiB", max = "64MiB") ByteSize body,
    @Range(min = "16KiB", max = "64MiB") ByteSize bodyWithBiometrics,
    Biometrics biometrics) {

  /** What a path looks like. */
  static final String PATH = "(/[A-Za-z0-9._-]+)+";

  static final String NO_PATH = "is not a path such as /idauthentication/v1";

  /** Names of factors on the wire. */
  static final String FACTORS = "demo|otp|pin|bio-Finger|bio-Iris|bio-Face";

  public IdaDoorSettings {
    if (signatureAlgorithms.isEmpty()) {
      throw new IllegalArgumentException("signature-algorithms: at least one");
    }
    if (bodyWithBiometrics.compareTo(body) < 0) {
      throw new IllegalArgumentException("body-with-biometrics is smaller than body");
    }
  }

  /**
   * As the door wants them.
   *
   * @param own the server's own address, which requests may always name as their domain
   * @param languages ISO 639-3, mandatory ones first
   */
  public IdaSettings door(String own, List<String> languages) {
    var domains = new ArrayList<>(domainUris);
    domains.add(own);
    return new IdaSettings(
        path,
        receivedWithin,
        clockSkew,
        environments,
        List.copyOf(domains),
        languages,
        identifiers.types,
        identifiers.formats(),
        authFactors,
        kycFactors,
        signatureAlgorithms,
        existenceFirst,
        authTokenOnMismatch,
        authToken,
        body.toInt(),
        bodyWithBiometrics.toInt(),
        new IdaSettings.Biometrics(biometrics.apart, biometrics.hashChain));
  }

  /**
   * @param types that callers may name
   * @param handles postfix of a handle → the whole handle's form
   */
  public record Identifiers(
      Set<IdentifierType> types, int uinLength, int vidLength, Map<String, Pattern> handles) {

    public Identifiers {
      if (types.contains(IdentifierType.LOGIN_NAME)) {
        throw new IllegalArgumentException("types: individuals have no LOGIN_NAME");
      }
      var _ = new IdentifierFormats(Set.of(uinLength), vidLength, handles);
    }

    /** As the core wants them. */
    public IdentifierFormats formats() {
      return new IdentifierFormats(Set.of(uinLength), vidLength, handles);
    }
  }

  /**
   * @param apart how long after one capture the next may be made; told in messages
   * @param hashChain whether the hashes of the captures are checked
   */
  public record Biometrics(@Range(min = "1s", max = "1h") Duration apart, boolean hashChain) {}

  /**
   * @param youngerThan completed years from which on nobody is a child
   * @param denied factors
   */
  public record Children(
      @Range(min = "0", max = "150") int youngerThan,
      @Form(value = "otp|bio", says = "is neither otp nor bio") Set<String> denied) {}
}

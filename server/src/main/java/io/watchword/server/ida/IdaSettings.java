package io.watchword.server.ida;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.wire.protection.JwsAlgorithm;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an operator may set about this door (contract ida 8).
 *
 * @param prefix of the paths, without a slash at the end
 * @param received how old a request may be (A in 2.5), told in messages
 * @param adjustment how far clocks may be apart (J in 2.5)
 * @param environments that a request may name
 * @param domainUris addresses that a request may name, compared without regard to case; {@code
 *     https://*} stands for any https address
 * @param languages ISO 639-3, mandatory ones first
 * @param identifierTypes that are served
 * @param formats of identifiers
 * @param authTypes factors that {@code /auth} takes: {@code demo}, {@code otp}, {@code pin}, {@code
 *     bio-Finger}, {@code bio-Iris}, {@code bio-Face}
 * @param kycTypes factors that {@code /kyc} takes
 * @param algorithms of request signatures
 * @param existenceFirst whether {@code /otp} tells an unknown id before it looks at the rest
 * @param tokenOnFailure whether a mismatch is answered with the person's token
 * @param tokens whether tokens are given at all
 * @param largestBody in bytes, without biometrics
 * @param largestBiometricBody in bytes
 * @param biometrics how captures are checked
 */
public record IdaSettings(
    String prefix,
    Duration received,
    Duration adjustment,
    Set<String> environments,
    List<String> domainUris,
    List<String> languages,
    Set<IdentifierType> identifierTypes,
    IdentifierFormats formats,
    Set<String> authTypes,
    Set<String> kycTypes,
    Set<JwsAlgorithm> algorithms,
    boolean existenceFirst,
    boolean tokenOnFailure,
    boolean tokens,
    int largestBody,
    int largestBiometricBody,
    Biometrics biometrics) {

  /**
   * How biometrics are checked (contract ida 4.4).
   *
   * @param apart how long after one capture the next may be made
   * @param hashChain whether the hashes of the captures are checked
   */
  public record Biometrics(Duration apart, boolean hashChain) {}

  /** The contract's defaults (contract ida 8). */
  public static IdaSettings defaults(List<String> domainUris) {
    Set<String> factors = Set.of("demo", "otp", "bio-Finger", "bio-Iris", "bio-Face");
    return new IdaSettings(
        "/idauthentication/v1",
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Set.of("Staging", "Developer", "Pre-Production", "Production"),
        domainUris,
        List.of("eng", "ara", "fra"),
        EnumSet.of(IdentifierType.UIN, IdentifierType.VID, IdentifierType.HANDLE),
        IdentifierFormats.ida(),
        factors,
        factors,
        Set.of(JwsAlgorithm.RS256),
        true,
        true,
        true,
        1024 * 1024,
        10 * 1024 * 1024,
        new Biometrics(Duration.ofSeconds(120), true));
  }

  boolean acceptsDomain(String uri) {
    return domainUris.stream()
        .anyMatch(allowed ->
            allowed.endsWith("*")
                ? uri.regionMatches(true, 0, allowed, 0, allowed.length() - 1)
                : allowed.equalsIgnoreCase(uri));
  }

  boolean acceptsEnvironment(String env) {
    return environments.stream().anyMatch(env::equalsIgnoreCase);
  }
}

package io.watchword.server.ida;

import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.server.settings.IdaSettings;
import io.watchword.wire.protection.JwsAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the settings say about this door, in the form in which its checks ask.
 *
 * @param settings of the door
 * @param own the server's own base address, which is always a right {@code domainUri}
 * @param languages ISO 639-3, mandatory ones first
 * @param identifierTypes that are served
 * @param formats of identifiers
 */
public record IdaRules(
    IdaSettings settings,
    String own,
    List<String> languages,
    Set<IdentifierType> identifierTypes,
    IdentifierFormats formats) {

  public static IdaRules of(IdaSettings settings, String own, List<String> languages) {
    IdaSettings.Identifiers ids = settings.identifiers();
    return new IdaRules(
        settings,
        own,
        languages,
        ids.types().stream()
            .map(type -> IdentifierType.valueOf(type.name()))
            .collect(Collectors.toUnmodifiableSet()),
        new IdentifierFormats(Set.of(ids.uinLength()), ids.vidLength(), ids.handles()));
  }

  Duration received() {
    return settings.receivedWithin();
  }

  Duration adjustment() {
    return settings.clockSkew();
  }

  Set<String> authTypes() {
    return settings.authFactors();
  }

  Set<String> kycTypes() {
    return settings.kycFactors();
  }

  Set<JwsAlgorithm> algorithms() {
    return settings.signatureAlgorithms();
  }

  boolean existenceFirst() {
    return settings.existenceFirst();
  }

  boolean tokenOnFailure() {
    return settings.authTokenOnMismatch();
  }

  boolean tokens() {
    return settings.authToken();
  }

  int largestBody() {
    return Math.toIntExact(settings.body().bytes());
  }

  int largestBiometricBody() {
    return Math.toIntExact(settings.bodyWithBiometrics().bytes());
  }

  boolean acceptsDomain(String uri) {
    return settings.acceptsDomainUri(uri, own);
  }

  boolean acceptsEnvironment(String env) {
    return settings.environments().stream().anyMatch(env::equalsIgnoreCase);
  }
}

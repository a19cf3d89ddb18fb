package io.watchword.server.settings;

import io.watchword.core.individual.Modality;
import io.watchword.server.biosdk.BioSdkService;
import io.watchword.server.settings.values.Default;
import io.watchword.server.settings.values.Range;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings group {@code biometrics}: how captures are compared, whichever door they come
 * through.
 *
 * @param finger fingerprints, by the matcher that is built in
 * @param services that compare other modalities, or fingers instead of the built-in one
 */
public record BiometricSettings(Finger finger, List<Service> services) {

  public BiometricSettings {
    services = List.copyOf(services);
    List<String> problems = new ArrayList<>();
    Set<Modality> compared = EnumSet.noneOf(Modality.class);
    for (Service each : services) {
      each.problems(problems);
      for (Modality modality : each.modalities()) {
        if (!compared.add(modality)) {
          problems.add("biometrics.services: two of them compare " + modality);
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  /** Whether fingers are compared by the matcher that is built in. */
  public boolean comparesFingersItself() {
    return services.stream().noneMatch(each -> each.modalities().contains(Modality.FINGER));
  }

  /**
   * Fingerprints (contract identity-v1 8.3, decision 032).
   *
   * @param threshold score of SourceAFIS that one finger must reach
   * @param atOnce comparisons at a time; 0: one for each core
   * @param patience how long a comparison waits for its turn before it is a technical fault
   */
  public record Finger(
      @Range(min = "20", max = "500") int threshold,
      @Range(min = "0", max = "1024") int atOnce,
      @Range(min = "0s", max = "1m") Duration patience) {}

  /**
   * A service behind MOSIP's BioSDK contract (contract biosdk, decision 034).
   *
   * @param name how logs call it
   * @param address scheme, host, port and context path
   * @param modalities that it compares
   * @param headers sent with each call; may hold a key, so {@code toString} does not show them
   * @param trustedCertificates a PEM file with the only certificates to trust; empty for the
   *     authorities of the Java platform
   * @param allowClearText whether biometrics may leave by plain HTTP to another host
   */
  public record Service(
      String name,
      String address,
      Set<Modality> modalities,
      Map<String, String> headers,
      Optional<Path> trustedCertificates,
      @Default("false") boolean allowClearText) {

    public Service {
      modalities = Set.copyOf(modalities);
      headers = Map.copyOf(headers);
    }

    private void problems(List<String> problems) {
      String key = "biometrics.services." + name;
      if (modalities.isEmpty()) {
        problems.add(key + ".modalities: none");
      }
      try {
        service().problems().forEach(problem -> problems.add(key + "." + problem));
      } catch (IllegalArgumentException e) {
        problems.add(key + ".address: no address");
      }
    }

    /** As its client wants it. */
    public BioSdkService service() {
      return new BioSdkService(
          name, URI.create(address), headers, trustedCertificates, allowClearText);
    }

    @Override
    public String toString() {
      return "Service[" + name + "]";
    }
  }
}

package io.watchword.server;

import io.watchword.core.authentication.BiometricMatcher;
import io.watchword.core.individual.Modality;
import io.watchword.matching.finger.SourceAfisMatcher;
import io.watchword.server.biosdk.BioSdkLimits;
import io.watchword.server.biosdk.BioSdkMatcher;
import io.watchword.server.settings.BiometricSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What compares each modality in this deployment.
 *
 * @param byModality none without a matcher
 * @param services clients to be closed
 */
record Matchers(Map<Modality, BiometricMatcher> byModality, List<BioSdkMatcher> services)
    implements AutoCloseable {

  static Matchers of(BiometricSettings settings, InstantSource clock) {
    BiometricSettings.Finger finger = settings.finger();
    int atOnce =
        finger.atOnce() == 0 ? Runtime.getRuntime().availableProcessors() : finger.atOnce();
    Map<Modality, BiometricMatcher> all = new EnumMap<>(Modality.class);
    all.put(Modality.FINGER, new SourceAfisMatcher(finger.threshold(), atOnce, finger.patience()));
    List<BioSdkMatcher> services = new ArrayList<>();
    for (BiometricSettings.Service each : settings.services()) {
      var matcher =
          new BioSdkMatcher(each.service(), each.modalities(), BioSdkLimits.STANDARD, clock);
      services.add(matcher);
      each.modalities().forEach(modality -> all.put(modality, matcher));
    }
    return new Matchers(Map.copyOf(all), List.copyOf(services));
  }

  @Override
  public void close() {
    services.forEach(BioSdkMatcher::close);
  }
}

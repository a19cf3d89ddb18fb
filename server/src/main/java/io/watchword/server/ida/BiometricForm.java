package io.watchword.server.ida;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code biometrics} of a decrypted request (contract ida 4.4).
 *
 * @param elements as sent
 * @param malformed whether the member is there and no array
 * @param captures what the elements hold, once {@link BiometricChecks} has opened them
 */
record BiometricForm(List<JsonNode> elements, boolean malformed, List<Capture> captures) {

  static final BiometricForm NONE = new BiometricForm(List.of(), false, List.of());

  static BiometricForm of(@Nullable JsonNode biometrics) {
    if (biometrics == null || biometrics.isNull()) {
      return NONE;
    }
    if (!biometrics.isArray()) {
      return new BiometricForm(List.of(), true, List.of());
    }
    var elements = new ArrayList<JsonNode>();
    biometrics.forEach(elements::add);
    return new BiometricForm(elements, false, List.of());
  }

  BiometricForm opened(List<Capture> found) {
    return new BiometricForm(elements, malformed, found);
  }

  /** The modalities that are named, each once, in the order of the elements. */
  List<String> types() {
    return captures.stream().map(Capture::type).distinct().toList();
  }

  boolean fitDevices() {
    return captures.stream().allMatch(Capture::fitsDevice);
  }
}

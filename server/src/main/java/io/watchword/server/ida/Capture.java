package io.watchword.server.ida;

import io.watchword.core.individual.Modality;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * An element of {@code biometrics} whose signatures hold and whose sample is deciphered (contract
 * ida 4.4).
 *
 * @param data the payload that the device signed
 * @param digitalId the payload that the device's trust module signed
 * @param sample deciphered {@code bioValue}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
record Capture(ObjectNode data, ObjectNode digitalId, byte[] sample) {

  String type() {
    return Member.of(data, "bioType").orEmpty();
  }

  Member subType() {
    return Member.of(data, "bioSubType");
  }

  /** Empty: none that this wire format knows. */
  Optional<Modality> modality() {
    return switch (type()) {
      case "Finger" -> Optional.of(Modality.FINGER);
      case "Iris" -> Optional.of(Modality.IRIS);
      case "Face" -> Optional.of(Modality.FACE);
      default -> Optional.empty();
    };
  }

  boolean is(Modality modality) {
    return modality().filter(modality::equals).isPresent();
  }

  /** Whether the device says of itself that it captures such things. */
  boolean fitsDevice() {
    return type().equalsIgnoreCase(Member.of(digitalId, "type").orEmpty());
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "Capture[sealed]";
  }
}

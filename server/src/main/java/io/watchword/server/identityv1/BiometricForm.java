package io.watchword.server.identityv1;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.server.settings.IdentityV1DoorSettings;
import io.watchword.wire.identityv1.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The biometric factor of a request (contract identity-v1 8).
 *
 * @param samples captures of the declared modalities
 */
record BiometricForm(Map<Modality, List<Sample>> samples) {

  private static final int MOST_ENTRIES = 16;
  private static final Set<String> FINGERS = Set.of("THUMB", "INDEX", "MIDDLE", "RING", "LITTLE");

  /** The modalities that {@code bioMetadata} declares, as far as they are known. */
  static Set<Modality> declared(Node body) throws Refused {
    Set<Modality> declared = EnumSet.noneOf(Modality.class);
    for (Node entry : entries(body.array("bioMetadata"))) {
      entry.filled("bioType").flatMap(BiometricForm::modality).ifPresent(declared::add);
    }
    return declared;
  }

  /**
   * Checks everything and reports all faults together.
   *
   * @param identity the member {@code request/identity}
   * @param faults gets what is wrong
   */
  static BiometricForm of(
      Node body, Node identity, IdentityV1DoorSettings.Biometrics settings, List<Fault> faults)
      throws Refused {
    Set<Modality> declared = metadata(body, settings, faults);
    Map<Modality, List<Sample>> samples = new EnumMap<>(Modality.class);
    List<Node> data = entries(identity.array("biometricData"));
    if (data.size() > MOST_ENTRIES) {
      faults.add(Faults.invalid("biometricData"));
      return new BiometricForm(samples);
    }
    for (Node entry : data) {
      Optional<Modality> modality = entry.filled("type").flatMap(BiometricForm::dataType);
      if (modality.isEmpty()) {
        faults.add(Faults.invalid("type"));
      } else if (declared.contains(modality.get())) {
        sample(modality.get(), entry, faults)
            .ifPresent(sample ->
                samples.computeIfAbsent(modality.get(), _ -> new ArrayList<>()).add(sample));
      }
    }
    boolean broken = !faults.isEmpty();
    for (Modality modality : declared) {
      List<Sample> given = samples.getOrDefault(modality, List.of());
      if (given.isEmpty() && !broken) {
        faults.add(Faults.missing(modality.name().toLowerCase(Locale.ROOT)));
      }
      numbers(modality, given, faults);
    }
    return new BiometricForm(samples);
  }

  private static List<Node> entries(Node array) throws Refused {
    List<Node> entries = new ArrayList<>();
    if (array.json() != null) {
      for (JsonNode entry : array.json()) {
        if (!entry.isObject()) {
          throw Refused.unreadable(io.helidon.http.Status.BAD_REQUEST_400);
        }
        entries.add(new Node(entry));
      }
    }
    return entries;
  }

  /** {@code bioMetadata}: what is declared, each once, with its device. */
  private static Set<Modality> metadata(
      Node body, IdentityV1DoorSettings.Biometrics settings, List<Fault> faults) throws Refused {
    Set<Modality> declared = EnumSet.noneOf(Modality.class);
    List<Node> entries = entries(body.array("bioMetadata"));
    if (entries.isEmpty()) {
      add(faults, Faults.NO_BIOMETRICS);
    }
    for (Node entry : entries.subList(0, Math.min(MOST_ENTRIES, entries.size()))) {
      Optional<String> type = entry.filled("bioType");
      if (type.isEmpty()) {
        add(faults, Faults.NO_BIO_TYPE);
      } else if (modality(type.get()).isEmpty()) {
        add(faults, Faults.unknownBioType(cut(type.get())));
      } else if (!declared.add(modality(type.get()).get())) {
        add(faults, Faults.invalid("bioType"));
      }
      Node device = entry.object("deviceInfo");
      if (!device.present()) {
        add(faults, Faults.missing("deviceInfo"));
      } else {
        for (String name : List.of("deviceId", "make", "model")) {
          boolean missing =
              settings.deviceValuesRequired()
                  ? device.filled(name).isEmpty()
                  : device.text(name) == null;
          if (missing) {
            add(faults, Faults.missing(name));
          }
        }
      }
    }
    return declared;
  }

  private static Optional<Sample> sample(Modality modality, Node entry, List<Fault> faults) {
    Optional<String> position = position(modality, entry.text("subType"));
    if (position.isEmpty()) {
      add(faults, Faults.invalid("subType"));
    }
    Optional<String> value = entry.filled("value");
    if (value.isEmpty()) {
      add(faults, Faults.missing("value"));
      return Optional.empty();
    }
    byte[] record;
    try {
      record =
          Base64.getDecoder()
              .decode(value.get().replaceAll("[\\r\\n]", "").replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      add(faults, Faults.BAD_BIOMETRICS);
      return Optional.empty();
    }
    Optional<Fault> fault = BiometricFormats.fault(modality, record);
    fault.ifPresent(what -> add(faults, what));
    return fault.isPresent() ? Optional.empty() : position.map(name -> new Sample(name, record));
  }

  private static void numbers(Modality modality, List<Sample> given, List<Fault> faults) {
    switch (modality) {
      case FINGER -> {
        if (given.size() > 2) {
          add(faults, Faults.MANY_FINGERS);
        } else if (twice(given)) {
          add(faults, Faults.SAME_FINGER);
        }
      }
      case IRIS -> {
        if (given.size() > 2) {
          add(faults, Faults.MANY_IRISES);
        } else if (twice(given)) {
          add(faults, Faults.SAME_IRIS);
        }
      }
      case FACE -> {
        if (given.size() > 1) {
          add(faults, Faults.MANY_FACES);
        }
      }
    }
  }

  /** Whether a named position or a record is there twice. */
  private static boolean twice(List<Sample> given) {
    Set<String> positions = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      Sample sample = given.get(i);
      if (!sample.position().equals(Sample.UNKNOWN) && !positions.add(sample.position())) {
        return true;
      }
      for (Sample other : given.subList(0, i)) {
        if (Arrays.equals(sample.record(), other.record())) {
          return true;
        }
      }
    }
    return false;
  }

  private static void add(List<Fault> faults, Fault fault) {
    if (!faults.contains(fault)) {
      faults.add(fault);
    }
  }

  private static Optional<Modality> modality(String bioType) {
    return switch (bioType) {
      case "FTD", "fgrMin", "FMR" -> Optional.of(Modality.FINGER);
      case "IID", "irisImg", "IIR" -> Optional.of(Modality.IRIS);
      case "FID", "faceImg" -> Optional.of(Modality.FACE);
      default -> Optional.empty();
    };
  }

  private static Optional<Modality> dataType(String type) {
    return switch (type.toUpperCase(Locale.ROOT)) {
      case "FINGER", "FGRMIN", "FMR" -> Optional.of(Modality.FINGER);
      case "IRIS", "IRISIMG", "IIR" -> Optional.of(Modality.IRIS);
      case "FACE", "FACEIMG", "FID" -> Optional.of(Modality.FACE);
      default -> Optional.empty();
    };
  }

  /** As the core calls it, such as {@code Left IndexFinger}; empty: there is no such part. */
  private static Optional<String> position(
      Modality modality, @org.jspecify.annotations.Nullable String subType) {
    String name = subType == null ? "" : subType.strip().toUpperCase(Locale.ROOT);
    return switch (modality) {
      case FACE -> Optional.of("");
      case IRIS ->
          switch (name) {
            case "LEFT" -> Optional.of("Left");
            case "RIGHT" -> Optional.of("Right");
            case "UNKNOWN" -> Optional.of(Sample.UNKNOWN);
            default -> Optional.empty();
          };
      case FINGER -> finger(name);
    };
  }

  private static Optional<String> finger(String name) {
    switch (name) {
      case "UNKNOWN" -> {
        return Optional.of(Sample.UNKNOWN);
      }
      // The first spelling is that of the source document's sample.
      case "RIGTHT_POINTER", "RIGHT_POINTER" -> {
        return Optional.of("Right IndexFinger");
      }
      case "LEFT_POINTER" -> {
        return Optional.of("Left IndexFinger");
      }
      default -> {}
    }
    int hand = name.indexOf('_');
    String side = hand < 0 ? "" : name.substring(0, hand);
    String finger = hand < 0 ? "" : name.substring(hand + 1).replaceFirst("_FINGER$", "");
    if (!FINGERS.contains(finger) || !(side.equals("LEFT") || side.equals("RIGHT"))) {
      return Optional.empty();
    }
    String written = finger.charAt(0) + finger.substring(1).toLowerCase(Locale.ROOT);
    return Optional.of(
        (side.equals("LEFT") ? "Left " : "Right ")
            + written
            + (finger.equals("THUMB") ? "" : "Finger"));
  }

  private static String cut(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64);
  }

  /** Nothing of the person. */
  @Override
  public String toString() {
    return "BiometricForm" + samples.keySet();
  }
}

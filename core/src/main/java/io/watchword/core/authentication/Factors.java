package io.watchword.core.authentication;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody gives as proof of being a person.
 *
 * @param otp the code that the person gave back; {@code null}: no such factor
 * @param claims about the person's data, in the order in which mismatches are told; empty: no such
 *     factor
 * @param pin the person's static PIN; {@code null}: no such factor
 * @param biometrics captures by modality, none of them without a capture; empty: no such factor
 */
public record Factors(
    @Nullable String otp,
    List<Claim> claims,
    @Nullable String pin,
    Map<Modality, List<Sample>> biometrics) {

  /** Lock codes and audit names of the factors. */
  static final String OTP = "otp";

  static final String DEMO = "demo";
  static final String PIN = "pin";

  public Factors {
    claims = List.copyOf(claims);
    var ordered = new EnumMap<Modality, List<Sample>>(Modality.class);
    biometrics.forEach((modality, samples) -> ordered.put(modality, List.copyOf(samples)));
    biometrics = ordered;
    boolean none = otp == null && claims.isEmpty() && pin == null && biometrics.isEmpty();
    if (none || biometrics.values().stream().anyMatch(List::isEmpty)) {
      // Every door refuses this. Were one to forget, nobody may be accepted for nothing.
      throw new IllegalArgumentException("an authentication needs a factor");
    }
  }

  /** A code, claims, or both. */
  public static Factors of(@Nullable String otp, List<Claim> claims) {
    return new Factors(otp, claims, null, Map.of());
  }

  /** Whether a factor is among them that takes too long to be compared inside a unit. */
  boolean slow() {
    return pin != null || !biometrics.isEmpty();
  }

  /** Their names, in the order in which they are judged. */
  List<String> names() {
    var names = new ArrayList<String>();
    if (otp != null) {
      names.add(OTP);
    }
    if (!claims.isEmpty()) {
      names.add(DEMO);
    }
    biometrics.keySet().forEach(modality -> names.add(name(modality)));
    if (pin != null) {
      names.add(PIN);
    }
    return names;
  }

  /** As letters call them, which turn them into words of a language. */
  List<String> words() {
    return names().stream()
        .map(name -> name.startsWith("bio-") ? name.substring(4).toLowerCase(Locale.ROOT) : name)
        .toList();
  }

  static String name(Modality modality) {
    return switch (modality) {
      case FINGER -> "bio-Finger";
      case IRIS -> "bio-Iris";
      case FACE -> "bio-Face";
    };
  }

  /** Without what was given. */
  @Override
  public String toString() {
    return "Factors" + names();
  }
}

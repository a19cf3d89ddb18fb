package io.watchword.core.authentication;

import io.watchword.core.authentication.BiometricMatcher.Result;
import io.watchword.core.individual.EnrolledBiometrics;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.core.individual.StaticPin;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.unit.Store;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Compares what takes too long to be compared inside a unit: a PIN, and biometrics. Whether a try
 * may be made at all was decided before, by {@link BeginAttempt}.
 */
public final class SlowFactors {

  private final Store store;
  private final SlowHash hash;
  private final Map<Modality, BiometricMatcher> matchers;

  /**
   * @param matchers by what they compare
   */
  public SlowFactors(Store store, SlowHash hash, Map<Modality, BiometricMatcher> matchers) {
    this.store = store;
    this.hash = hash;
    this.matchers = Map.copyOf(matchers);
  }

  /** What can be compared; doors refuse the rest by their own words. */
  public Set<Modality> modalities() {
    return matchers.keySet();
  }

  /** What a PIN was found to be. */
  enum PinResult {
    /** None was given. */
    NONE,
    RIGHT,
    /** Another one, or the person has none, or it was not compared for too many tries. */
    DIFFERENT,
    /** Too many others are being hashed. */
    BUSY
  }

  /** A modality was asked for of which nothing is on file. */
  record NotEnrolled() implements BiometricResult {}

  /** A modality was compared, or could not be. */
  record Compared(Result result) implements BiometricResult {}

  /** What became of one modality. */
  sealed interface BiometricResult {}

  /**
   * What was found.
   *
   * @param biometrics those that were asked for
   */
  record Results(PinResult pin, Map<Modality, BiometricResult> biometrics) {

    static final Results NONE = new Results(PinResult.NONE, Map.of());

    /** Whether every modality was compared and is right. */
    boolean bodyRight() {
      return biometrics.values().stream()
          .allMatch(each -> each instanceof Compared(Result.Matched()));
    }

    /** Whether any modality was compared and is not right. */
    boolean bodyDifferent() {
      return biometrics.values().stream()
          .anyMatch(each -> each instanceof Compared(Result.Different()));
    }
  }

  /**
   * Compares, one factor after the other.
   *
   * @param pinOpen whether the PIN may be compared; if not it takes the same time and is different
   */
  Results compare(String person, Factors factors, boolean pinOpen) {
    var biometrics = new EnumMap<Modality, BiometricResult>(Modality.class);
    if (!factors.biometrics().isEmpty()) {
      EnrolledBiometrics row = store.read(EnrolledBiometrics.TABLE.key(person));
      EnrolledBiometrics enrolled = row == null ? EnrolledBiometrics.NONE : row;
      factors
          .biometrics()
          .forEach((modality, presented) ->
              biometrics.put(modality, compare(modality, presented, enrolled)));
    }
    String pin = factors.pin();
    return new Results(pin == null ? PinResult.NONE : comparePin(person, pin, pinOpen), biometrics);
  }

  private BiometricResult compare(
      Modality modality, List<Sample> presented, EnrolledBiometrics enrolled) {
    List<Sample> stored = enrolled.samples().getOrDefault(modality, List.of());
    if (stored.isEmpty()) {
      return new NotEnrolled();
    }
    BiometricMatcher matcher = matchers.get(modality);
    if (matcher == null) {
      throw new IllegalArgumentException("no matcher compares " + modality);
    }
    try {
      return new Compared(Objects.requireNonNull(matcher.compare(modality, presented, stored)));
    } catch (RuntimeException broken) {
      return new Compared(new Result.TechnicalFault(broken.getClass().getName()));
    }
  }

  private PinResult comparePin(String person, String pin, boolean open) {
    StaticPin stored = open ? store.read(StaticPin.TABLE.key(person)) : null;
    try {
      return hash.matches(stored == null ? null : stored.hash(), pin)
          ? PinResult.RIGHT
          : PinResult.DIFFERENT;
    } catch (SlowHash.Busy e) {
      return PinResult.BUSY;
    }
  }
}

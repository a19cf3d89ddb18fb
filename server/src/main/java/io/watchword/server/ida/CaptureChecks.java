package io.watchword.server.ida;

import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Sample;
import io.watchword.wire.ida.IdaError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of contract ida 4.4 that belong to validation steps V3, V4, V6, the first half of V7 and
 * the id checks. Times are judged next door in {@link CaptureTimes}.
 *
 * @param captures in the order of the request
 */
record CaptureChecks(List<Capture> captures) {

  private static final int MOST_FINGERS = 10;
  private static final int MOST_UNKNOWN_IRISES = 2;
  private static final int LONGEST_ECHO = 64;
  private static final Set<String> EYES = Set.of("Left", "Right");
  private static final Set<String> FINGERS =
      EYES.stream()
          .flatMap(hand ->
              Stream.of("Thumb", "IndexFinger", "MiddleFinger", "RingFinger", "LittleFinger")
                  .map(finger -> hand + " " + finger))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * V3 and V4: a member that relying party and device both fill in, or both leave out.
   *
   * @param name {@code domainUri} or {@code env}
   * @param outer the relying party's; {@code null}: left out
   */
  void agree(String name, @Nullable String outer, List<IdaError> errors) {
    if (outer == null) {
      if (captures.stream().anyMatch(capture -> Member.of(capture.data(), name).text() != null)) {
        errors.add(IdaErrors.invalid("request/" + name));
      }
      return;
    }
    List<Member> inner = captures.stream().map(capture -> Member.of(capture.data(), name)).toList();
    where(inner, member -> member.text() == null)
        .ifPresent(missing ->
            errors.add(IdaErrors.invalid("request/biometrics/" + missing + "/data/" + name)));
    where(inner, member -> member.text() != null && !outer.equals(member.text()))
        .ifPresent(other ->
            errors.add(
                IdaErrors.notMatching(
                    "request/biometrics/" + other + "/data/" + name, "request/" + name)));
  }

  /** The indexes, joined by commas; empty if there are none. */
  private static Optional<String> where(List<Member> members, Predicate<Member> condition) {
    return Optional.of(
            IntStream.range(0, members.size())
                .filter(i -> condition.test(members.get(i)))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(",")))
        .filter(indexes -> !indexes.isEmpty());
  }

  /**
   * V6: types, then positions, then numbers and repetitions, as far as nothing was wrong.
   *
   * @param taken factors that this endpoint takes, such as {@code bio-Iris}
   * @param comparable what there is a matcher for
   */
  void factors(Set<String> taken, Set<Modality> comparable, List<IdaError> errors) {
    var found = new ArrayList<IdaError>();
    types(taken, comparable, found);
    if (found.isEmpty()) {
      positions(found);
    }
    if (found.isEmpty()) {
      fingers(found);
      irises(found);
      if (of(Modality.FACE).size() > 1) {
        found.add(IdaErrors.of("IDA-BIA-009", "Number of FACE records should not exceed 1"));
      }
    }
    errors.addAll(found);
  }

  private void types(Set<String> taken, Set<Modality> comparable, List<IdaError> errors) {
    captures.stream()
        .filter(capture ->
            !taken.contains("bio-" + capture.type())
                || capture.modality().filter(comparable::contains).isEmpty())
        .map(Capture::type)
        .distinct()
        .forEach(type -> errors.add(IdaErrors.unsupported("bio-" + cut(type))));
  }

  private void positions(List<IdaError> errors) {
    for (int i = 0; i < captures.size(); i++) {
      Capture capture = captures.get(i);
      if (capture.is(Modality.FACE)) {
        continue;
      }
      String place = "request/biometrics/" + i + "/data/bioSubType";
      Member subType = capture.subType();
      Set<String> known = capture.is(Modality.IRIS) ? EYES : FINGERS;
      if (subType.wrongType()) {
        errors.add(IdaErrors.invalid(place));
      } else if (subType.filled().isEmpty()) {
        errors.add(IdaErrors.missing(place));
      } else if (!isUnknown(capture) && !known.contains(subType.orEmpty())) {
        errors.add(IdaErrors.invalid(place + " - " + cut(subType.orEmpty())));
      }
    }
  }

  private void fingers(List<IdaError> errors) {
    List<Capture> fingers = of(Modality.FINGER);
    if (samePositionTwice(fingers) || sameSampleTwice(fingers)) {
      errors.add(
          new IdaError(
              "IDA-BIA-002",
              "Duplicate fingers in request",
              "Please try again with distinct fingers"));
    }
    if (fingers.size() > MOST_FINGERS) {
      errors.add(IdaErrors.of("IDA-BIA-003", "Number of Fingers should not exceed 10"));
    }
  }

  private void irises(List<IdaError> errors) {
    List<Capture> irises = of(Modality.IRIS);
    if (sameSampleTwice(irises)) {
      errors.add(
          new IdaError(
              "IDA-BIA-007",
              "Duplicate Irises in request",
              "Please try again with distinct Irises"));
    }
    long unknown = irises.stream().filter(CaptureChecks::isUnknown).count();
    if (samePositionTwice(irises) || unknown > MOST_UNKNOWN_IRISES) {
      errors.add(IdaErrors.of("IDA-BIA-008", "Number of Iris should not exceed 2"));
    }
  }

  /** What was captured, of requests that passed the checks. */
  Map<Modality, List<Sample>> samples() {
    Map<Modality, List<Sample>> samples = new EnumMap<>(Modality.class);
    for (Capture capture : captures) {
      Modality modality = capture.modality().orElseThrow();
      String position = modality == Modality.FACE ? "" : capture.subType().orEmpty();
      samples
          .computeIfAbsent(modality, _ -> new ArrayList<>())
          .add(new Sample(position, capture.sample()));
    }
    return samples;
  }

  private List<Capture> of(Modality modality) {
    return captures.stream().filter(capture -> capture.is(modality)).toList();
  }

  private static boolean isUnknown(Capture capture) {
    return Sample.UNKNOWN.equals(capture.subType().text());
  }

  private static boolean samePositionTwice(List<Capture> captures) {
    return repeats(
        captures.stream()
            .filter(capture -> !isUnknown(capture))
            .map(capture -> capture.subType().orEmpty())
            .toList());
  }

  private static boolean sameSampleTwice(List<Capture> captures) {
    return repeats(
        captures.stream().map(capture -> HexFormat.of().formatHex(capture.sample())).toList());
  }

  private static boolean repeats(List<String> values) {
    return values.stream().distinct().count() < values.size();
  }

  /** V7, first half: every capture was made for this transaction. */
  void transactions(@Nullable String transaction, List<IdaError> errors) {
    for (int i = 0; i < captures.size(); i++) {
      String place = "request/biometrics/" + i + "/data/transactionId";
      Member member = Member.of(captures.get(i).data(), "transactionId");
      if (member.absent()) {
        errors.add(IdaErrors.missing(place));
      } else if (!Objects.equals(member.text(), transaction)) {
        errors.add(IdaErrors.invalid(place));
      }
    }
  }

  /** With the id checks: what a device says of itself. The odd places are the contract's. */
  void devices(List<IdaError> errors) {
    for (int i = 0; i < captures.size(); i++) {
      Capture capture = captures.get(i);
      String place = "request/biometrics/" + i;
      for (String name : List.of("deviceCode", "deviceServiceVersion")) {
        if (Member.of(capture.data(), name).filled().isEmpty()) {
          errors.add(IdaErrors.missing(place + "/" + name));
        }
      }
      if (Member.of(capture.digitalId(), "serialNo").filled().isEmpty()) {
        errors.add(IdaErrors.missing(place + "/digitalId/serialNo"));
      }
      for (String name :
          List.of("make", "model", "type", "deviceSubType", "deviceProvider", "deviceProviderId")) {
        if (Member.of(capture.digitalId(), name).filled().isEmpty()) {
          errors.add(IdaErrors.missing(place + "/data/digitalId/" + name));
        }
      }
    }
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO);
  }
}

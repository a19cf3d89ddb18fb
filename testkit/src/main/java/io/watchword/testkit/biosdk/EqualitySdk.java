package io.watchword.testkit.biosdk;

import io.watchword.wire.biosdk.Answer;
import io.watchword.wire.biosdk.BiometricRecord;
import io.watchword.wire.biosdk.ConvertRequest;
import io.watchword.wire.biosdk.ExtractRequest;
import io.watchword.wire.biosdk.MatchDecision;
import io.watchword.wire.biosdk.MatchDecision.Decision;
import io.watchword.wire.biosdk.MatchDecision.Outcome;
import io.watchword.wire.biosdk.MatchRequest;
import io.watchword.wire.biosdk.QualityCheck;
import io.watchword.wire.biosdk.QualityRequest;
import io.watchword.wire.biosdk.SegmentRequest;
import io.watchword.wire.biosdk.ServiceInfo;
import io.watchword.wire.biosdk.ServiceInfo.Function;
import io.watchword.wire.cbeff.BdbInfo;
import io.watchword.wire.cbeff.BiometricType;
import io.watchword.wire.cbeff.Bir;
import io.watchword.wire.cbeff.ProcessedLevel;
import io.watchword.wire.cbeff.Purpose;
import io.watchword.wire.cbeff.RegistryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares records by equality of the SHA-256 of their data blocks (contract biosdk 5): finger and
 * iris match if any pair agrees, a face only if all pairs do. Unlike the mock SDK of demo systems
 * it looks at whole subtypes, in any order of their words.
 *
 * <p>A template of its own form is the SHA-256 of the image that it is of.
 */
final class EqualitySdk {

  static final ServiceInfo INFO =
      new ServiceInfo(
          "0.9",
          "1.0",
          List.of(BiometricType.FINGER, BiometricType.FACE, BiometricType.IRIS),
          Map.of(
              Function.MATCH, supported(),
              Function.QUALITY_CHECK, supported(),
              Function.EXTRACT, supported(),
              Function.SEGMENT, supported()),
          Map.of(),
          new RegistryId("Watchword", "test"));

  /** The format of its own templates. */
  static final RegistryId TEMPLATE = new RegistryId("Watchword", "1");

  private static final Set<String> WORDS =
      Set.of(
          "Left",
          "Right",
          "Thumb",
          "IndexFinger",
          "MiddleFinger",
          "RingFinger",
          "LittleFinger",
          "UNKNOWN",
          "Face");
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "2", List.of("FMR\0 20\0", "FMR\u0000030\0"),
          "7", List.of("FIR\u0000020\0"),
          "8", List.of("FAC\u0000030\0"),
          "9", List.of("IIR\u0000020\0"));

  private EqualitySdk() {}

  private static List<BiometricType> supported() {
    return List.of(BiometricType.FINGER, BiometricType.FACE, BiometricType.IRIS);
  }

  static Answer match(MatchRequest request) {
    try {
      Set<BiometricType> asked = asked(request.modalitiesToMatch());
      Map<BiometricType, List<Bir>> sample = segments("sample", request.sample(), asked);
      if (request.gallery().isEmpty()) {
        throw new Unfit(Answer.MISSING_INPUT, "Missing Input Parameter gallery");
      }
      List<MatchDecision> decisions = new ArrayList<>();
      for (BiometricRecord record : request.gallery()) {
        Map<BiometricType, List<Bir>> stored = segments("gallery", record, asked);
        var byType = new EnumMap<BiometricType, Decision>(BiometricType.class);
        for (BiometricType type : asked) {
          byType.put(type, decide(type, sample.get(type), stored.get(type)));
        }
        decisions.add(new MatchDecision(decisions.size(), byType, Map.of()));
      }
      return new Answer(Answer.OK, "OK", decisions);
    } catch (Unfit e) {
      return e.answer();
    }
  }

  private static Decision decide(
      BiometricType type, @Nullable List<Bir> probes, @Nullable List<Bir> stored) {
    if (probes == null || stored == null) {
      return error((probes == null ? "sample" : "gallery") + " without " + type);
    }
    List<Boolean> agreed = new ArrayList<>();
    for (Bir probe : probes) {
      for (Bir each : stored) {
        if (comparable(subtype(probe), subtype(each))) {
          agreed.add(MessageDigest.isEqual(digest(probe), digest(each)));
        }
      }
    }
    if (agreed.isEmpty()) {
      return error("no subtype of the sample in the gallery");
    }
    boolean match = type == BiometricType.FACE ? !agreed.contains(false) : agreed.contains(true);
    return Decision.of(match ? Outcome.MATCHED : Outcome.NOT_MATCHED);
  }

  private static Decision error(String text) {
    return new Decision(Outcome.ERROR, List.of(text), Map.of());
  }

  private static boolean comparable(Set<String> probe, Set<String> stored) {
    return probe.isEmpty() || probe.equals(stored);
  }

  /** Empty: none, or not told. A face has none, whatever is written. */
  private static Set<String> subtype(Bir bir) {
    Set<String> words = new HashSet<>(info(bir).subtypes());
    words.removeAll(Set.of("UNKNOWN", "Face"));
    return words;
  }

  private static byte[] digest(Bir bir) {
    byte[] bdb = bdb(bir);
    return isTemplate(bir) ? bdb : sha256(bdb);
  }

  static Answer quality(QualityRequest request) {
    try {
      Set<BiometricType> asked = asked(request.modalitiesToCheck());
      var scores = new EnumMap<BiometricType, QualityCheck.Score>(BiometricType.class);
      segments("sample", request.sample(), asked)
          .forEach((type, segments) ->
              scores.put(type, new QualityCheck.Score(worst(segments), List.of(), Map.of())));
      return new Answer(Answer.OK, "OK", new QualityCheck(scores, Map.of()));
    } catch (Unfit e) {
      return e.answer();
    }
  }

  /** The score that the capture says of itself, or 80. */
  private static float worst(List<Bir> segments) {
    float worst = 100;
    for (Bir segment : segments) {
      var quality = info(segment).quality();
      Integer score = quality == null ? null : quality.score();
      worst = Math.min(worst, score == null ? 80 : score);
    }
    return worst;
  }

  static Answer extract(ExtractRequest request) {
    try {
      List<Bir> templates = new ArrayList<>();
      segments("sample", request.sample(), asked(request.modalitiesToExtract()))
          .values()
          .forEach(segments -> segments.forEach(segment -> templates.add(template(segment))));
      return new Answer(Answer.OK, "OK", BiometricRecord.of(templates));
    } catch (Unfit e) {
      return e.answer();
    }
  }

  private static Bir template(Bir image) {
    BdbInfo info = info(image);
    Purpose purpose = info.purpose() == null ? Purpose.ENROLL : info.purpose();
    return Bir.segment(
        BdbInfo.of(
            TEMPLATE, info.types().getFirst(), info.subtypes(), ProcessedLevel.PROCESSED, purpose),
        digest(image));
  }

  /** Every segment of ours is a single capture, and so already a segment of its own. */
  static Answer segment(SegmentRequest request) {
    try {
      List<Bir> all = new ArrayList<>();
      segments("sample", request.sample(), asked(request.modalitiesToSegment()))
          .values()
          .forEach(all::addAll);
      return new Answer(Answer.OK, "OK", BiometricRecord.of(all));
    } catch (Unfit e) {
      return e.answer();
    }
  }

  /** Not among the functions that {@link #INFO} offers. */
  static Answer convert(ConvertRequest request) {
    return request.sourceFormat() == null || request.targetFormat() == null
        ? new Answer(Answer.MISSING_INPUT, "Missing Input Parameter sourceFormat", null)
        : new Answer(Answer.UNKNOWN_ERROR, "UNKNOWN_ERROR", null);
  }

  private static Set<BiometricType> asked(List<BiometricType> named) throws Unfit {
    Set<BiometricType> asked = named.isEmpty() ? Set.copyOf(supported()) : Set.copyOf(named);
    if (!supported().containsAll(asked)) {
      throw new Unfit(Answer.INVALID_INPUT, "Invalid Input Parameter modalities");
    }
    return asked;
  }

  /** The segments of the asked modalities, each of which was found to be sound. */
  private static Map<BiometricType, List<Bir>> segments(
      String what, @Nullable BiometricRecord record, Set<BiometricType> asked) throws Unfit {
    if (record == null || record.segments().isEmpty()) {
      throw new Unfit(Answer.MISSING_INPUT, "Missing Input Parameter " + what);
    }
    var byType = new EnumMap<BiometricType, List<Bir>>(BiometricType.class);
    for (Bir segment : record.segments()) {
      BdbInfo info = segment.bdbInfo();
      if (info == null || info.types().isEmpty()) {
        throw new Unfit(Answer.MISSING_INPUT, "Missing Input Parameter type of " + what);
      }
      BiometricType type = info.types().getFirst();
      if (asked.contains(type)) {
        check(what, type, segment);
        byType.computeIfAbsent(type, _ -> new ArrayList<>()).add(segment);
      }
    }
    return byType;
  }

  private static void check(String what, BiometricType type, Bir segment) throws Unfit {
    if (!WORDS.containsAll(info(segment).subtypes())) {
      throw new Unfit(Answer.MISSING_INPUT, "Missing Input Parameter subtype of " + what);
    }
    byte[] bdb = segment.bdb();
    if (bdb == null || bdb.length == 0) {
      throw new Unfit(Answer.BIOMETRICS_NOT_FOUND, "Biometrics not found in CBEFF");
    }
    if (!isTemplate(segment) && !hasHeader(type, segment)) {
      throw new Unfit(Answer.INVALID_INPUT, "Invalid Input Parameter " + what);
    }
  }

  private static boolean isTemplate(Bir bir) {
    return TEMPLATE.equals(info(bir).format()) && bdb(bir).length == 32;
  }

  private static boolean hasHeader(BiometricType type, Bir bir) {
    RegistryId format = info(bir).format();
    Set<String> fitting =
        switch (type) {
          case FINGER -> Set.of("2", "7");
          case FACE -> Set.of("8");
          default -> Set.of("9");
        };
    if (format == null || !fitting.contains(format.type())) {
      return false;
    }
    byte[] bdb = bdb(bir);
    return HEADERS.getOrDefault(format.type(), List.of()).stream()
        .map(header -> header.getBytes(StandardCharsets.US_ASCII))
        .anyMatch(header ->
            bdb.length >= header.length
                && Arrays.equals(bdb, 0, header.length, header, 0, header.length));
  }

  private static BdbInfo info(Bir bir) {
    BdbInfo info = bir.bdbInfo();
    if (info == null) {
      throw new IllegalStateException("looked at before it was checked");
    }
    return info;
  }

  private static byte[] bdb(Bir bir) {
    byte[] bdb = bir.bdb();
    return bdb == null ? new byte[0] : bdb;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Ends the work on a request. */
  private static final class Unfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final int statusCode;

    Unfit(int statusCode, String text) {
      super(text, null, false, false);
      this.statusCode = statusCode;
    }

    Answer answer() {
      return new Answer(statusCode, getMessage(), null);
    }
  }
}

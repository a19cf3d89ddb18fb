package io.watchword.wire.cbeff;

import io.watchword.wire.cbeff.CbeffException.Fault;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the XML form of a record (contract biosdk 7), without white space between elements and
 * always in the present namespace.
 *
 * <p>A score whose algorithm is not known, as the elder namespace has them, cannot be said in the
 * present one and is left out. {@code Subtype} is written even if it is empty, since readers fail
 * without it.
 */
public final class CbeffWriter {

  private static final Map<String, Set<BiometricType>> OF_FORMAT =
      Map.of(
          "2", Set.of(BiometricType.FINGER),
          "7", Set.of(BiometricType.FINGER),
          "8", Set.of(BiometricType.FACE, BiometricType.EXCEPTION_PHOTO),
          "9", Set.of(BiometricType.IRIS));

  private final StringBuilder xml = new StringBuilder();

  private CbeffWriter() {}

  /**
   * Writes a person's record.
   *
   * @param person the root, whose {@link Bir#birs} are the segments
   * @return UTF-8
   * @throws CbeffException if a segment has no data block though it is no exception, no type, or a
   *     format that is not one of its type, if a value cannot be said in XML, or if the document
   *     would exceed a limit of {@link CbeffReader}
   */
  public static byte[] write(Bir person) throws CbeffException {
    var writer = new CbeffWriter();
    writer.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    writer.xml.append("<BIR xmlns=\"").append(CbeffReader.NAMESPACE).append("\">");
    writer.content(person, 1);
    writer.xml.append("</BIR>");
    byte[] document = writer.xml.toString().getBytes(StandardCharsets.UTF_8);
    // What this project's reader would not take is not given to others either.
    CbeffReader.read(document);
    return document;
  }

  private void content(Bir bir, int depth) throws CbeffException {
    if (depth > CbeffReader.MAX_DEPTH) {
      throw new CbeffException(Fault.TOO_DEEP, "BIR");
    }
    version("Version", bir.version());
    version("CBEFFVersion", bir.cbeffVersion());
    birInfo(bir.birInfo() == null ? BirInfo.PLAIN : bir.birInfo());
    if (bir.bdbInfo() != null) {
      bdbInfo(bir.bdbInfo());
    }
    if (bir.sbInfo() != null) {
      xml.append("<SBInfo>");
      registryId("Format", bir.sbInfo().format());
      xml.append("</SBInfo>");
    }
    for (Bir segment : bir.birs()) {
      if (segment.birs().isEmpty()) {
        check(segment);
      }
      xml.append("<BIR>");
      content(segment, depth + 1);
      xml.append("</BIR>");
    }
    block("BDB", bir.bdb());
    block("SB", bir.sb());
    others(bir.others());
  }

  private static void check(Bir segment) throws CbeffException {
    BdbInfo info = segment.bdbInfo();
    if (info == null || info.types().isEmpty()) {
      throw new CbeffException(Fault.NO_TYPE, "BIR");
    }
    if (segment.bdb() == null) {
      if (!"true".equals(segment.others().get(Bir.EXCEPTION))) {
        throw new CbeffException(Fault.NO_DATA_BLOCK, "BIR");
      }
    } else if (info.format() == null) {
      throw new CbeffException(Fault.FORMAT, "Format");
    }
    // A vendor's own format may hold anything.
    if (info.format() != null) {
      Set<BiometricType> fitting = OF_FORMAT.get(info.format().type());
      if (fitting != null && !fitting.contains(info.types().get(0))) {
        throw new CbeffException(Fault.FORMAT, "Format");
      }
    }
  }

  private void birInfo(BirInfo info) throws CbeffException {
    xml.append("<BIRInfo>");
    element("Creator", info.creator());
    index(info.index());
    block("Payload", info.payload());
    element("Integrity", Boolean.toString(info.integrity()));
    date("CreationDate", info.creationDate());
    date("NotValidBefore", info.notValidBefore());
    date("NotValidAfter", info.notValidAfter());
    xml.append("</BIRInfo>");
  }

  private void bdbInfo(BdbInfo info) throws CbeffException {
    xml.append("<BDBInfo>");
    block("ChallengeResponse", info.challengeResponse());
    index(info.index());
    registryId("Format", info.format());
    element("Encryption", info.encryption() == null ? null : info.encryption().toString());
    date("CreationDate", info.creationDate());
    date("NotValidBefore", info.notValidBefore());
    date("NotValidAfter", info.notValidAfter());
    if (!info.types().isEmpty()) {
      element(
          "Type", info.types().stream().map(BiometricType::word).collect(Collectors.joining(" ")));
    }
    subtype(info.subtypes());
    element("Level", info.level() == null ? null : info.level().word());
    registryId("Product", info.product());
    registryId("CaptureDevice", info.captureDevice());
    registryId("FeatureExtractionAlgorithm", info.featureExtractionAlgorithm());
    registryId("ComparisonAlgorithm", info.comparisonAlgorithm());
    registryId("CompressionAlgorithm", info.compressionAlgorithm());
    element("Purpose", info.purpose() == null ? null : info.purpose().word());
    if (info.quality() != null && info.quality().algorithm() != null) {
      quality(info.quality());
    }
    xml.append("</BDBInfo>");
  }

  private void subtype(List<String> words) throws CbeffException {
    if (!CbeffReader.allowed(words)) {
      throw new CbeffException(Fault.VALUE, "Subtype");
    }
    element("Subtype", String.join(" ", words));
  }

  private void quality(Quality quality) throws CbeffException {
    xml.append("<Quality>");
    registryId("Algorithm", quality.algorithm());
    Integer score = quality.score();
    if (score == null) {
      String failed = quality.qualityCalculationFailed();
      element("QualityCalculationFailed", failed == null ? "" : failed);
    } else {
      element("Score", score.toString());
    }
    xml.append("</Quality>");
  }

  private void version(String name, @Nullable FormatVersion version) throws CbeffException {
    if (version != null) {
      xml.append('<').append(name).append('>');
      element("Major", Integer.toString(version.major()));
      element("Minor", Integer.toString(version.minor()));
      xml.append("</").append(name).append('>');
    }
  }

  private void registryId(String name, @Nullable RegistryId id) throws CbeffException {
    if (id != null) {
      xml.append('<').append(name).append('>');
      element("Organization", id.organization());
      element("Type", id.type());
      xml.append("</").append(name).append('>');
    }
  }

  private void index(@Nullable String index) throws CbeffException {
    if (index != null && !CbeffReader.isIndex(index)) {
      throw new CbeffException(Fault.VALUE, "Index");
    }
    element("Index", index);
  }

  private void date(String name, @Nullable Instant date) throws CbeffException {
    if (date == null) {
      return;
    }
    try {
      if (CbeffReader.isYear(date.atOffset(ZoneOffset.UTC))) {
        element(name, date.toString());
        return;
      }
    } catch (DateTimeException e) {
      // told below
    }
    throw new CbeffException(Fault.VALUE, name);
  }

  private void block(String name, byte @Nullable [] block) throws CbeffException {
    if (block == null) {
      return;
    }
    if (block.length > CbeffReader.MAX_BLOCK) {
      throw new CbeffException(Fault.VALUE_TOO_LONG, name);
    }
    xml.append('<').append(name).append('>');
    xml.append(Base64.getEncoder().encodeToString(block));
    xml.append("</").append(name).append('>');
    limit();
  }

  private void others(Map<String, String> others) throws CbeffException {
    if (others.isEmpty()) {
      return;
    }
    xml.append("<others>");
    for (Map.Entry<String, String> entry : others.entrySet()) {
      xml.append("<entry key=\"");
      escape("entry", entry.getKey());
      xml.append("\">");
      escape("entry", entry.getValue());
      xml.append("</entry>");
    }
    xml.append("</others>");
  }

  private void element(String name, @Nullable String text) throws CbeffException {
    if (text != null) {
      xml.append('<').append(name).append('>');
      escape(name, text);
      xml.append("</").append(name).append('>');
    }
  }

  // Bare line ends and tabs would come back as others, or as blanks.
  private void escape(String name, String text) throws CbeffException {
    if (text.length() > CbeffReader.MAX_VALUE) {
      throw new CbeffException(Fault.VALUE_TOO_LONG, name);
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (!isCharacter(c)) {
        throw new CbeffException(Fault.VALUE, name);
      }
      switch (c) {
        case '&', '<', '>', '"', '\t', '\n', '\r' -> xml.append("&#").append(c).append(';');
        default -> xml.appendCodePoint(c);
      }
    }
    limit();
  }

  /** Those of XML 1.0; the rest cannot be said, not even by a reference. */
  private static boolean isCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd)
        || c >= 0x10000;
  }

  private void limit() throws CbeffException {
    if (xml.length() > CbeffReader.MAX_DOCUMENT) {
      throw new CbeffException(Fault.TOO_LARGE, "document");
    }
  }
}

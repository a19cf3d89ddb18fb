package io.watchword.wire.cbeff;

import io.watchword.wire.cbeff.CbeffException.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the XML form of a record (contract biosdk 7), exactly in the order of the schema. Data of
 * the elder namespace, that of OASIS BIAS 1.0, is read too: there an identifier such as {@code
 * Format} is a pair {@code FormatOwner}, {@code FormatType}, and {@code Quality} a bare number.
 *
 * <p>Input is hostile until it was read: there is no document type, no entity is resolved, and
 * nothing outside the document is looked at.
 */
public final class CbeffReader {

  /** Bytes of a document. */
  public static final int MAX_DOCUMENT = 16 * 1024 * 1024;

  /** Levels of elements. */
  public static final int MAX_DEPTH = 12;

  /**
   * Elements of a document, and also declarations of namespaces; a person with all fingers, eyes
   * and face has some 500 elements.
   */
  public static final int MAX_ELEMENTS = 10_000;

  /** Characters of a value or a key that is no block. */
  public static final int MAX_VALUE = 4_096;

  /** Bytes of a data block, signature block or payload. */
  public static final int MAX_BLOCK = 6 * 1024 * 1024;

  /** Entries of {@code others} of one record. */
  public static final int MAX_OTHERS = 100;

  /** What is written. */
  static final String NAMESPACE = "http://standards.iso.org/iso-iec/19785/-3/ed-2/";

  private static final String ELDER = "http://docs.oasis-open.org/bias/ns/biaspatronformat-1.0/";

  // Line ends in the base64 of others may take some room.
  private static final int MAX_BLOCK_TEXT = MAX_BLOCK / 3 * 4 + MAX_BLOCK / 16;

  private static final Set<String> SUBTYPES =
      Set.of("Left", "Right", "Thumb", "IndexFinger", "MiddleFinger", "RingFinger", "LittleFinger");
  private static final Pattern UUID =
      Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

  private final XmlCursor xml;
  private final boolean elder;

  private CbeffReader(XmlCursor xml) {
    this.xml = xml;
    this.elder = xml.namespace().equals(ELDER);
  }

  /**
   * Reads a document.
   *
   * @param document UTF-8, up to {@link #MAX_DOCUMENT} bytes
   * @throws CbeffException if it is anything else than the schema allows, or exceeds a limit
   */
  public static Bir read(byte[] document) throws CbeffException {
    if (document.length > MAX_DOCUMENT) {
      throw new CbeffException(Fault.TOO_LARGE, "document");
    }
    var reader = new CbeffReader(XmlCursor.over(document, Set.of(NAMESPACE, ELDER)));
    Bir bir = reader.bir();
    reader.xml.end();
    return bir;
  }

  private Bir bir() throws CbeffException {
    xml.open("BIR");
    FormatVersion version = xml.at("Version") ? version("Version") : null;
    FormatVersion cbeffVersion = xml.at("CBEFFVersion") ? version("CBEFFVersion") : null;
    BirInfo birInfo = birInfo();
    BdbInfo bdbInfo = xml.at("BDBInfo") ? bdbInfo() : null;
    SbInfo sbInfo = xml.at("SBInfo") ? sbInfo() : null;
    List<Bir> birs = new ArrayList<>();
    while (xml.at("BIR")) {
      birs.add(bir());
    }
    byte[] bdb = block("BDB");
    byte[] sb = block("SB");
    Map<String, String> others = new LinkedHashMap<>();
    while (xml.at("others")) {
      others(others);
    }
    xml.close("BIR");
    return new Bir(version, cbeffVersion, birInfo, bdbInfo, sbInfo, birs, bdb, sb, others);
  }

  private BirInfo birInfo() throws CbeffException {
    xml.open("BIRInfo");
    String creator = xml.at("Creator") ? xml.text("Creator", MAX_VALUE) : null;
    String index = index();
    byte[] payload = block("Payload");
    boolean integrity = bool("Integrity");
    var info =
        new BirInfo(
            creator,
            index,
            payload,
            integrity,
            date("CreationDate"),
            date("NotValidBefore"),
            date("NotValidAfter"));
    xml.close("BIRInfo");
    return info;
  }

  // Arguments are evaluated from left to right, and so in the order of the schema.
  private BdbInfo bdbInfo() throws CbeffException {
    xml.open("BDBInfo");
    var info =
        new BdbInfo(
            block("ChallengeResponse"),
            index(),
            registryId("Format"),
            xml.at("Encryption") ? bool("Encryption") : null,
            date("CreationDate"),
            date("NotValidBefore"),
            date("NotValidAfter"),
            types(),
            subtypes(),
            word("Level", ProcessedLevel::ofWord),
            registryId("Product"),
            registryId("CaptureDevice"),
            registryId("FeatureExtractionAlgorithm"),
            registryId("ComparisonAlgorithm"),
            registryId("CompressionAlgorithm"),
            word("Purpose", Purpose::ofWord),
            xml.at("Quality") ? quality() : null);
    xml.close("BDBInfo");
    return info;
  }

  private SbInfo sbInfo() throws CbeffException {
    xml.open("SBInfo");
    var info = new SbInfo(registryId("Format"));
    xml.close("SBInfo");
    return info;
  }

  private FormatVersion version(String name) throws CbeffException {
    xml.open(name);
    var version = new FormatVersion(number("Major", 999_999_999), number("Minor", 999_999_999));
    xml.close(name);
    return version;
  }

  private Quality quality() throws CbeffException {
    if (elder) {
      return new Quality(null, number("Quality", Quality.BEST), null);
    }
    xml.open("Quality");
    RegistryId algorithm = registryId("Algorithm");
    if (algorithm == null) {
      throw new CbeffException(Fault.MISSING_ELEMENT, "Algorithm");
    }
    Quality quality =
        xml.at("QualityCalculationFailed")
            ? new Quality(algorithm, null, xml.text("QualityCalculationFailed", MAX_VALUE))
            : new Quality(algorithm, number("Score", Quality.BEST), null);
    xml.close("Quality");
    return quality;
  }

  private @Nullable RegistryId registryId(String name) throws CbeffException {
    if (elder) {
      return xml.at(name + "Owner")
          ? new RegistryId(token(name + "Owner"), token(name + "Type"))
          : null;
    }
    if (!xml.at(name)) {
      return null;
    }
    xml.open(name);
    var id = new RegistryId(token("Organization"), token("Type"));
    xml.close(name);
    return id;
  }

  private List<BiometricType> types() throws CbeffException {
    List<BiometricType> types = new ArrayList<>();
    for (String word : words("Type")) {
      types.add(BiometricType.ofWord(word).orElseThrow(() -> bad("Type")));
    }
    return types;
  }

  private List<String> subtypes() throws CbeffException {
    List<String> words = words("Subtype");
    if (!allowed(words)) {
      throw bad("Subtype");
    }
    return words;
  }

  /** Whether XML allows all of these as {@code Subtype}. */
  static boolean allowed(List<String> subtypes) {
    return SUBTYPES.containsAll(subtypes);
  }

  private List<String> words(String name) throws CbeffException {
    String text = xml.at(name) ? token(name) : "";
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private <T> @Nullable T word(String name, Function<String, Optional<T>> known)
      throws CbeffException {
    return xml.at(name) ? known.apply(token(name)).orElseThrow(() -> bad(name)) : null;
  }

  private @Nullable String index() throws CbeffException {
    if (!xml.at("Index")) {
      return null;
    }
    String text = token("Index");
    if (!isIndex(text)) {
      throw bad("Index");
    }
    return text;
  }

  /** Whether XML allows this as {@code Index}. */
  static boolean isIndex(String text) {
    return UUID.matcher(text).matches();
  }

  private boolean bool(String name) throws CbeffException {
    return switch (token(name)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw bad(name);
    };
  }

  private int number(String name, int most) throws CbeffException {
    String text = token(name);
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
      throw bad(name);
    }
    return Integer.parseInt(text);
  }

  private @Nullable Instant date(String name) throws CbeffException {
    if (!xml.at(name)) {
      return null;
    }
    String text = token(name);
    if (!DATE.matcher(text).matches()) {
      throw bad(name);
    }
    try {
      OffsetDateTime utc = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
      if (!isYear(utc)) {
        throw bad(name);
      }
      return utc.toInstant();
    } catch (DateTimeException e) {
      throw bad(name);
    }
  }

  /** Whether the year has four digits. */
  static boolean isYear(OffsetDateTime utc) {
    return utc.getYear() >= 1 && utc.getYear() <= 9_999;
  }

  private byte @Nullable [] block(String name) throws CbeffException {
    if (!xml.at(name)) {
      return null;
    }
    String text = BLANKS.matcher(xml.text(name, MAX_BLOCK_TEXT)).replaceAll("");
    byte[] block = decode(name, text);
    if (block.length > MAX_BLOCK) {
      throw new CbeffException(Fault.VALUE_TOO_LONG, name);
    }
    return block;
  }

  // The decoder itself lets padding be absent, and takes bits that no byte holds.
  private static byte[] decode(String name, String text) throws CbeffException {
    try {
      byte[] block = Base64.getDecoder().decode(text);
      int end = text.length() - 4;
      if (text.isEmpty()
          || (text.length() % 4 == 0
              && text.substring(end)
                  .equals(
                      Base64.getEncoder()
                          .encodeToString(Base64.getDecoder().decode(text.substring(end)))))) {
        return block;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new CbeffException(Fault.BASE64, name);
  }

  private void others(Map<String, String> others) throws CbeffException {
    xml.open("others");
    while (xml.at("entry")) {
      String key = xml.attribute("entry", "key", MAX_VALUE);
      if (others.size() >= MAX_OTHERS) {
        throw new CbeffException(Fault.TOO_MANY_ELEMENTS, "others");
      }
      if (others.put(key, xml.content("entry", MAX_VALUE)) != null) {
        throw new CbeffException(Fault.ATTRIBUTE, "entry");
      }
    }
    xml.close("others");
  }

  /** The text, with blanks as the schema's lists and tokens have them. */
  private String token(String name) throws CbeffException {
    String text = BLANKS.matcher(xml.text(name, MAX_VALUE)).replaceAll(" ");
    int from = text.startsWith(" ") ? 1 : 0;
    return text.substring(
        from, Math.max(from, text.endsWith(" ") ? text.length() - 1 : text.length()));
  }

  private static CbeffException bad(String name) {
    return new CbeffException(Fault.VALUE, name);
  }
}

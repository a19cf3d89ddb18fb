package io.watchword.server.people;

import io.watchword.core.delivery.Channel;
import io.watchword.core.individual.Attribute;
import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.Modality;
import io.watchword.core.individual.Portrait;
import io.watchword.core.individual.Sample;
import io.watchword.server.biosdk.BioSdkMatcher;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A line that was checked: whatever is in it may be stored.
 *
 * @param identifiers with their state as new rows of a person yet unnamed; the UIN is the first
 * @param biometrics by modality; of one that is left out what is on file stays
 */
record PersonForm(
    Map<Identifier, Validity> identifiers,
    Map<String, Attribute> attributes,
    @Nullable Set<String> locks,
    @Nullable Boolean deactivated,
    @Nullable String fixedCode,
    @Nullable Portrait portrait,
    Map<Modality, List<Sample>> biometrics) {

  private static final int MOST_IDENTIFIERS = 64;
  private static final int MOST_ATTRIBUTES = 64;
  private static final int MOST_LANGUAGES = 16;
  private static final int LONGEST_TEXT = 1_000;

  /** Most bytes of records of one modality: half of what a comparison may hold. */
  private static final int MOST_BYTES = BioSdkMatcher.MOST_BYTES / 2;

  /** Factors that can be locked. */
  static final Set<String> LOCKS =
      Set.of("otp", "otp-email", "otp-phone", "demo", "pin", "bio-Finger", "bio-Iris", "bio-Face");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{3}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{2,24}");
  private static final Pattern CODE = Pattern.compile("[0-9]{4,10}");

  /**
   * How long and how often an identifier may be used.
   *
   * @param expiresAt {@code null}: for ever
   * @param uses {@code null}: any number of times
   */
  record Validity(@Nullable Instant expiresAt, @Nullable Integer uses) {

    static final Validity UNLIMITED = new Validity(null, null);

    IdentifierRow row(String person, IdentifierType type) {
      return new IdentifierRow(person, type, IdentifierRow.State.ACTIVE, expiresAt, uses);
    }
  }

  /**
   * What a deployment takes.
   *
   * @param fingers what is kept of a finger
   * @param fictitious whether a line may name a fictitious person's code
   */
  record Around(IdentifierFormats formats, Fingers fingers, boolean fictitious) {}

  Identifier uin() {
    return identifiers.keySet().iterator().next();
  }

  Individual individual(String token) {
    return new Individual(token, attributes, uin().value(), fixedCode);
  }

  /**
   * @param files beside the line
   */
  static PersonForm of(PersonLine line, Around around, SideFiles files) throws LineRefused {
    String code = line.fictitiousCode();
    if (code != null && !around.fictitious()) {
      throw new LineRefused("fictitiousCode is for the demo profile only");
    }
    if (code != null && !CODE.matcher(code).matches()) {
      throw new LineRefused("fictitiousCode is not 4 to 10 digits");
    }
    return new PersonForm(
        identifiers(line, around.formats()),
        attributes(line),
        locks(line.locks()),
        line.deactivated(),
        code,
        line.face() == null ? null : Faces.portrait(line.face(), files),
        biometrics(line, files, around.fingers()));
  }

  private static Map<Modality, List<Sample>> biometrics(
      PersonLine line, SideFiles files, Fingers fingers) throws LineRefused {
    Map<Modality, List<Sample>> samples = new EnumMap<>(Modality.class);
    if (line.biometrics() != null) {
      samples.putAll(CbeffFiles.read(line.biometrics(), files, fingers));
    }
    if (line.fingers() != null
        && samples.put(Modality.FINGER, fingers.samples(line.fingers(), files)) != null) {
      throw new LineRefused("fingers stand in biometrics, too");
    }
    for (Map.Entry<Modality, List<Sample>> each : samples.entrySet()) {
      long bytes = each.getValue().stream().mapToLong(sample -> sample.record().length).sum();
      if (bytes > MOST_BYTES || each.getValue().size() > Fingers.MOST) {
        throw new LineRefused(
            "there is too much of %s: more than %d records, or %d bytes"
                .formatted(each.getKey(), Fingers.MOST, MOST_BYTES));
      }
    }
    return samples;
  }

  private static Map<Identifier, Validity> identifiers(PersonLine line, IdentifierFormats formats)
      throws LineRefused {
    Map<Identifier, Validity> identifiers = new LinkedHashMap<>();
    if (line.uin() == null || !formats.wellFormed(IdentifierType.UIN, line.uin())) {
      throw new LineRefused("uin is missing, or has a wrong length or check digit");
    }
    identifiers.put(new Identifier(IdentifierType.UIN, line.uin()), Validity.UNLIMITED);
    int number = 0;
    for (PersonLine.Vid vid : orEmpty(line.vids())) {
      String where = "vids[" + number++ + "]";
      if (vid == null || vid.vid() == null || !formats.wellFormed(IdentifierType.VID, vid.vid())) {
        throw new LineRefused(where + "/vid is missing, or has a wrong length or check digit");
      }
      add(identifiers, new Identifier(IdentifierType.VID, vid.vid()), validity(vid, where), where);
    }
    number = 0;
    for (String handle : orEmpty(line.handles())) {
      String where = "handles[" + number++ + "]";
      if (handle == null || formats.typeOf(handle).orElse(null) != IdentifierType.HANDLE) {
        throw new LineRefused(where + " is no handle of a configured type");
      }
      add(identifiers, new Identifier(IdentifierType.HANDLE, handle), Validity.UNLIMITED, where);
    }
    return identifiers;
  }

  private static void add(
      Map<Identifier, Validity> identifiers, Identifier identifier, Validity validity, String where)
      throws LineRefused {
    if (identifiers.putIfAbsent(identifier, validity) != null) {
      throw new LineRefused(where + " is there twice");
    }
    if (identifiers.size() > MOST_IDENTIFIERS) {
      throw new LineRefused("more than " + MOST_IDENTIFIERS + " identifiers");
    }
  }

  private static Validity validity(PersonLine.Vid vid, String where) throws LineRefused {
    Instant expires = null;
    if (vid.expires() != null) {
      try {
        expires = Instant.parse(vid.expires());
      } catch (DateTimeException e) {
        throw new LineRefused(where + "/expires is no instant such as 2027-01-31T00:00:00Z");
      }
    }
    return switch (vid.type()) {
      case "perpetual" -> {
        if (expires != null) {
          throw new LineRefused(where + " is perpetual and expires");
        }
        yield Validity.UNLIMITED;
      }
      case "temporary" -> {
        if (expires == null) {
          throw new LineRefused(where + " is temporary and does not expire");
        }
        yield new Validity(expires, null);
      }
      case "one-use" -> new Validity(expires, 1);
      case null, default ->
          throw new LineRefused(where + "/type is none of perpetual, temporary, one-use");
    };
  }

  private static Map<String, Attribute> attributes(PersonLine line) throws LineRefused {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    Map<String, JsonNode> given = line.attributes() == null ? Map.of() : line.attributes();
    if (given.size() > MOST_ATTRIBUTES) {
      throw new LineRefused("more than " + MOST_ATTRIBUTES + " attributes");
    }
    int number = 0;
    for (Map.Entry<String, JsonNode> entry : given.entrySet()) {
      number++;
      if (!NAME.matcher(entry.getKey()).matches()) {
        throw new LineRefused("the name of attribute " + number + " is no name");
      }
      attributes.put(entry.getKey(), attribute(entry.getValue(), entry.getKey()));
    }
    if (line.preferredLanguage() != null) {
      language(line.preferredLanguage(), "preferredLanguage");
      attributes.put(Individual.PREFERRED_LANGUAGE, new Attribute.Plain(line.preferredLanguage()));
    }
    plain(attributes, Individual.DATE_OF_BIRTH, text -> DateOfBirth.parse(text).isPresent());
    plain(attributes, Individual.EMAIL, Channel::isMailAddress);
    plain(attributes, Individual.PHONE, text -> PHONE.matcher(text).matches());
    return attributes;
  }

  private static Attribute attribute(JsonNode value, String where) throws LineRefused {
    if (value.isString()) {
      return new Attribute.Plain(text(value, where));
    }
    if (!value.isObject() || value.isEmpty() || value.size() > MOST_LANGUAGES) {
      throw new LineRefused(where + " is neither a text nor texts by language");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      language(entry.getKey(), where);
      values.put(entry.getKey(), text(entry.getValue(), where));
    }
    return new Attribute.Localized(values);
  }

  private static String text(JsonNode value, String where) throws LineRefused {
    String text = value.isString() ? value.stringValue() : "";
    if (text.isBlank()) {
      throw new LineRefused(where + " holds a value that is blank or no text");
    }
    if (text.length() > LONGEST_TEXT) {
      throw new LineRefused(where + " is longer than " + LONGEST_TEXT + " characters");
    }
    boolean unfit =
        text.codePoints()
            .anyMatch(
                c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    if (unfit) {
      throw new LineRefused(where + " holds control characters or half a character");
    }
    return text;
  }

  private static void language(String code, String where) throws LineRefused {
    if (!LANGUAGE.matcher(code).matches()) {
      throw new LineRefused(where + " names a language that is no ISO 639-3 code");
    }
  }

  private static void plain(
      Map<String, Attribute> attributes, String name, java.util.function.Predicate<String> form)
      throws LineRefused {
    Attribute attribute = attributes.get(name);
    if (attribute != null
        && !(attribute instanceof Attribute.Plain(String value) && form.test(value))) {
      throw new LineRefused(name + " has the wrong form");
    }
  }

  private static @Nullable Set<String> locks(@Nullable List<String> locks) throws LineRefused {
    if (locks == null) {
      return null;
    }
    if (locks.contains(null) || !LOCKS.containsAll(locks)) {
      throw new LineRefused("locks names what is no factor");
    }
    return Set.copyOf(locks);
  }

  private static <E> List<E> orEmpty(@Nullable List<E> list) {
    return list == null ? List.of() : list;
  }

  @Override
  public String toString() {
    return "PersonForm";
  }
}

package io.watchword.core.delivery;

import io.watchword.core.delivery.LetterTemplate.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes letters from templates (contract ida 6.6, "Message to the individual").
 *
 * <p>What a value says cannot change the form of a letter: line breaks become blanks, other control
 * characters and marks that turn the writing direction are dropped, and a value is never read as a
 * template.
 *
 * @param templates by their place
 * @param words by language
 * @param defaultLanguages for a person with no usable language of their own; every letter must
 *     exist in each of them
 * @param webOtpHost a code sent to a phone ends in a line {@code @host #code}, which lets the web
 *     page of that host offer to fill it in (WICG, "Origin-bound one-time codes")
 */
public record Letters(
    Map<Place, TextTemplate> templates,
    Map<String, LetterWords> words,
    List<String> defaultLanguages,
    Optional<String> webOtpHost) {

  /** The family of texts that every deployment has. */
  public static final String COMMON = "";

  private static final int LONGEST_VALUE = 200;
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /**
   * Where a template belongs: one part of one kind of letter, on one channel, in one language.
   *
   * @param family of texts; empty: the common one
   */
  public record Place(
      LetterKind kind, String family, Channel channel, Part part, String language) {}

  /**
   * @throws IllegalArgumentException naming everything that is missing
   */
  public Letters {
    templates = Map.copyOf(templates);
    words = Map.copyOf(words);
    defaultLanguages = List.copyOf(defaultLanguages);
    List<String> problems = new ArrayList<>();
    if (defaultLanguages.isEmpty()) {
      problems.add("no default language");
    }
    for (LetterKind kind : LetterKind.values()) {
      for (String family : families(templates, kind)) {
        missing(templates, kind, family, defaultLanguages).forEach(problems::add);
      }
    }
    webOtpHost
        .filter(host -> !isHost(host))
        .ifPresent(host -> problems.add("not a host name: " + host));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }

  private static Set<String> families(Map<Place, TextTemplate> templates, LetterKind kind) {
    Set<String> families = new TreeSet<>(Set.of(COMMON));
    templates.keySet().stream()
        .filter(place -> place.kind() == kind)
        .map(Place::family)
        .forEach(families::add);
    return families;
  }

  private static List<String> missing(
      Map<Place, TextTemplate> templates, LetterKind kind, String family, List<String> languages) {
    List<String> missing = new ArrayList<>();
    for (String language : languages) {
      for (Channel channel : Channel.values()) {
        if (!speaks(templates, kind, family, channel, language)) {
          missing.add(
              "no %s%s letter to %s in %s"
                  .formatted(family.isEmpty() ? "" : family + " ", kind, channel, language));
        }
      }
    }
    return missing;
  }

  /**
   * As they are read, one by one.
   *
   * @throws IllegalArgumentException naming everything that is missing or given twice
   */
  public static Letters of(
      Collection<LetterTemplate> templates,
      Collection<LetterWords> words,
      List<String> defaultLanguages,
      Optional<String> webOtpHost) {
    Map<Place, TextTemplate> placed = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (LetterTemplate each : templates) {
      var place =
          new Place(each.kind(), each.family(), each.channel(), each.part(), each.language());
      if (placed.put(place, each.text()) != null) {
        twice.add("given twice: " + place);
      }
    }
    if (!twice.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", twice));
    }
    return new Letters(
        placed,
        words.stream().collect(Collectors.toMap(LetterWords::language, each -> each)),
        defaultLanguages,
        webOtpHost);
  }

  /** Whether a code can be bound to a host: lower-case letters, digits, hyphens and dots. */
  public static boolean isHost(String host) {
    return HOST.matcher(host).matches();
  }

  /**
   * Writes a letter, in several languages one text after the other: texts of a mail are set apart
   * by a blank line, those to a phone by a line break, subjects by a slash.
   *
   * @param family of texts; one that is not known stands for the common one
   * @param languages ISO 639-3, the person's own in their order; those without templates and
   *     repeated ones are passed over, and if none is left the default languages take their place
   * @param variables as {@link LetterKind} lists them, {@code name_<language>}, and what the family
   *     has of its own; others are ignored, and at most 200 characters of each are used
   */
  public Letter compose(
      LetterKind kind,
      String family,
      Channel channel,
      String to,
      List<String> languages,
      Map<String, String> variables) {
    String own =
        speaks(templates, kind, family, channel, defaultLanguages.getFirst()) ? family : COMMON;
    List<String> spoken =
        languages.stream()
            .distinct()
            .filter(language -> speaks(templates, kind, own, channel, language))
            .toList();
    if (spoken.isEmpty()) {
      spoken = defaultLanguages;
    }
    if (channel == Channel.PHONE) {
      String text = join(kind, own, channel, Part.TEXT, spoken, variables, "\n");
      return new Letter(channel, to, "", text + webOtpLine(kind, variables));
    }
    return new Letter(
        channel,
        to,
        join(kind, own, channel, Part.SUBJECT, spoken, variables, " / "),
        join(kind, own, channel, Part.TEXT, spoken, variables, "\n\n"));
  }

  /** Writes a letter of the common family. */
  public Letter compose(
      LetterKind kind,
      Channel channel,
      String to,
      List<String> languages,
      Map<String, String> variables) {
    return compose(kind, COMMON, channel, to, languages, variables);
  }

  private static boolean speaks(
      Map<Place, TextTemplate> templates,
      LetterKind kind,
      String family,
      Channel channel,
      String language) {
    return templates.containsKey(new Place(kind, family, channel, Part.TEXT, language))
        && (channel == Channel.PHONE
            || templates.containsKey(new Place(kind, family, channel, Part.SUBJECT, language)));
  }

  private String join(
      LetterKind kind,
      String family,
      Channel channel,
      Part part,
      List<String> languages,
      Map<String, String> variables,
      String separator) {
    List<String> texts = new ArrayList<>();
    for (String language : languages) {
      TextTemplate template = templates.get(new Place(kind, family, channel, part, language));
      if (template != null) {
        texts.add(template.fill(name -> value(name, language, variables)).strip());
      }
    }
    return String.join(separator, texts);
  }

  private @Nullable String value(String name, String language, Map<String, String> variables) {
    String value = variables.get(name);
    if (value == null) {
      return null;
    }
    LetterWords spoken = words.get(language);
    return clean(spoken == null ? value : spoken.say(name, value));
  }

  private String webOtpLine(LetterKind kind, Map<String, String> variables) {
    String code = variables.get("otp");
    if (kind != LetterKind.OTP || code == null) {
      return "";
    }
    return webOtpHost.map(host -> "\n@" + host + " #" + clean(code)).orElse("");
  }

  /** What is left of a value once nothing in it can break a line, a header or the direction. */
  private static String clean(String value) {
    if (value.length() <= LONGEST_VALUE && isPlain(value)) {
      return value.strip();
    }
    StringBuilder clean = new StringBuilder();
    value.codePoints().limit(LONGEST_VALUE).forEach(c -> appendClean(clean, c));
    return clean.toString().strip();
  }

  /** Whether nothing in it needs a second look: ASCII without control characters. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void appendClean(StringBuilder clean, int c) {
    if (breaksLine(c)) {
      if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
        clean.append(' ');
      }
    } else if (!Character.isISOControl(c) && !isSurrogate(c) && !turnsDirection(c)) {
      clean.appendCodePoint(c);
    }
  }

  private static boolean breaksLine(int c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** A surrogate without its other half, which no encoding can carry. */
  private static boolean isSurrogate(int c) {
    return Character.getType(c) == Character.SURROGATE;
  }

  /**
   * Embeddings, overrides and isolates; the marks and joiners that names need are not among them.
   */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}

package io.watchword.matching.text;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The master data of text comparison (contract ida 6.7). Each map is keyed by ISO 639-3 code; rules
 * under {@link #ANY} hold for every language.
 *
 * <p>As files, one entry a line, {@code #} at the start of a line opens a comment, UTF-8: {@code
 * titles.eng.txt} holds a title a line; {@code name.eng.txt}, {@code address.eng.txt}, {@code
 * words.eng.txt} and {@code common.eng.txt} hold a rule a line in the form {@code expression =>
 * "replacement"}, applied in their order; {@code titles.txt}, {@code name.txt} and so on hold for
 * every language, after those of one; {@code genders.txt} holds a letter, a colon and the gender's
 * names a line, with commas.
 *
 * @param titles what does not count in a name. A title that ends in a dot or a slash is one only
 *     with it; every other may have a dot behind. A title that is written with {@code ^} before it
 *     is one only at the start of a name or after other titles there
 * @param names rules for names
 * @param address rules for addresses
 * @param words rules for the single words of an address in lower case, applied after all others. A
 *     word changes if the expression fits the whole of it, and goes if nothing is left
 * @param common rules for names and addresses, applied after those of either
 * @param genders letter of a gender by its name in lower case, in any language
 */
public record TextRules(
    Map<String, List<String>> titles,
    Map<String, List<Rule>> names,
    Map<String, List<Rule>> address,
    Map<String, List<Rule>> words,
    Map<String, List<Rule>> common,
    Map<String, String> genders) {

  /** Stands for every language. */
  public static final String ANY = "any";

  private static final List<String> DEFAULTS =
      List.of(
          "titles.eng.txt", "titles.fra.txt", "titles.ara.txt", "address.eng.txt", "common.txt");

  private static final java.util.regex.Pattern FILE =
      java.util.regex.Pattern.compile(
          "(titles|name|address|words|common|genders)(?:\\.([a-z]{3}))?\\.txt");
  private static final String ARROW = " => \"";
  private static final long LARGEST_FILE = 256 * 1024;

  public TextRules {
    titles = Map.copyOf(titles);
    names = Map.copyOf(names);
    address = Map.copyOf(address);
    words = Map.copyOf(words);
    genders = Map.copyOf(genders);
    common = Map.copyOf(common);
  }

  /**
   * Whatever the expression finds becomes the replacement.
   *
   * @param expression in the syntax of RE2, which runs in linear time whatever text it meets
   * @param replacement may be empty; {@code $1} to {@code $9} stand for the expression's groups
   */
  public record Rule(Pattern expression, String replacement) {

    private static final java.util.regex.Pattern REPLACEMENT =
        java.util.regex.Pattern.compile("(?:[^$\\\\]|\\$[1-9])*");

    public Rule {
      if (expression.matches("")) {
        throw new IllegalArgumentException("the expression finds the empty text everywhere");
      }
      if (!REPLACEMENT.matcher(replacement).matches()) {
        throw new IllegalArgumentException("a replacement is text with $1 to $9");
      }
      for (int i = replacement.indexOf('$'); i >= 0; i = replacement.indexOf('$', i + 1)) {
        if (replacement.charAt(i + 1) - '0' > expression.groupCount()) {
          throw new IllegalArgumentException("the replacement names a group that is not there");
        }
      }
    }

    /**
     * @throws IllegalArgumentException if either text is no expression or replacement
     */
    public static Rule of(String expression, String replacement) {
      try {
        return new Rule(Pattern.compile(expression), replacement);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
  }

  private static final List<String> IDENTITY_V1 =
      List.of(
          "titles.eng.txt",
          "titles.fra.txt",
          "titles.ara.txt",
          "identity-v1/titles.txt",
          "identity-v1/name.txt",
          "identity-v1/address.txt",
          "identity-v1/address.fra.txt",
          "identity-v1/words.txt",
          "identity-v1/words.fra.txt",
          "identity-v1/common.txt",
          "identity-v1/genders.txt");

  /** The rules of contract ida 6.7 and the titles of eng, fra and ara. */
  public static TextRules defaults() {
    return ofProgram(DEFAULTS);
  }

  /** The rules of contract identity-v1 5.4 for eng, fra and ara. */
  public static TextRules identityV1() {
    return ofProgram(IDENTITY_V1);
  }

  private static TextRules ofProgram(List<String> files) {
    Map<String, String> resources = new LinkedHashMap<>();
    files.forEach(file -> resources.put(file.substring(file.indexOf('/') + 1), file));
    return collect(
        List.copyOf(resources.keySet()),
        name -> {
          String resource = resources.get(name);
          return lines(name, TextRules.class.getResourceAsStream(resource));
        });
  }

  /**
   * The rules of a folder, instead of the defaults.
   *
   * @throws IllegalArgumentException if a file there has another name, or holds what is no rule;
   *     the message names file and line
   * @throws UncheckedIOException if a file cannot be read
   */
  public static TextRules read(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      return collect(names, name -> lines(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TextRules collect(List<String> files, Function<String, List<String>> lines) {
    Map<String, List<String>> titles = new HashMap<>();
    Map<String, List<Rule>> names = new HashMap<>();
    Map<String, List<Rule>> address = new HashMap<>();
    Map<String, List<Rule>> words = new HashMap<>();
    Map<String, List<Rule>> common = new HashMap<>();
    Map<String, String> genders = new HashMap<>();
    for (String name : files) {
      var form = FILE.matcher(name);
      if (!form.matches()) {
        throw new IllegalArgumentException(name + ": no name of a rule file");
      }
      String language = form.group(2) == null ? ANY : form.group(2);
      switch (form.group(1)) {
        case "titles" -> titles.put(language, entries(name, lines.apply(name), String::strip));
        case "name" -> names.put(language, entries(name, lines.apply(name), TextRules::rule));
        case "genders" ->
            entries(name, lines.apply(name), TextRules::gender).forEach(genders::putAll);
        case "address" -> address.put(language, entries(name, lines.apply(name), TextRules::rule));
        case "words" -> words.put(language, entries(name, lines.apply(name), TextRules::wordRule));
        default -> common.put(language, entries(name, lines.apply(name), TextRules::rule));
      }
    }
    return new TextRules(titles, names, address, words, common, genders);
  }

  private static <E> List<E> entries(String name, List<String> lines, Function<String, E> entry) {
    List<E> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        entries.add(entry.apply(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + (i + 1) + ": " + e.getMessage(), e);
      }
    }
    return List.copyOf(entries);
  }

  private static Map<String, String> gender(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("a gender is written: letter: name, name");
    }
    String letter = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    Map<String, String> names = new HashMap<>();
    names.put(letter, letter);
    for (String each : line.substring(colon + 1).split(",", -1)) {
      names.put(each.strip().toLowerCase(Locale.ROOT), letter);
    }
    return names;
  }

  private static Rule rule(String line) {
    return rule(line, "%s");
  }

  private static Rule wordRule(String line) {
    return rule(line, "^(?:%s)$");
  }

  private static Rule rule(String line, String frame) {
    int arrow = line.lastIndexOf(ARROW);
    String rest = arrow < 1 ? "" : line.substring(arrow + ARROW.length()).stripTrailing();
    if (!rest.endsWith("\"")) {
      throw new IllegalArgumentException("a rule is written: expression => \"replacement\"");
    }
    String expression = frame.replace("%s", line.substring(0, arrow));
    return Rule.of(expression, rest.substring(0, rest.length() - 1));
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw new IllegalArgumentException(file.getFileName() + ": larger than 256 KiB");
      }
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String name, @Nullable InputStream resource) {
    if (resource == null) {
      throw new IllegalStateException("the program's own " + name + " is missing");
    }
    try (resource) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

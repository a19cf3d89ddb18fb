package io.watchword.server.couriers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.watchword.core.delivery.Channel;
import io.watchword.core.delivery.LetterKind;
import io.watchword.core.delivery.LetterTemplate;
import io.watchword.core.delivery.LetterTemplate.Part;
import io.watchword.core.delivery.LetterWords;
import io.watchword.core.delivery.Letters;
import io.watchword.core.delivery.TextTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads the templates of the letters: {@code KIND-PLACE-LANGUAGE.txt} with the kinds {@code otp},
 * {@code notice} and {@code device}, the places {@code sms}, {@code mail-subject} and {@code mail},
 * and {@code words-LANGUAGE.txt} with a line {@code variable.value = word} for each value that is a
 * code. All UTF-8. The program carries a set in English, Arabic and French; an operator's folder
 * takes its place as a whole.
 *
 * <p>A folder in the operator's folder holds another family of letters with codes, by which an
 * application may ask for them (contract kernel C.3): {@code FAMILY/otp-PLACE-LANGUAGE.txt}, and
 * {@code FAMILY/variables.txt} with the names that its applications may fill in, one a line.
 */
public final class LetterFiles {

  private static final int LARGEST = 8 * 1024;
  private static final Pattern UNKNOWN_FORM = Pattern.compile("\\$!\\{|\\$\\{(?![A-Za-z]\\w*})");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");

  /** Without these a notice would show codes instead of words. */
  private static final Set<String> NEEDED_WORDS =
      new TreeSet<>(
          Set.of(
              "outcome.passed",
              "outcome.failed",
              "authType.otp",
              "authType.demo",
              "authType.finger",
              "authType.iris",
              "authType.face",
              "authType.pin",
              "list.separator"));

  private final LetterSettings settings;
  private final List<LetterTemplate> templates = new ArrayList<>();
  private final List<LetterWords> words = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Reads the files. What is wrong with them is in {@link #problems}. */
  public LetterFiles(LetterSettings settings) {
    this.settings = settings;
    Set<String> read = new HashSet<>();
    if (settings.languages().isEmpty()) {
      problems.add("letters.languages: at least one");
    }
    for (String language : settings.languages()) {
      if (LetterTemplate.isLanguage(language)) {
        readLanguage(language, read);
      } else {
        problems.add("letters.languages: not an ISO 639-3 code: " + language);
      }
    }
    settings.folder().ifPresent(folder -> readFamilies(folder, read));
    settings.folder().ifPresent(folder -> findStrays(folder, "", read));
    settings
        .webOtpHost()
        .filter(host -> !Letters.isHost(host))
        .ifPresent(host -> problems.add("letters.web-otp-host: not a host name: " + host));
  }

  /** Everything that is wrong with the files, each with its name; empty if all is well. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * The letters of these files.
   *
   * @throws IllegalArgumentException if there are {@link #problems}, with all of them
   */
  public Letters letters() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return Letters.of(templates, words, settings.languages(), settings.webOtpHost());
  }

  private void readLanguage(String language, Set<String> read) {
    for (LetterKind kind : LetterKind.values()) {
      readLetter(kind, Family.COMMON, language, read);
    }
    String name = "words-" + language + ".txt";
    if (read.add(name)) {
      text(name).ifPresent(text -> words.add(new LetterWords(language, parseWords(name, text))));
    }
  }

  /**
   * @param name empty: the common one
   * @param variables that applications may fill in
   */
  private record Family(String name, Set<String> variables) {

    static final Family COMMON = new Family(Letters.COMMON, Set.of());

    /** Where its files are in the folder. */
    String folder() {
      return name.isEmpty() ? "" : name + "/";
    }
  }

  private void readFamilies(Path folder, Set<String> read) {
    for (String name : names(folder, Files::isDirectory)) {
      Family family = new Family(name, variables(name + "/variables.txt", read));
      for (String language : settings.languages()) {
        readLetter(LetterKind.OTP, family, language, read);
      }
      findStrays(folder.resolve(name), family.folder(), read);
    }
  }

  private Set<String> variables(String name, Set<String> read) {
    read.add(name);
    Set<String> variables = new TreeSet<>();
    for (String line : text(name).orElse("").lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!VARIABLE.matcher(line).matches() || LetterKind.OTP.knows(line)) {
        problems.add(name + ": not the name of a variable, or the server's own: " + line);
      }
      variables.add(line);
    }
    return variables;
  }

  private void readLetter(LetterKind kind, Family family, String language, Set<String> read) {
    readTemplate(kind, family, Channel.PHONE, Part.TEXT, "sms", language, read);
    readTemplate(kind, family, Channel.EMAIL, Part.SUBJECT, "mail-subject", language, read);
    readTemplate(kind, family, Channel.EMAIL, Part.TEXT, "mail", language, read);
  }

  private void readTemplate(
      LetterKind kind,
      Family family,
      Channel channel,
      Part part,
      String place,
      String language,
      Set<String> read) {
    String name =
        family.folder()
            + "%s-%s-%s.txt".formatted(kind.name().toLowerCase(Locale.ROOT), place, language);
    if (!read.add(name)) {
      problems.add("letters.languages: given twice: " + language);
      return;
    }
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return;
    }
    TextTemplate template = TextTemplate.of(text.get());
    for (String variable : template.variables()) {
      if (!kind.knows(variable) && !family.variables().contains(variable)) {
        problems.add(name + ": unknown variable $" + variable);
      }
    }
    if (UNKNOWN_FORM.matcher(text.get()).find()) {
      problems.add(name + ": variables are written $x, ${x} or $!x");
    }
    if (part == Part.SUBJECT && text.get().contains("\n")) {
      problems.add(name + ": a subject is one line");
    }
    if (part == Part.TEXT && kind == LetterKind.OTP && !template.variables().contains("otp")) {
      problems.add(name + ": does not hold $otp");
    }
    templates.add(new LetterTemplate(kind, family.name(), channel, part, language, template));
  }

  private Map<String, String> parseWords(String name, String text) {
    Map<String, String> parsed = new HashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        String key = line.substring(0, equals).strip();
        if (parsed.put(key, line.substring(equals + 1).strip()) != null) {
          problems.add(name + ": twice: " + key);
        }
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        problems.add(name + ": not \"variable.value = word\": " + line);
      }
    }
    for (String needed : NEEDED_WORDS) {
      if (parsed.getOrDefault(needed, "").isEmpty()) {
        problems.add(name + ": no word for " + needed);
      }
    }
    return parsed;
  }

  /** A file without its byte order mark and the white space around; a problem if it is no text. */
  private Optional<String> text(String name) {
    try (InputStream in = open(name)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(name + ": larger than " + LARGEST + " bytes");
        return Optional.empty();
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      String plain = text.replace("\r\n", "\n").replace("\uFEFF", "").strip();
      if (plain.isEmpty() || CONTROL.matcher(plain).find()) {
        problems.add(name + (plain.isEmpty() ? ": is empty" : ": holds control characters"));
        return Optional.empty();
      }
      return Optional.of(plain);
    } catch (CharacterCodingException e) {
      problems.add(name + ": is not UTF-8");
    } catch (IOException e) {
      problems.add(name + ": is not there or cannot be read");
    }
    return Optional.empty();
  }

  private InputStream open(String name) throws IOException {
    if (settings.folder().isPresent()) {
      return Files.newInputStream(settings.folder().get().resolve(name));
    }
    InputStream in = LetterFiles.class.getResourceAsStream("/letters/" + name);
    if (in == null) {
      throw new IOException("not on the class path");
    }
    return in;
  }

  /** A text file that nobody reads is a name mistyped, or a language forgotten in the settings. */
  private void findStrays(Path folder, String before, Set<String> read) {
    for (String name : names(folder, each -> each.toString().endsWith(".txt"))) {
      if (!read.contains(before + name)) {
        problems.add(before + name + ": is no letter of a language in the settings");
      }
    }
  }

  /** The names of what is in a folder, sorted; those with a dot before them are passed over. */
  private Set<String> names(Path folder, DirectoryStream.Filter<Path> which) {
    Set<String> names = new TreeSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, which)) {
      found.forEach(each -> names.add(each.getFileName().toString()));
    } catch (IOException e) {
      problems.add("letters.folder: cannot be read: " + folder);
    }
    names.removeIf(name -> name.startsWith("."));
    return names;
  }
}

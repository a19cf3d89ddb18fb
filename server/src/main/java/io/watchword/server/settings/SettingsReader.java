package io.watchword.server.settings;

import io.smallrye.config.source.yaml.YamlConfigSource;
import io.watchword.server.settings.values.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads settings, from what counts least to what counts most: the defaults of {@code
 * config/watchword.yaml}, profiles, files, the environment ({@code WATCHWORD_SERVER_PORT} for
 * {@code server.port}; lists with commas), and single values of the command line.
 *
 * <p>The environment can set keys that have one value or a list, not entries of maps.
 */
public final class SettingsReader {

  /** Every variable of the environment that begins so must be a setting or one of these. */
  private static final String PREFIX = "WATCHWORD_";

  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("WATCHWORD_JAVA_HOME", "WATCHWORD_JAVA_OPTS", "WATCHWORD_AOT");

  private static final String DEFAULTS = "/watchword.yaml";

  private final Layers layers = new Layers();
  private final List<String> problems = new ArrayList<>();
  private Map<String, String> environment = Map.of();
  private final Map<String, String> singles = new LinkedHashMap<>();

  public SettingsReader() {
    layers.add(resource(DEFAULTS), "the defaults");
  }

  /**
   * The settings and how they came about.
   *
   * @param effective every key with its value as text, secrets hidden
   */
  public record Result(Settings settings, SortedMap<String, String> effective) {}

  /** The settings as they are if nobody sets anything. */
  public static Settings defaults() {
    try {
      return new SettingsReader().read().settings();
    } catch (SettingsException e) {
      throw new IllegalStateException("the defaults are not fit", e);
    }
  }

  /** A profile that is part of the program, such as {@code demo}. */
  public SettingsReader profile(String name) {
    layers.add(resource("/io/watchword/server/settings/" + name + ".yaml"), "profile " + name);
    return this;
  }

  /** A file of the operator. That it cannot be read is a problem like others. */
  public SettingsReader file(Path path) {
    try {
      layers.add(yaml(Files.readString(path, StandardCharsets.UTF_8)), "in " + path.getFileName());
    } catch (IOException e) {
      problems.add(path + ": cannot be read");
    } catch (YAMLException e) {
      problems.add(path + ": is not valid YAML" + place(e));
    }
    return this;
  }

  public SettingsReader environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
    return this;
  }

  /** One value, as {@code --set key=value} gives it. Lists are written with commas. */
  public SettingsReader set(String key, String value) {
    singles.put(key, value);
    return this;
  }

  /**
   * @throws SettingsException with all problems, if there is any
   */
  public Result read() throws SettingsException {
    SortedSet<String> keys = knownKeys();
    addEnvironment(keys);
    layers.add(singles, "--set"); // as one layer: the keys of one list's item belong together
    var binder = new RecordBinder(layers, problems);
    Settings settings = binder.bind(Settings.class, "");
    layers
        .all()
        .forEach((key, given) -> {
          if (!binder.used().contains(key)) {
            problems.add(unknown(key, binder.known()) + " (" + given.origin() + ")");
          }
        });
    if (settings != null) {
      problems.addAll(settings.couriers().problems());
    }
    if (!problems.isEmpty() || settings == null) {
      throw new SettingsException(problems);
    }
    return new Result(settings, effective(binder));
  }

  /** The keys that can be set, those of lists and map entries as far as there are defaults. */
  static SortedSet<String> knownKeys() {
    var defaults = new Layers();
    defaults.add(resource(DEFAULTS), "the defaults");
    var binder = new RecordBinder(defaults, new ArrayList<>());
    binder.bind(Settings.class, "");
    return binder.known();
  }

  private void addEnvironment(SortedSet<String> keys) {
    Map<String, String> byVariable = new TreeMap<>();
    for (String key : keys) {
      byVariable.put(variable(key), key);
    }
    Map<String, String> values = new TreeMap<>();
    environment.forEach((name, value) -> {
      String key = byVariable.get(name);
      if (key != null) {
        values.put(key, value);
      } else if (name.startsWith(PREFIX) && !OF_THE_LAUNCHER.contains(name)) {
        problems.add(
            name
                + ": no setting has this variable"
                + Suggestion.near(name, byVariable.keySet())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("")
                + " (in the environment)");
      }
    });
    layers.add(values, "in the environment");
  }

  static String variable(String key) {
    return PREFIX + key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String unknown(String key, SortedSet<String> known) {
    SortedSet<String> candidates = new TreeSet<>(known);
    candidates.removeIf(name -> name.endsWith(".*"));
    return key
        + ": there is no such setting"
        + Suggestion.near(key, candidates).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private SortedMap<String, String> effective(RecordBinder binder) {
    SortedMap<String, String> shown = new TreeMap<>();
    layers
        .all()
        .forEach((key, given) ->
            shown.put(
                key,
                binder.secrets().contains(key) && !given.value().isEmpty()
                    ? Secret.HIDDEN
                    : given.value()));
    return shown;
  }

  private static Map<String, String> resource(String name) {
    return yaml(text(name));
  }

  /** The packaged file of the defaults, comments and all. */
  static String defaultsText() {
    return text(DEFAULTS);
  }

  private static String text(String name) {
    try (@Nullable InputStream in = SettingsReader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SmallRye flattens the document; it would take the last of two equal keys, so look first. */
  static Map<String, String> yaml(String text) {
    var strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Object document = new Yaml(new SafeConstructor(strict)).load(text);
    if (document != null && !(document instanceof Map)) {
      throw new YAMLException("the document is not a list of keys and values");
    }
    return new YamlConfigSource("yaml", text).getProperties();
  }

  /** The library's own message quotes the line, which may hold a secret. */
  private static String place(YAMLException e) {
    return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? " in line " + (marked.getProblemMark().getLine() + 1)
        : "";
  }
}
